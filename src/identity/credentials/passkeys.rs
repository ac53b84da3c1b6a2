//! The service that registers and verifies passkeys.

use std::sync::Arc;

use crate::identity::accounts::WaysIn;
use crate::identity::accounts::name::display_name;
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::Outbox;
use crate::identity::invalid::{Invalid, Reason};
use crate::identity::sessions::{ActiveSession, Id, Method, Sessions};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::db::{Conn, Db, DbError, Locks};

use super::error::CredentialError;
use super::factors::{self, FactorChange, FactorKeys};
use super::guess_limits::{GuessLimits, Secret};
use super::passkey_rows::{self, NewPasskey, StoredPasskey};
use super::recovery_codes;
use super::webauthn::{Assertion, Ceremony, Challenge, NotOpen, PasskeyAnswer, PasskeyCeremonies};

/// What a challenge is bound to.
pub struct ChallengeBinding {
    binding: String,
    /// The user whose passkey is required; `None` if the passkey itself identifies the user.
    user_id: Option<i64>,
}

impl ChallengeBinding {
    pub fn session(active: &ActiveSession) -> Self {
        Self { binding: format!("session {}", active.key.as_str()), user_id: Some(active.user.id) }
    }

    /// A session whose id may change before the answer, since adding a passkey may ask for the password first.
    fn sign_in(active: &ActiveSession) -> Self {
        let (id, at, epoch) = (active.user.id, active.session.signed_in_at, active.session.epoch);
        Self { binding: format!("sign-in {id} {at} {epoch}"), user_id: Some(id) }
    }

    /// A pending sign-in, by the hash of its token.
    pub(in crate::identity) fn pending(token_hash: &str, user_id: i64) -> Self {
        Self { binding: format!("stage {token_hash}"), user_id: Some(user_id) }
    }

    /// A browser that is not signed in, by a token of its own.
    pub fn browser(token: &str) -> Self {
        Self { binding: format!("browser {token}"), user_id: None }
    }
}

/// The outcome of an answer to a challenge.
pub enum Shown<T> {
    Accepted(T),
    /// An answer to an open challenge, but not a right one.
    Refused,
    /// A right or wrong answer to a challenge that has expired.
    Late,
    /// No answer, or none to a challenge of this browser: there was no attempt.
    Unrelated,
}

/// A registered passkey.
pub struct Registered {
    /// The session's new id.
    pub id: Id,
    /// The recovery codes, if it is the first factor.
    pub codes: Option<Vec<String>>,
}

pub struct Passkeys {
    /// `None` if the site's URL has an IP address instead of a name.
    ceremonies: Option<PasskeyCeremonies>,
    db: Db,
    writer: Writer,
    keys: FactorKeys,
    sessions: Arc<Sessions>,
    guesses: Arc<GuessLimits>,
    outbox: Outbox,
    ways_in: WaysIn,
}

impl Passkeys {
    pub fn new(
        ceremonies: Option<PasskeyCeremonies>,
        (db, writer): (Db, Writer),
        keys: FactorKeys,
        (sessions, guesses): (Arc<Sessions>, Arc<GuessLimits>),
        (outbox, ways_in): (Outbox, WaysIn),
    ) -> Self {
        Self { ceremonies, db, writer, keys, sessions, guesses, outbox, ways_in }
    }

    /// Whether this site supports passkeys.
    pub fn is_available(&self) -> bool {
        self.ceremonies.is_some()
    }

    /// Asks the browser for a new passkey of a member; none if this site does not support passkeys.
    pub async fn begin_registration(&self, active: &ActiveSession) -> Result<Option<Ceremony>, Failure> {
        let (Some(ceremonies), id) = (&self.ceremonies, active.user.id) else { return Ok(None) };
        let known = self.db.run(move |conn| passkey_rows::credential_ids(conn, id)).await?;
        let names = (active.user.username.as_str(), active.user.name());
        let ChallengeBinding { binding, .. } = ChallengeBinding::sign_in(active);
        Ok(Some(ceremonies.ask_for_new(id, names, &known, &binding, self.sessions.now())?))
    }

