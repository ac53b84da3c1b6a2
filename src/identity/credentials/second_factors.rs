//! The service that sets up, checks and removes second factors, except passkeys.

use std::sync::Arc;

use crate::identity::accounts::{User, user};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{Notice, Outbox, plain_code};
use crate::identity::invalid::{Invalid, Reason};
use crate::identity::sessions::{ActiveSession, Id, Method, Sessions};
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::db::{Conn, Db, DbError};

use super::error::CredentialError;
use super::factors::{self, FactorChange, FactorKeys, Factors};
use super::guess_limits::{GuessLimits, Secret};
use super::recovery_codes;
use super::totp::{self, TotpSecret};

pub struct SecondFactors {
    db: Db,
    writer: Writer,
    keys: FactorKeys,
    sessions: Arc<Sessions>,
    guesses: Arc<GuessLimits>,
    outbox: Outbox,
}

impl SecondFactors {
    pub fn new(
        (db, writer): (Db, Writer),
        keys: FactorKeys,
        sessions: Arc<Sessions>,
        guesses: Arc<GuessLimits>,
        outbox: Outbox,
    ) -> Self {
        Self { db, writer, keys, sessions, guesses, outbox }
    }

    /// The account's second factors.
    pub async fn overview(&self, user_id: i64) -> Result<Factors, DbError> {
        self.db.run(move |conn| factors::of_user(conn, user_id)).await
    }

    /// A new secret for an authenticator app, encrypted for its way through the page; none if an app is set up already.
    pub async fn begin_totp(&self, user_id: i64) -> Result<Option<String>, DbError> {
        let since = self.db.run(move |conn: &mut Conn| totp::since(conn, user_id)).await?;
        Ok(since.is_none().then(|| TotpSecret::random().seal(&self.keys.vault, user_id)))
    }

    /// Decrypts the secret that the page returns; none if it was encrypted for another user, or by unknown keys.
    pub fn open_totp(&self, user_id: i64, sealed: &str) -> Option<TotpSecret> {
        TotpSecret::open(&self.keys.vault, user_id, sealed)
    }

    /// Turns the authenticator app on once a code proves that it has the secret. All other sessions end. Returns this
    /// session's new id, and the recovery codes.
    pub async fn enable_totp(
        &self,
        active: &ActiveSession,
        sealed: String,
        code: &str,
        client: &Client,
    ) -> Result<(Id, Option<Vec<String>>), CredentialError> {
        let (id, now) = (active.user.id, self.sessions.now());
        let secret = self.open_totp(id, &sealed).ok_or(CredentialError::NotFound)?;
        let digits = plain_code(code);
        let Some(step) = secret.step_of(&digits, now, 0) else {
            let reason = if digits.is_empty() { Reason::EmptyCode } else { Reason::WrongAppCode };
            return Err(Invalid::one("code", reason).into());
        };
        // Codes that were made before stay valid.
        let codes = active.user.factors_since.is_none().then(recovery_codes::random_set);
        let (keys, stored) = (self.keys.clone(), codes.clone());
        let change = FactorChange {
            active,
            client,
            authenticated: Some(Method::Totp),
            removed: None,
            entry: Entry::new(Event::TotpAdded, Some(id), client, now),
        };
        let new_id = change.make(&self.sessions, &self.outbox, move |write| {
            if !totp::add(write, id, &sealed, step)? {
                return Ok(false);
            }
            if let Some(codes) = stored {
                factors::set_recovery_codes(write, &keys, id, &codes)?;
            }
            Ok::<_, Failure>(true)
        });
        Ok((new_id.await?, codes))
    }

    /// Removes the authenticator app. All other sessions end; returns this session's new id.
    pub async fn disable_totp(&self, active: &ActiveSession, client: &Client) -> Result<Id, Failure> {
        let id = active.user.id;
        let entry = Entry::new(Event::TotpRemoved, Some(id), client, self.sessions.now());
        let change = FactorChange { active, client, authenticated: None, removed: Some(Method::Totp), entry };
        change
            .make(&self.sessions, &self.outbox, move |write| Ok(totp::remove(write, id).map(|_| true)?))
            .await
    }

    /// Replaces the recovery codes.
    pub async fn renew_recovery_codes(&self, user: &User, client: &Client) -> Result<Vec<String>, Failure> {
        let (id, codes, keys) = (user.id, recovery_codes::random_set(), self.keys.clone());
        let (stored, outbox, client) = (codes.clone(), self.outbox.clone(), client.clone());
        let renewed = self.writer.of_user(id).write(System, move |write| {
            write.record(Entry::new(Event::RecoveryCodesMade, Some(id), &client, write.now()));
            factors::set_recovery_codes(write, &keys, id, &stored)?;
            Ok::<_, Failure>(user::notify(write, &outbox, id, Notice::FactorsChanged, Some(&client))?)
        });
        renewed.await?;
        Ok(codes)
    }

    /// Checks a signed-in user's code and uses it up.
    pub async fn confirm_code(
        &self,
        active: &ActiveSession,
        code: &str,
        client: &Client,
    ) -> Result<Option<Method>, Failure> {
        let guess = self.guesses.in_session(Secret::SecondFactor, &active.session).await?;
        let (id, keys, code) = (active.user.id, self.keys.clone(), code.to_owned());
        let by = client.clone();
        let used = self.writer.of_user(id).write(System, move |write| {
            let method = factors::use_code(write, &keys, id, &code)?;
            if method == Some(Method::Recovery) {
                write.record(Entry::new(Event::RecoveryCodeUsed, Some(id), &by, write.now()));
            }
            Ok::<_, Failure>(method)
        });
        match used.await {
            Ok(None) => {
                drop(guess);
                factors::record_wrong_code(&self.writer, id, client).await;
                Ok(None)
            }
            done => {
                guess.refund();
                done
            }
        }
    }

    /// The keys for checking a code in a pending sign-in.
    pub(in crate::identity) fn keys(&self) -> &FactorKeys {
        &self.keys
    }
}
