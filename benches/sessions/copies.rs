//! A cookie cache: a signed, short-lived copy of session and user in a cookie, with the fields that Better Auth stores.

use actix_web::HttpMessage;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// The name of the cookie with the copy.
pub const NAME: &str = "session_data";

#[derive(Clone, Copy)]
pub struct Copies;

impl Copies {
    /// A copy of this session that is accepted for this many seconds.
    pub fn issue(self, session: &str, seconds: i64) -> String {
        let copy = json!({
            "session": {
                "id": "6vUqkHhqVnLDkXxPZ5n0fVjcF9M1hB3C", "token": session, "userId": "dWmUeVg0nFjQyXbWJ7s1cK3rT8a2LpYz",
                "expiresAt": "2026-12-03T12:00:00.000Z", "createdAt": "2026-11-26T12:00:00.000Z",
                "updatedAt": "2026-11-26T12:00:00.000Z", "ipAddress": "203.0.113.77",
                "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            },
            "user": {
                "id": "dWmUeVg0nFjQyXbWJ7s1cK3rT8a2LpYz", "name": "Mina", "email": "mina@example.org",
                "emailVerified": true, "image": null, "createdAt": "2026-11-26T12:00:00.000Z",
                "updatedAt": "2026-11-26T12:00:00.000Z",
            },
            "expiresAt": now() + seconds * 1_000,
        });
        let body = URL_SAFE_NO_PAD.encode(copy.to_string());
        let signature = URL_SAFE_NO_PAD.encode(mac(&body).finalize().into_bytes());
        format!("{body}.{signature}")
    }

    /// Whether it is signed and young enough.
    pub fn is_fresh(self, copy: &str) -> bool {
        let Some((body, signature)) = copy.split_once('.') else { return false };
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
        let read = || serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(body).ok()?).ok();
        let is_signed = mac(body).verify_slice(&signature).is_ok();
        let expires = || read()?["expiresAt"].as_i64();
        is_signed && expires().is_some_and(|expires| now() < expires)
    }

    pub fn cookie(self, req: &impl HttpMessage) -> Option<String> {
        let header = req.headers().get("cookie")?.to_str().ok()?;
        header.split("; ").find_map(|pair| pair.strip_prefix(NAME)?.strip_prefix('=')).map(str::to_owned)
    }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let elapsed = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

/// The signature of a text, to finish or to compare.
pub fn mac(text: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("a key of any length");
    mac.update(text.as_bytes());
    mac
}
