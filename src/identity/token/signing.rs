//! The keys that sign access tokens (Ed25519, RFC 8037): derived from the secret key, two of them live at a time.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::db::{Conn, DbError};
use crate::keys::{SecretKey, fingerprint};
use crate::schema::signing_keys::{self, dsl};

/// The newest signs; it and the one before verify, so that a rotation ends no token that was good.
const LIVE: usize = 2;

/// One signing key, and the only header that its tokens may bear.
struct LiveKey {
    key: SigningKey,
    kid: String,
    /// Encoded, as it stands in a token.
    header: String,
}

impl LiveKey {
    fn derive(secret: &SecretKey, number: i64) -> Self {
        let key = SigningKey::from_bytes(&secret.derive(&format!("access token signature {number}")));
        let kid = thumbprint(&public(&key));
        let header = json!({"alg": "EdDSA", "kid": kid, "typ": "at+jwt"});
        Self { key, kid, header: URL_SAFE_NO_PAD.encode(header.to_string()) }
    }
}

fn public(key: &SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes())
}

/// RFC 7638, with the members of RFC 8037 §2.
fn thumbprint(x: &str) -> String {
    fingerprint(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#))
}

/// The public keys, for whoever wants to verify our tokens (RFC 7517).
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

/// The live keys, the newest first, and the one that will sign after the next rotation: it is published ahead, so that
/// whoever keeps our keys for a while knows it by then.
pub struct KeyRing {
    live: Vec<LiveKey>,
    next: Option<LiveKey>,
}

impl KeyRing {
    pub fn derive(secret: &SecretKey, numbers: &[i64]) -> Self {
        let derive = |number: i64| LiveKey::derive(secret, number);
        let next = numbers.iter().max().map(|newest| derive(newest + 1));
        Self { live: numbers.iter().copied().map(derive).collect(), next }
    }

    /// A JWT with these claims, signed by the newest key (RFC 7515 §7.1).
    pub fn sign(&self, claims: &impl Serialize) -> anyhow::Result<String> {
        let newest = self.live.first().ok_or_else(|| anyhow::anyhow!("there is no signing key"))?;
        let message = format!("{}.{}", newest.header, URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?));
        let signature = newest.key.sign(message.as_bytes());
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes())))
    }

    /// The claims of a token that a live key has signed, as JSON, and that key's id.
    ///
    /// Its header is compared with ours byte by byte and never read, so no token can choose how it is verified
    /// (ASVS 9.1.2, 9.1.3).
    pub fn open(&self, token: &str) -> Option<(Vec<u8>, &str)> {
        let (message, signature) = token.rsplit_once('.')?;
        let (header, claims) = message.split_once('.')?;
        let live = self.live.iter().find(|live| live.header == header)?;
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        live.key.verifying_key().verify_strict(message.as_bytes(), &signature).ok()?;
        Some((URL_SAFE_NO_PAD.decode(claims).ok()?, &live.kid))
    }

    /// Whether this key still verifies.
    pub fn holds(&self, kid: &str) -> bool {
        self.live.iter().any(|live| live.kid == kid)
    }

    pub fn jwks(&self) -> Jwks {
        let jwk = |live: &LiveKey| Jwk {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            r#use: "sig",
            kid: live.kid.clone(),
            x: public(&live.key),
        };
        Jwks { keys: self.next.iter().chain(&self.live).map(jwk).collect() }
    }
}

/// The numbers of the live keys, the newest first.
pub fn live_numbers(conn: &mut Conn) -> Result<Vec<i64>, DbError> {
    Ok(signing_keys::table.order(dsl::number.desc()).limit(LIVE as i64).select(dsl::number).load(conn)?)
}

/// A new key signs from now on. The one that was the oldest of the live ones verifies nothing any more.
pub fn rotate(conn: &mut Conn, now: Timestamp) -> Result<(), DbError> {
    diesel::insert_into(signing_keys::table).values(dsl::created_at.eq(now)).execute(conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> SecretKey {
        SecretKey::from_hex(&"ab".repeat(64)).ok().unwrap()
    }

    #[test]
    fn another_library_verifies_what_we_sign_by_the_published_key() {
        let ring = KeyRing::derive(&secret(), &[7, 6]);
        let token = ring.sign(&json!({"sub": "1"})).unwrap();
        let jwks: jsonwebtoken::jwk::JwkSet =
            serde_json::from_value(serde_json::to_value(ring.jwks()).unwrap()).unwrap();
        assert_eq!(jwks.keys.len(), 3, "the next one too");
        let kid = jsonwebtoken::decode_header(&token).unwrap().kid.unwrap();
        let key = jsonwebtoken::DecodingKey::from_jwk(jwks.find(&kid).unwrap()).unwrap();
        let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::EdDSA);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        let read = jsonwebtoken::decode::<serde_json::Value>(&token, &key, &validation).unwrap();
        assert_eq!(read.claims["sub"], "1");
        assert_eq!(ring.open(&token).unwrap().1, kid);
    }

    #[test]
    fn a_key_verifies_until_the_rotation_after_the_next() {
        let token = KeyRing::derive(&secret(), &[1]).sign(&json!({})).unwrap();
        assert!(KeyRing::derive(&secret(), &[2, 1]).open(&token).is_some());
        assert!(KeyRing::derive(&secret(), &[3, 2]).open(&token).is_none());
        let ahead = KeyRing::derive(&secret(), &[2]).sign(&json!({})).unwrap();
        assert!(KeyRing::derive(&secret(), &[1]).open(&ahead).is_none(), "it signs nothing yet");
        let other = SecretKey::from_hex(&"cd".repeat(64)).ok().unwrap();
        assert!(KeyRing::derive(&other, &[1]).open(&token).is_none());
    }

    #[test]
    fn a_changed_byte_closes_it() {
        let ring = KeyRing::derive(&secret(), &[1]);
        let token = ring.sign(&json!({"sub": "1"})).unwrap();
        for place in 0..token.len() {
            let mut bent = token.clone().into_bytes();
            bent[place] ^= 1;
            let Ok(bent) = String::from_utf8(bent) else { continue };
            assert!(ring.open(&bent).is_none(), "byte {place}");
        }
        for end in 0..token.len() {
            assert!(ring.open(&token[..end]).is_none(), "the first {end} bytes");
        }
    }
}
