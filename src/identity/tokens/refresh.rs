//! Refresh tokens: opaque, stored as a hash, valid for one use, in one atomic step.
//!
//! A token contains its session, its number in the series and a secret, all signed. So tokens that this server did
//! not issue reach no database, and a token that is used too late is recognised. The successor is computed from the
//! token and a salt, so a client that repeats a token within the grace period gets the same successor, though none is
//! stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::identity::accounts::{Scopes, user};
use crate::identity::sessions::{Key, ended};
use crate::identity::unit_of_work::Write;
use crate::platform::clock::{LEEWAY, Timestamp};
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{KeyPurpose, Keys, Signers, fingerprint, random_id, random_secret};
use crate::platform::schema::refresh_tokens::{self, dsl};

/// A repeat within this many seconds is due to a lost response or a second tab, not theft.
pub const GRACE: i64 = 10;

const PREFIX: &str = "mjr_";

/// Keys that sign refresh tokens and derive successors.
#[derive(Clone)]
pub struct RefreshKeys {
    signature: Signers,
    succession: Signers,
}

/// A refresh token with a valid signature; the table determines whether it is the current one.
#[derive(Clone)]
pub struct RefreshToken {
    pub session: Key,
    generation: i64,
    text: String,
}

impl RefreshToken {
    fn new(session: &Key, generation: i64, secret: &str, signature: &str) -> Self {
        let text = format!("{PREFIX}{}.{generation}.{secret}.{signature}", session.as_str());
        Self { session: session.clone(), generation, text }
    }

    /// As the client receives it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its number in the series.
    pub fn generation(&self) -> i64 {
        self.generation
    }

    fn hash(&self) -> String {
        fingerprint(&self.text)
    }

    /// The id of the access token that is issued with it for these scopes.
    pub fn access_id(&self, scopes: Scopes) -> String {
        URL_SAFE_NO_PAD.encode(&Sha256::digest(format!("access {} {scopes}", self.text))[..12])
    }
}

impl RefreshKeys {
    pub fn new(keys: &Keys) -> Self {
        Self {
            signature: Signers::new(keys, KeyPurpose::RefreshTokens),
            succession: Signers::new(keys, KeyPurpose::Succession),
        }
    }

    /// Random, and marked with the keys that derive the successor: a rotation in between does not change the successor.
    fn salt(&self) -> String {
        self.succession.mark(&random_id())
    }

    /// The first token of a session.
    fn first(&self, session: &Key) -> RefreshToken {
        let secret = random_secret();
        let signature = self.signature.sign(&[session.as_str(), "0", &secret]);
        RefreshToken::new(session, 0, &secret, &signature)
    }

    /// The successor, derived by the keys that `salt` names. None if those are no longer accepted.
    fn successor(&self, token: &RefreshToken, salt: &str) -> Option<RefreshToken> {
        let (session, generation) = (&token.session, token.generation + 1);
        let secret = self.succession.sign_like(salt, &[&token.text, salt])?;
        let signed = [session.as_str(), &generation.to_string(), &secret];
        Some(RefreshToken::new(session, generation, &secret, &self.signature.sign_like(salt, &signed)?))
    }

    /// Parses a received token; none unless this server signed it.
    pub fn parse(&self, text: &str) -> Option<RefreshToken> {
        let mut parts = text.strip_prefix(PREFIX)?.split('.');
        let (session, count, secret) = (parts.next()?, parts.next()?, parts.next()?);
        let signature = parts.next()?;
        let signed = parts.next().is_none() && self.signature.verify(&[session, count, secret], signature);
        signed.then_some(())?;
        let generation = count.parse().ok()?;
        Some(RefreshToken { session: Key::parse(session)?, generation, text: text.to_owned() })
    }
}

/// What a session's refresh tokens are issued for.
pub struct Series {
    pub session: Key,
    pub user_id: i64,
    /// The maximum scopes of access tokens.
    pub scopes: Scopes,
    /// When the session expires at the latest.
    pub until: Timestamp,
}

/// The first refresh token of a session, valid until it is used.
pub fn begin(write: &mut Write<'_>, keys: &RefreshKeys, series: &Series) -> Result<RefreshToken, DbError> {
    let token = keys.first(&series.session);
    let row = (
        dsl::session_key.eq(series.session.as_str()),
        dsl::user_id.eq(series.user_id),
        dsl::generation.eq(token.generation),
        dsl::hash.eq(token.hash()),
        dsl::salt.eq(""),
        dsl::scope.eq(series.scopes.to_string()),
        dsl::made_at.eq(write.now()),
        dsl::expires_at.eq(series.until),
    );
    diesel::insert_into(refresh_tokens::table).values(row).execute(write.uncached())?;
    Ok(token)
}

/// The outcome of a presented refresh token.
pub enum RefreshOutcome {
    /// Its successor, created now, or just before if this is a repeat.
    Next(Next),
    /// More was requested than was ever granted; nothing is used up.
    TooMuch,
    /// It was used too long ago for an accident: another client has it (RFC 9700 §4.14.2).
    Reused,
    /// Its session has no refresh tokens any more.
    Gone,
}

