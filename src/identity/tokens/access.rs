//! Access tokens, which a client sends with each request: JWTs that anyone can verify with this server's public keys.
//! The server itself checks the session as well.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::identity::accounts::Scopes;
use crate::identity::sessions::Key;
use crate::platform::clock::{LEEWAY, Timestamp};

use super::signing::{KeyRing, LIFETIME};

/// No token issued by this server is longer, in bytes.
const LONGEST: usize = 2_000;

const TYPE: &str = "access";

/// All claims of an access token (RFC 7519 §4, RFC 9068 §2.2).
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    /// The issuer: this server's public URL.
    iss: String,
    /// The user's id, which is never reused.
    sub: String,
    /// The audience: this server's public URL.
    aud: String,
    iat: Timestamp,
    exp: Timestamp,
    jti: String,
    /// The session's key.
    sid: String,
    /// The user's epoch; in any other epoch the token is revoked.
    epoch: i64,
    /// Names separated by spaces.
    scope: String,
    /// How the user has authenticated (RFC 8176).
    amr: Vec<String>,
    /// When they last authenticated (RFC 9068 §2.2.1).
    auth_time: Timestamp,
    typ: String,
}

/// An access token with a valid signature of this server; its expiry and session are not checked yet.
pub struct Access {
    pub session: Key,
    pub user_id: i64,
    pub epoch: i64,
    pub scopes: Scopes,
    issued_at: Timestamp,
    expires_at: Timestamp,
    pub(super) kid: String,
}

impl Access {
    pub(super) fn is_valid_at(&self, now: Timestamp) -> bool {
        self.issued_at <= now + LEEWAY && now < self.expires_at
    }
}

/// The contents of an access token.
pub struct Grant<'a> {
    pub user_id: i64,
    pub epoch: i64,
    pub session: &'a Key,
    pub scopes: Scopes,
    pub amr: Vec<&'static str>,
    pub authenticated_at: Timestamp,
    pub issued_at: Timestamp,
    /// Unique to each token.
    pub id: String,
}

/// Signs an access token.
pub(super) fn sign(ring: &KeyRing, issuer: &str, grant: Grant<'_>) -> anyhow::Result<String> {
    ring.sign(&Claims {
        iss: issuer.to_owned(),
        sub: grant.user_id.to_string(),
        aud: issuer.to_owned(),
        iat: grant.issued_at,
        exp: grant.issued_at + LIFETIME,
        jti: grant.id,
        sid: grant.session.as_str().to_owned(),
        epoch: grant.epoch,
        scope: grant.scopes.to_string(),
        amr: grant.amr.into_iter().map(str::to_owned).collect(),
        auth_time: grant.authenticated_at,
        typ: TYPE.to_owned(),
    })
}

/// The session that a token names, whether it is valid or not: it may have expired long ago, and its keys with it. This
/// grants nothing; it only narrows which other credential counts.
pub(super) fn session_named(token: &str) -> Option<Key> {
    #[derive(Deserialize)]
    struct Named {
        sid: String,
    }
    if token.len() > LONGEST {
        return None;
    }
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    Key::parse(&serde_json::from_slice::<Named>(&claims).ok()?.sid)
}

/// Reads a token signed by a live key of `issuer`.
pub(super) fn read(ring: &KeyRing, issuer: &str, token: &str, now: Timestamp) -> Option<Access> {
    if token.len() > LONGEST {
        return None;
    }
    let (claims, kid) = ring.open(token, now)?;
    let claims: Claims = serde_json::from_slice(&claims).ok()?;
    let ours = claims.iss == issuer && claims.aud == issuer && claims.typ == TYPE;
    ours.then_some(())?;
    Some(Access {
        session: Key::parse(&claims.sid)?,
        user_id: claims.sub.parse().ok()?,
        epoch: claims.epoch,
        scopes: Scopes::parse(&claims.scope)?,
        issued_at: claims.iat,
        expires_at: claims.exp,
        kid: kid.to_owned(),
    })
}