    /// Adds a named passkey. As with every change of factors, all other sessions end.
    pub async fn register(
        &self,
        active: &ActiveSession,
        name: &str,
        answer: &PasskeyAnswer,
        client: &Client,
    ) -> Result<Registered, CredentialError> {
        let name = parse_name(name)?;
        let (challenge, new) = self.accept_new(active, name.clone(), answer).await?;
        let (id, keys, codes) = (active.user.id, self.keys.clone(), recovery_codes::random_set());
        let first = active.user.factors_since.is_none();
        let stored = first.then(|| codes.clone());
        let entry = Entry::new(Event::PasskeyAdded, Some(id), client, self.sessions.now()).about(name);
        let change =
            FactorChange { active, client, authenticated: Some(Method::Passkey), removed: None, entry };
        let new_id = change.make(&self.sessions, &self.outbox, move |write| {
            let fresh = passkey_rows::use_challenge(write, &challenge.id, challenge.until)?;
            if !fresh || !passkey_rows::add(write, &new)? {
                return Ok(false);
            }
            if let Some(codes) = stored {
                factors::set_recovery_codes(write, &keys, id, &codes)?;
            }
            Ok::<_, Failure>(true)
        });
        Ok(Registered { id: new_id.await?, codes: first.then_some(codes) })
    }

    /// Verifies a new passkey, which is not stored yet.
    async fn accept_new(
        &self,
        active: &ActiveSession,
        name: String,
        answer: &PasskeyAnswer,
    ) -> Result<(Challenge, NewPasskey), CredentialError> {
        let (now, id) = (self.sessions.now(), active.user.id);
        let ChallengeBinding { binding, .. } = ChallengeBinding::sign_in(active);
        let ceremonies = self.ceremonies.as_ref().ok_or(CredentialError::NotFound)?;
        let accepted = match ceremonies.accept_new(&answer.answer, &answer.state, &binding, now) {
            Ok(Some(accepted)) => Ok(accepted),
            Err(NotOpen::Expired) => Err(Reason::PasskeyLate),
            Ok(None) | Err(NotOpen::Unknown) => Err(Reason::PasskeyRefused),
        };
        let (challenge, credential_id, passkey) = accepted.map_err(|reason| Invalid::one("", reason))?;
        let wanted = credential_id.clone();
        let surplus = self.db.run(move |conn| {
            let known = passkey_rows::find(conn, &wanted)?.is_some();
            Ok::<_, DbError>(known || passkey_rows::count(conn, id)? >= passkey_rows::MAX_PER_USER)
        });
        if surplus.await? {
            return Err(Invalid::one("", Reason::PasskeyKnown).into());
        }
        Ok((challenge, NewPasskey { user_id: id, credential_id, name, passkey }))
    }

    /// Removes a passkey, unless it is the last way to sign in. Returns this session's new id.
    pub async fn remove(
        &self,
        active: &ActiveSession,
        number: i64,
        client: &Client,
    ) -> Result<Id, CredentialError> {
        let id = active.user.id;
        let name = self.name(id, number).await?.ok_or(CredentialError::NotFound)?;
        let entry = Entry::new(Event::PasskeyRemoved, Some(id), client, self.sessions.now());
        let entry = entry.about(name);
        let change =
            FactorChange { active, client, authenticated: None, removed: Some(Method::Passkey), entry };
        let ways_in = self.ways_in.clone();
        change
            .make(&self.sessions, &self.outbox, move |write| {
                let removed = passkey_rows::remove(write, id, number)?.is_some();
                if removed && !ways_in.has_any(write.read(), id)? {
                    return Err(Invalid::one("", Reason::LastWayIn).into());
                }
                Ok::<_, CredentialError>(removed)
            })
            .await
    }

    /// The name of one of the user's passkeys.
    pub async fn name(&self, user_id: i64, id: i64) -> Result<Option<String>, DbError> {
        self.db.run(move |conn: &mut Conn| passkey_rows::name_of(conn, user_id, id)).await
    }

    /// Renames one of the user's passkeys.
    pub async fn rename(
        &self,
        user_id: i64,
        id: i64,
        typed: &str,
        client: &Client,
    ) -> Result<(), CredentialError> {
        let before = self.name(user_id, id).await?.ok_or(CredentialError::NotFound)?;
        let name = parse_name(typed)?;
        if name == before {
            return Ok(());
        }
        let client = client.clone();
        let renamed = self.writer.of_user(user_id).write(System, move |write| {
            let before = passkey_rows::rename(write, user_id, id, &name)?.ok_or(CredentialError::NotFound)?;
            let entry = Entry::new(Event::PasskeyRenamed, Some(user_id), &client, write.now());
            write.record(entry.about(format!("{before} → {name}")));
            Ok(())
        });
        renamed.await
    }