pub struct Next {
    pub token: RefreshToken,
    pub made_at: Timestamp,
    /// The scopes of its access token.
    pub scopes: Scopes,
}

#[derive(Queryable)]
struct RefreshTokenRow {
    user_id: i64,
    generation: i64,
    hash: String,
    salt: String,
    scope: String,
    made_at: Timestamp,
}

/// Uses the token up in one step: concurrent requests with one token all get the same successor. The access token has
/// the granted scopes, or fewer if fewer are requested.
pub fn use_up(
    write: &mut Write<'_>,
    keys: &RefreshKeys,
    token: &RefreshToken,
    asked_for: Option<Scopes>,
    epoch: i64,
) -> Result<RefreshOutcome, DbError> {
    let (now, conn) = (write.now(), write.uncached());
    let of_session = refresh_tokens::table.find(token.session.as_str());
    let found: Option<RefreshTokenRow> = of_session
        .filter(dsl::expires_at.gt(now))
        .select((dsl::user_id, dsl::generation, dsl::hash, dsl::salt, dsl::scope, dsl::made_at))
        .first(conn)
        .optional()?;
    let Some(row) = found else { return Ok(RefreshOutcome::Gone) };
    // Checked again in the transaction: a client that was signed out concurrently gets no new token.
    if ended::is_over(conn, &token.session)? || !user::is_active(conn, row.user_id, epoch)? {
        return Ok(RefreshOutcome::Gone);
    }
    let granted = Scopes::parse(&row.scope).unwrap_or_default();
    let scopes = asked_for.unwrap_or(granted);
    let too_much = !scopes.are_within(granted);
    let outcome = |token, made_at| match too_much {
        true => RefreshOutcome::TooMuch,
        false => RefreshOutcome::Next(Next { token, made_at, scopes }),
    };
    if row.hash == token.hash() {
        let salt = keys.salt();
        let Some(next) = keys.successor(token, &salt) else { return Ok(RefreshOutcome::Gone) };
        let change = (
            dsl::generation.eq(next.generation),
            dsl::hash.eq(next.hash()),
            dsl::salt.eq(&salt),
            dsl::made_at.eq(now),
        );
        if !too_much {
            diesel::update(of_session).set(change).execute(conn)?;
        }
        return Ok(outcome(next, now));
    }
    let Some(next) = keys.successor(token, &row.salt) else { return Ok(RefreshOutcome::Gone) };
    // Setting the clock back must not turn a thief's repeat into an accident.
    let is_at_once = (-LEEWAY..GRACE).contains(&(now - row.made_at));
    if row.hash == next.hash() && is_at_once {
        return Ok(outcome(next, row.made_at));
    }
    Ok(if token.generation < row.generation { RefreshOutcome::Reused } else { RefreshOutcome::Gone })
}

/// Removes refresh tokens of sessions that have expired.
pub fn purge(conn: &mut Conn, now: Timestamp) -> Result<(), DbError> {
    diesel::delete(refresh_tokens::table.filter(dsl::expires_at.le(now))).execute(conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sessions::Id;
    use crate::platform::keys::SecretKey;
    use proptest::prelude::*;

    fn keys_of(byte: &str) -> RefreshKeys {
        RefreshKeys::new(&Keys::of_one(&SecretKey::from_hex(&byte.repeat(64)).ok().unwrap()))
    }

    fn keys() -> RefreshKeys {
        keys_of("ab")
    }

    #[test]
    fn a_successor_is_the_same_for_the_same_token_and_salt_only() {
        let keys = keys();
        let token = keys.first(&Id::random().key());
        let successor = |token: &RefreshToken, salt: &str| keys.successor(token, salt).unwrap();
        let next = successor(&token, "salt");
        assert_eq!(next.as_str(), successor(&token, "salt").as_str());
        assert_ne!(next.as_str(), successor(&token, "other").as_str());
        assert_ne!(next.as_str(), successor(&keys.first(&token.session), "salt").as_str());
        assert!(keys.successor(&token, "7~salt").is_none(), "no such secret exists");
        assert_eq!((next.generation, &next.session), (1, &token.session));
    }

    #[test]
    fn what_was_changed_or_signed_by_another_is_no_token() {
        let keys = keys();
        let token = keys.first(&Id::random().key());
        let text = token.as_str();
        assert!(keys.parse(text).is_some());
        for place in 0..text.len() {
            let mut bent = text.to_owned().into_bytes();
            bent[place] ^= 1;
            assert!(keys.parse(&String::from_utf8(bent).unwrap()).is_none(), "byte {place}");
        }
        for bent in
            [text.replace(".0.", ".00."), text.replace(".0.", ".+0."), format!("{text}."), format!("{text} ")]
        {
            assert!(keys.parse(&bent).is_none(), "{bent}");
        }
        assert!(keys_of("cd").parse(text).is_none());
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_forged_ones_never_pass(text in "(mjr_)?[\\PC.]{0,120}") {
            prop_assert!(keys().parse(&text).is_none());
        }
    }
}
