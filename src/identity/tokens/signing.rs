//! The keys that sign access tokens (Ed25519, RFC 8037), one for each generation of keys.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::platform::clock::{LEEWAY, Timestamp};
use crate::platform::keys::{Generation, KeyPurpose, Ring, fingerprint};

/// Lifetime of an access token in seconds.
pub const LIFETIME: i64 = 5 * 60;

/// Seconds for which a key still verifies after it was replaced: until the last token that it signed has expired by
/// the slowest clock.
const OUTLIVES: i64 = LIFETIME + 2 * LEEWAY;

/// A signing key, and the only header that its tokens may have.
struct LiveKey {
    key: SigningKey,
    kid: String,
    /// Encoded, as it appears in a token.
    header: String,
    replaced_at: Option<Timestamp>,
}

impl LiveKey {
    fn of(generation: &Generation) -> Self {
        let key = SigningKey::from_bytes(generation.key(KeyPurpose::AccessTokens));
        let kid = thumbprint(&public(&key));
        let header = json!({"alg": "EdDSA", "kid": kid, "typ": "at+jwt"});
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        Self { key, kid, header, replaced_at: generation.replaced_at }
    }

    fn verifies(&self, now: Timestamp) -> bool {
        self.replaced_at.is_none_or(|at| now < at + OUTLIVES)
    }
}

fn public(key: &SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes())
}

/// RFC 7638, with the members of RFC 8037 §2.
fn thumbprint(x: &str) -> String {
    fingerprint(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#))
}

/// The public keys, for clients that verify our tokens (RFC 7517).
#[derive(Serialize, ToSchema)]
pub struct Jwks {
    keys: Vec<Jwk>,
}

#[derive(Serialize, ToSchema)]
pub struct Jwk {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    r#use: &'static str,
    kid: String,
    x: String,
}

/// The live keys, newest first. The first is the one that will sign after the next rotation: it is published in
/// advance, so that clients that cache the keys know it by then.
pub struct KeyRing {
    keys: Vec<LiveKey>,
    /// The id of the key that signs.
    signs: String,
}

impl KeyRing {
    pub fn of(ring: &Ring) -> Self {
        let signs = LiveKey::of(ring.current()).kid;
        Self { keys: ring.generations().iter().map(LiveKey::of).collect(), signs }
    }

    /// A JWT with these claims, signed by the key in use (RFC 7515 §7.1).
    pub fn sign(&self, claims: &impl Serialize) -> anyhow::Result<String> {
        let current = self.keys.iter().find(|key| key.kid == self.signs);
        let current = current.ok_or_else(|| anyhow::anyhow!("there is no signing key"))?;
        let message = format!("{}.{}", current.header, URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?));
        let signature = current.key.sign(message.as_bytes());
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes())))
    }

    /// The claims of a token that a live key has signed, as JSON, and that key's id.
    ///
    /// The header is compared byte by byte with the only valid one and never parsed, so no token can choose how it is
    /// verified (ASVS 9.1.2, 9.1.3).
    pub fn open(&self, token: &str, now: Timestamp) -> Option<(Vec<u8>, &str)> {
        let (message, signature) = token.rsplit_once('.')?;
        let (header, claims) = message.split_once('.')?;
        let live = self.keys.iter().find(|live| live.header == header && live.verifies(now))?;
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        live.key.verifying_key().verify_strict(message.as_bytes(), &signature).ok()?;
        Some((URL_SAFE_NO_PAD.decode(claims).ok()?, &live.kid))
    }

    /// Whether this key still verifies.
    pub fn holds(&self, kid: &str, now: Timestamp) -> bool {
        self.keys.iter().any(|live| live.kid == kid && live.verifies(now))
    }

    pub fn jwks(&self, now: Timestamp) -> Jwks {
        let jwk = |live: &LiveKey| Jwk {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            r#use: "sig",
            kid: live.kid.clone(),
            x: public(&live.key),
        };
        Jwks { keys: self.keys.iter().filter(|live| live.verifies(now)).map(jwk).collect() }
    }
}

/// The key ring of the generations in use, derived once per change.
#[derive(Default)]
pub struct CachedRing(Mutex<Option<(Arc<Ring>, Arc<KeyRing>)>>);

impl CachedRing {
    pub fn of(&self, ring: &Arc<Ring>) -> Arc<KeyRing> {
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match cached.as_ref().filter(|(known, _)| Arc::ptr_eq(known, ring)) {
            Some((_, keys)) => Arc::clone(keys),
            None => {
                let keys = Arc::new(KeyRing::of(ring));
                *cached = Some((Arc::clone(ring), Arc::clone(&keys)));
                keys
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::keys::{Keys, SecretKey};

    fn ring() -> KeyRing {
        KeyRing::of(&Keys::of_one(&SecretKey::random()).ring())
    }

    #[test]
    fn another_library_verifies_what_we_sign_by_the_published_key() {
        let ring = ring();
        let token = ring.sign(&json!({"sub": "1"})).unwrap();
        let jwks: jsonwebtoken::jwk::JwkSet =
            serde_json::from_value(serde_json::to_value(ring.jwks(0)).unwrap()).unwrap();
        assert_eq!(jwks.keys.len(), 1);
        let kid = jsonwebtoken::decode_header(&token).unwrap().kid.unwrap();
        let key = jsonwebtoken::DecodingKey::from_jwk(jwks.find(&kid).unwrap()).unwrap();
        let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::EdDSA);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        let read = jsonwebtoken::decode::<serde_json::Value>(&token, &key, &validation).unwrap();
        assert_eq!(read.claims["sub"], "1");
        assert_eq!(ring.open(&token, 0).unwrap().1, kid);
    }

    #[test]
    fn a_changed_byte_closes_it() {
        let ring = ring();
        let token = ring.sign(&json!({"sub": "1"})).unwrap();
        for place in 0..token.len() {
            let mut bent = token.clone().into_bytes();
            bent[place] ^= 1;
            let Ok(bent) = String::from_utf8(bent) else { continue };
            assert!(ring.open(&bent, 0).is_none(), "byte {place}");
        }
        for end in 0..token.len() {
            assert!(ring.open(&token[..end], 0).is_none(), "the first {end} bytes");
        }
    }
}
