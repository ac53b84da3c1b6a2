//! Access tokens: what a client brings with each request. A JWT that anyone can verify by our public keys; we ourselves
//! look at the live session as well.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::http::AppError;
use crate::identity::Identity;
use crate::identity::sessions::auth_method::Methods;
use crate::identity::sessions::{Key, Live, Unknown};
use crate::platform::clock::{LEEWAY, Timestamp};

use super::signing::{Jwks, KeyRing};
use crate::identity::accounts::scope::Scopes;

/// Seconds that an access token is good for.
pub const LIFETIME: i64 = 5 * 60;

/// No token of ours is longer, in bytes.
const LONGEST: usize = 2_000;

const TYPE: &str = "access";

/// The claims of an access token (RFC 7519 §4, RFC 9068 §2.2), all of them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    /// Who issued it: our public address.
    iss: String,
    /// The user's id, which is never given twice.
    sub: String,
    /// For whom: our public address.
    aud: String,
    iat: Timestamp,
    exp: Timestamp,
    jti: String,
    /// The session's key.
    sid: String,
    /// The user's epoch; another epoch ends the token.
    epoch: i64,
    /// Names with spaces between them.
    scope: String,
    /// How the user has shown who they are (RFC 8176).
    amr: Vec<String>,
    /// When they last did (RFC 9068 §2.2.1).
    auth_time: Timestamp,
    typ: String,
}

/// An access token of ours, verified but for its time, and whether its session is live.
pub struct Access {
    pub session: Key,
    pub user_id: i64,
    pub epoch: i64,
    pub scopes: Scopes,
    issued_at: Timestamp,
    expires_at: Timestamp,
    kid: String,
}

impl Access {
    fn is_timely(&self, now: Timestamp) -> bool {
        self.issued_at <= now + LEEWAY && now < self.expires_at
    }
}

/// What an access token says.
pub struct Grant<'a> {
    pub user_id: i64,
    pub epoch: i64,
    pub session: &'a Key,
    pub scopes: Scopes,
    pub methods: Methods,
    pub proved_at: Timestamp,
    pub issued_at: Timestamp,
    /// Unlike that of any other token.
    pub id: String,
}

impl Identity {
    /// A signed access token.
    pub async fn grant(&self, grant: Grant<'_>) -> Result<String, AppError> {
        let claims = Claims {
            iss: self.tokens.issuer.clone(),
            sub: grant.user_id.to_string(),
            aud: self.tokens.issuer.clone(),
            iat: grant.issued_at,
            exp: grant.issued_at + LIFETIME,
            jti: grant.id,
            sid: grant.session.as_str().to_owned(),
            epoch: grant.epoch,
            scope: grant.scopes.to_string(),
            amr: grant.methods.names().into_iter().map(str::to_owned).collect(),
            auth_time: grant.proved_at,
            typ: TYPE.to_owned(),
        };
        Ok(self.tokens.key_ring().sign(&claims)?)
    }

    /// The live session of an access token. None means that it is no good, for whatever reason.
    pub async fn check_access(&self, token: &str) -> Result<Option<(Live, Scopes)>, Unknown> {
        let Some(access) = self.read_access(token).await? else { return Ok(None) };
        if !access.is_timely(self.clock.now()) {
            return Ok(None);
        }
        let live = self.sessions.check_key(&access.session).await?;
        let live = live.filter(|live| live.user.id == access.user_id && live.user.epoch == access.epoch);
        Ok(live.map(|live| (live, access.scopes)))
    }

    /// The token's contents, if a live key of ours has signed them. A signature that was verified lately is remembered.
    pub async fn read_access(&self, token: &str) -> Result<Option<Arc<Access>>, Unknown> {
        if token.len() > LONGEST {
            return Ok(None);
        }
        let (ring, now) = (self.tokens.key_ring(), self.clock.now());
        let hash: [u8; 32] = Sha256::digest(token).into();
        if let Some(access) = self.tokens.verified.get(&hash) {
            return Ok(ring.holds(&access.kid, now).then_some(access));
        }
        let Some(access) = self.tokens.read(&ring, token, now).map(Arc::new) else { return Ok(None) };
        self.tokens.verified.insert(hash, Arc::clone(&access));
        Ok(Some(access))
    }

    /// The public keys.
    pub fn jwks(&self) -> Jwks {
        self.tokens.key_ring().jwks(self.clock.now())
    }
}

impl crate::identity::tokens::Tokens {
    fn key_ring(&self) -> Arc<KeyRing> {
        self.ring.of(&self.keys.ring())
    }

    fn read(&self, ring: &KeyRing, token: &str, now: Timestamp) -> Option<Access> {
        let (claims, kid) = ring.open(token, now)?;
        let claims: Claims = serde_json::from_slice(&claims).ok()?;
        let ours = claims.iss == self.issuer && claims.aud == self.issuer && claims.typ == TYPE;
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
}
