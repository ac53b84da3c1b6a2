//! Logout tokens: they tell an app that a person's session has ended (OpenID Connect Back-Channel Logout 1.0 §2.4).

use serde::Serialize;
use serde_json::{Value, json};

use crate::platform::clock::Timestamp;

use super::logout_queue::Leased;

/// Seconds for which a token is valid (§2.4: at most two minutes). Each try has a new one, with the same `jti`.
const LIFETIME: i64 = 120;
/// The member of `events` that makes a token one of these (§2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// The claims: without a `nonce`, so that none passes for an ID token.
#[derive(Serialize)]
pub struct LogoutClaims<'c> {
    iss: &'c str,
    sub: &'c str,
    aud: &'c str,
    iat: Timestamp,
    exp: Timestamp,
    jti: &'c str,
    sid: &'c str,
    events: Value,
}

impl<'c> LogoutClaims<'c> {
    /// `sub` and `sid` are the names by which this app knows the person and the session.
    pub fn new(
        (iss, aud): (&'c str, &'c str),
        (sub, sid): (&'c str, &'c str),
        ended: &'c Leased,
        now: Timestamp,
    ) -> Self {
        Self {
            iss,
            sub,
            aud,
            iat: now,
            exp: now + LIFETIME,
            jti: &ended.jti,
            sid,
            events: json!({EVENT: {}}),
        }
    }
}
