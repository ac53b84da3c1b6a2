//! How an app proves by its own key that it is itself: `private_key_jwt` (OpenID Connect Core 1.0 §9, RFC 7523).

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::identity::unit_of_work::{System, Write, Writer};
use crate::platform::clock::{Clock, LEEWAY, Timestamp};
use crate::platform::db::{DbError, Locks, violated_unique};
use crate::platform::jws::{Alg, Jws};
use crate::platform::keys::fingerprint;
use crate::platform::schema::oidc_assertions::{self, dsl};

use super::client::OidcClient;
use super::client_keys::ClientKeys;
use super::token_error::TokenRefusal;

/// The value of `client_assertion_type`.
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The algorithms by which apps may sign, as discovery says.
const ALGORITHMS: [Alg; 4] = [Alg::Rs256, Alg::Ps256, Alg::Es256, Alg::EdDsa];
/// Seconds for which an assertion may be valid.
const LONGEST_LIFE: i64 = 300;
/// Bytes of an assertion, and of its `jti`.
const LONGEST: usize = 8_000;
const LONGEST_ID: usize = 500;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Value,
    exp: Value,
    iat: Option<Value>,
    nbf: Option<Value>,
    jti: String,
}

/// An assertion as it was sent. Nothing in it is true until it is verified.
struct Assertion<'t> {
    signed: Jws<'t>,
    claims: Claims,
}

impl<'t> Assertion<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let signed = Jws::parse(text, &ALGORITHMS).ok().filter(|_| text.len() <= LONGEST)?;
        Some(Self { claims: signed.unverified()?, signed })
    }

    /// Whether it is this app's, for this server, and valid now; returns when it expires.
    fn check(&self, client: &OidcClient, issuer: &str, now: Timestamp) -> Option<Timestamp> {
        let Claims { iss, sub, aud, exp, iat, nbf, jti } = &self.claims;
        let is_theirs = iss == &client.client_id && sub == &client.client_id;
        let exp = seconds(exp)?;
        // A clock that is a little ahead or behind is no fault of the app.
        let is_valid = now < exp + LEEWAY && exp <= now + LONGEST_LIFE + LEEWAY;
        let has_begun = [iat, nbf]
            .into_iter()
            .flatten()
            .all(|from| seconds(from).is_some_and(|from| from <= now + LEEWAY));
        let has_id = !jti.is_empty() && jti.len() <= LONGEST_ID;
        (is_theirs && is_for(aud, issuer) && is_valid && has_begun && has_id).then_some(exp)
    }
}

/// Whether it is for this server alone: its issuer, or one of the endpoints that apps name instead (RFC 9126 §2).
fn is_for(aud: &Value, issuer: &str) -> bool {
    let is_ours = |one: &Value| {
        let one = one.as_str().and_then(|one| one.strip_prefix(issuer));
        one.is_some_and(|rest| ["", "/", "/oauth/token", "/oauth/par"].contains(&rest))
    };
    match aud {
        Value::Array(all) => !all.is_empty() && all.iter().all(is_ours),
        one => is_ours(one),
    }
}

/// A time in seconds, perhaps with a fraction (RFC 7519 §2).
fn seconds(value: &Value) -> Option<Timestamp> {
    let whole = value.as_i64().or_else(|| value.as_f64().map(|time| time.floor() as i64));
    whole.filter(|time| (0..=1 << 40).contains(time))
}

/// The app that an assertion names; whether it is that app is not known yet.
pub fn named_client(text: &str) -> Option<String> {
    Some(Assertion::read(text)?.claims.sub)
}

/// Checks assertions, each of which proves something once.
pub struct Assertions {
    issuer: String,
    clock: Clock,
    writer: Writer,
    keys: ClientKeys,
}

impl Assertions {
    pub fn new(issuer: String, (clock, writer): (Clock, Writer), keys: ClientKeys) -> Self {
        Self { issuer, clock, writer, keys }
    }

    /// Whether an assertion proves that it is this app, once.
    pub async fn prove(&self, client: &OidcClient, text: &str) -> Result<bool, TokenRefusal> {
        let Some(assertion) = Assertion::read(text) else { return Ok(false) };
        let now = self.clock.now();
        let Some(expires_at) = assertion.check(client, &self.issuer, now) else { return Ok(false) };
        let keys = self.keys.of(client, &assertion.signed).await?;
        if keys.verify(&assertion.signed).is_err() {
            return Ok(false);
        }
        let hash = fingerprint(&format!("{} {}", client.client_id, assertion.claims.jti));
        let used = self
            .writer
            .holding(Locks::named("assertion", &hash))
            .write(System, move |write| use_up(write, hash, expires_at + LEEWAY));
        used.await
    }
}

/// Notes an assertion as used; false if it was used before, on any node.
fn use_up(write: &mut Write<'_>, hash: String, until: Timestamp) -> Result<bool, TokenRefusal> {
    let known = diesel::select(diesel::dsl::exists(oidc_assertions::table.find(&hash)));
    if known.get_result::<bool>(write.read()).map_err(DbError::from)? {
        return Ok(false);
    }
    let row = (dsl::hash.eq(hash), dsl::expires_at.eq(until));
    match diesel::insert_into(oidc_assertions::table).values(row).execute(write.uncached()) {
        Ok(_) => Ok(true),
        // Another node was faster.
        Err(error) if violated_unique(&error).is_some() => Err(TokenRefusal::InvalidClient),
        Err(error) => Err(DbError::from(error).into()),
    }
}

/// Deletes those that have expired.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("oidc_assertions", "expires_at"), write.now(), most)
}