    /// Asks for a passkey: one of the user's, or any of this site. None if the user has none.
    pub async fn begin_assertion(&self, binding: &ChallengeBinding) -> Result<Option<Ceremony>, Failure> {
        let Some(ceremonies) = &self.ceremonies else { return Ok(None) };
        let known = match binding.user_id {
            Some(id) => self.db.run(move |conn| passkey_rows::credential_ids(conn, id)).await?,
            None => Vec::new(),
        };
        if binding.user_id.is_some() && known.is_empty() {
            return Ok(None);
        }
        Ok(Some(ceremonies.ask_to_show(&known, &binding.binding, self.sessions.now())?))
    }

    /// Whether a member has just authenticated with one of their passkeys. Failures count afterwards: a passkey cannot
    /// be guessed, so a right one is never refused for them.
    pub async fn confirm(
        &self,
        active: &ActiveSession,
        answer: &PasskeyAnswer,
        client: &Client,
    ) -> Result<Shown<()>, Failure> {
        let binding = ChallengeBinding::session(active);
        let shown = self.verify_assertion(answer, binding, |_, _| Ok(Some(()))).await?;
        if matches!(shown, Shown::Refused) {
            drop(self.guesses.in_session(Secret::SecondFactor, &active.session).await?);
            factors::record_wrong_code(&self.writer, active.user.id, client).await;
        }
        Ok(shown)
    }

    /// Verifies an answer and marks its challenge as answered, together with `then`: all of it, or nothing if `then`
    /// returns none.
    pub(in crate::identity) async fn verify_assertion<T: Send + 'static>(
        &self,
        answer: &PasskeyAnswer,
        binding: ChallengeBinding,
        then: impl FnOnce(&mut Write<'_>, &StoredPasskey) -> Result<Option<T>, DbError> + Send + 'static,
    ) -> Result<Shown<T>, Failure> {
        let Some(ceremonies) = &self.ceremonies else { return Ok(Shown::Unrelated) };
        let Some(assertion) = ceremonies.read(&answer.answer) else { return Ok(Shown::Unrelated) };
        let open = match ceremonies.open(&answer.state, &binding.binding, self.sessions.now()) {
            Ok(open) => open,
            Err(NotOpen::Unknown) => return Ok(Shown::Unrelated),
            Err(NotOpen::Expired) => return Ok(Shown::Late),
        };
        let id = Assertion::credential_id(&assertion);
        let found = self.db.run(move |conn| passkey_rows::find(conn, &id)).await?;
        let fits = |stored: &StoredPasskey| binding.user_id.is_none_or(|id| id == stored.user_id);
        let Some(stored) = found.filter(fits) else { return Ok(Shown::Refused) };
        let named = binding.user_id.is_none();
        let Some((challenge, after)) = ceremonies.accept(&assertion, open, &stored, named) else {
            return Ok(Shown::Refused);
        };
        let locks = Locks::user(stored.user_id).and(&Locks::named("challenge", &challenge.id));
        let done = self.writer.holding(locks).write(System, move |write| {
            let fresh = passkey_rows::use_challenge(write, &challenge.id, challenge.until)?
                && passkey_rows::used(write, &stored, &after)?;
            let done = if fresh { then(write, &stored)? } else { None };
            done.ok_or(AssertionError::Refused)
        });
        match done.await {
            Ok(done) => Ok(Shown::Accepted(done)),
            Err(AssertionError::Refused) => Ok(Shown::Refused),
            Err(AssertionError::Failed(failure)) => Err(failure),
        }
    }
}

/// A passkey's name: one line with a visible character, as for display names.
fn parse_name(typed: &str) -> Result<String, Invalid> {
    match display_name(typed) {
        Ok(name) if name.is_empty() => Err(Invalid::one("name", Reason::EmptyPasskeyName)),
        name => name.map_err(|problem| Invalid::one("name", problem)),
    }
}

/// Why nothing was written.
enum AssertionError {
    Refused,
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for AssertionError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}
