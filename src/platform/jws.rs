//! JSON Web Tokens that other servers sign: their signatures (RFC 7515), by the keys that those servers publish (RFC 7517).
//!
//! The key decides the algorithm: a token is verified only by a key of the kind that its header names, and there is no
//! algorithm with a shared secret, and none without a signature (RFC 8725 §3.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};
use serde::Deserialize;
use serde_json::Value;

/// Keys of one server that are looked at; more are no honest set.
const MOST_KEYS: usize = 100;
/// Bytes of a token.
const LONGEST: usize = 64 * 1024;

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    #[error("it is no signed token")]
    Malformed,
    #[error("its algorithm is not accepted")]
    Algorithm,
    /// The server may have new keys.
    #[error("no published key has signed it")]
    UnknownKey,
    #[error("its signature is wrong")]
    Signature,
}

/// What a token says, once its signature is verified.
#[derive(Debug)]
pub struct Verified {
    /// The type in its header, in lower case and without `application/` (RFC 8725 §3.11).
    pub typ: String,
    pub claims: Value,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
    Ed25519,
}

struct PublicKey {
    kind: Kind,
    kid: Option<String>,
    alg: Option<String>,
    /// The modulus and the exponent, the uncompressed point, or the key.
    parts: (Vec<u8>, Vec<u8>),
}

/// The keys that a server publishes.
pub struct Jwks(Vec<PublicKey>);

impl Jwks {
    /// Reads a set; keys of other kinds, and keys for encryption, are left out.
    pub fn parse(set: &Value) -> Option<Self> {
        let keys = set.get("keys")?.as_array()?;
        Some(Self(keys.iter().take(MOST_KEYS).filter_map(PublicKey::parse).collect()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The claims of a token that one of these keys has signed. Its claims are for the caller to check.
    pub fn verify(&self, token: &str) -> Result<Verified, JwsError> {
        if token.len() > LONGEST {
            return Err(JwsError::Malformed);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(JwsError::Malformed)?;
        let (head, claims) = message.split_once('.').ok_or(JwsError::Malformed)?;
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| JwsError::Malformed);
        let header: Header = serde_json::from_slice(&decode(head)?).map_err(|_| JwsError::Malformed)?;
        let signature = decode(signature)?;
        // An extension that must be understood is none that is understood here (RFC 7515 §4.1.11).
        if header.crit.is_some() {
            return Err(JwsError::Malformed);
        }
        let kind = kind_of(&header.alg).ok_or(JwsError::Algorithm)?;
        let fits = |key: &&PublicKey| {
            key.kind == kind
                && key.alg.as_ref().is_none_or(|alg| *alg == header.alg)
                && (header.kid.is_none() || key.kid.is_none() || key.kid == header.kid)
        };
        let mut fitting = self.0.iter().filter(fits).peekable();
        if fitting.peek().is_none() {
            return Err(JwsError::UnknownKey);
        }
        if !fitting.any(|key| key.verifies(&header.alg, message.as_bytes(), &signature)) {
            // Without a name of its key, it may be one that is not known yet.
            return Err(if header.kid.is_none() { JwsError::UnknownKey } else { JwsError::Signature });
        }
        let claims: Value = serde_json::from_slice(&decode(claims)?).map_err(|_| JwsError::Malformed)?;
        if !claims.is_object() {
            return Err(JwsError::Malformed);
        }
        let typ = header.typ.unwrap_or_default().to_ascii_lowercase();
        let typ = typ.strip_prefix("application/").unwrap_or(&typ).to_owned();
        Ok(Verified { typ, claims })
    }
}

impl PublicKey {
    fn parse(jwk: &Value) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
        if text("use").is_some_and(|usage| usage != "sig") {
            return None;
        }
        let point = |length: usize| {
            let (x, y) = (bytes("x")?, bytes("y")?);
            (x.len() == length && y.len() == length).then(|| [&[4][..], &x, &y].concat())
        };
        let (kind, parts) = match (text("kty")?, text("crv")) {
            ("RSA", _) => (Kind::Rsa, (bytes("n")?, bytes("e")?)),
            ("EC", Some("P-256")) => (Kind::P256, (point(32)?, Vec::new())),
            ("EC", Some("P-384")) => (Kind::P384, (point(48)?, Vec::new())),
            ("OKP", Some("Ed25519")) => (Kind::Ed25519, (bytes("x")?, Vec::new())),
            _ => return None,
        };
        let owned = |name: &str| text(name).map(str::to_owned);
        Some(Self { kind, kid: owned("kid"), alg: owned("alg"), parts })
    }

    fn verifies(&self, alg: &str, message: &[u8], signed: &[u8]) -> bool {
        let (first, second) = (&self.parts.0, &self.parts.1);
        if let Some(parameters) = rsa_parameters(alg) {
            let key = RsaPublicKeyComponents { n: first, e: second };
            return key.verify(parameters, message, signed).is_ok();
        }
        let algorithm: &dyn VerificationAlgorithm = match alg {
            "ES256" => &signature::ECDSA_P256_SHA256_FIXED,
            "ES384" => &signature::ECDSA_P384_SHA384_FIXED,
            "EdDSA" => &signature::ED25519,
            _ => return false,
        };
        UnparsedPublicKey::new(algorithm, first).verify(message, signed).is_ok()
    }
}

fn rsa_parameters(alg: &str) -> Option<&'static RsaParameters> {
    Some(match alg {
        "RS256" => &signature::RSA_PKCS1_2048_8192_SHA256,
        "RS384" => &signature::RSA_PKCS1_2048_8192_SHA384,
        "RS512" => &signature::RSA_PKCS1_2048_8192_SHA512,
        "PS256" => &signature::RSA_PSS_2048_8192_SHA256,
        "PS384" => &signature::RSA_PSS_2048_8192_SHA384,
        "PS512" => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

/// The kind of key of an algorithm (RFC 7518 §3.1, RFC 8037 §3.1); none for one that is not accepted.
fn kind_of(alg: &str) -> Option<Kind> {
    match alg {
        "ES256" => Some(Kind::P256),
        "ES384" => Some(Kind::P384),
        "EdDSA" => Some(Kind::Ed25519),
        other => rsa_parameters(other).map(|_| Kind::Rsa),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};
    use serde_json::json;

    fn key() -> (SigningKey, Value) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        (key, json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "1", "use": "sig"}))
    }

    fn token(key: &SigningKey, header: &Value) -> String {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", encode(header), encode(&json!({"sub": "7"})));
        let signature = URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).to_bytes());
        format!("{message}.{signature}")
    }

    #[test]
    fn only_a_fitting_key_and_an_accepted_algorithm_verify() {
        let (key, jwk) = key();
        let keys = Jwks::parse(&json!({"keys": [jwk, {"kty": "oct", "k": "AAAA"}, 7]})).unwrap();
        assert_eq!(keys.len(), 1);
        let good = token(&key, &json!({"alg": "EdDSA", "kid": "1", "typ": "application/JWT"}));
        let verified = keys.verify(&good).unwrap();
        assert_eq!((verified.typ.as_str(), &verified.claims["sub"]), ("jwt", &json!("7")));
        for (header, error) in [
            (json!({"alg": "none"}), JwsError::Algorithm),
            (json!({"alg": "HS256", "kid": "1"}), JwsError::Algorithm),
            (json!({"alg": "eddsa", "kid": "1"}), JwsError::Algorithm),
            (json!({"alg": "RS256", "kid": "1"}), JwsError::UnknownKey),
            (json!({"alg": "ES256", "kid": "1"}), JwsError::UnknownKey),
            (json!({"alg": "EdDSA", "kid": "2"}), JwsError::UnknownKey),
            (json!({"alg": "EdDSA", "kid": "1", "crit": ["exp"]}), JwsError::Malformed),
            (json!({"kid": "1"}), JwsError::Malformed),
        ] {
            assert_eq!(keys.verify(&token(&key, &header)).unwrap_err(), error, "{header}");
        }
        let other = SigningKey::from_bytes(&[8; 32]);
        let forged = token(&other, &json!({"alg": "EdDSA", "kid": "1"}));
        assert_eq!(keys.verify(&forged).unwrap_err(), JwsError::Signature);
        for place in (0..good.len()).step_by(5) {
            let mut bent = good.clone().into_bytes();
            bent[place] ^= 1;
            let Ok(bent) = String::from_utf8(bent) else { continue };
            assert!(keys.verify(&bent).is_err(), "byte {place}");
        }
    }

    #[test]
    fn keys_for_another_use_or_algorithm_do_not_count() {
        let (key, jwk) = key();
        for (name, value) in [("use", "enc"), ("alg", "RS256"), ("crv", "X25519"), ("kty", "RSA")] {
            let mut jwk = jwk.clone();
            jwk[name] = json!(value);
            let keys = Jwks::parse(&json!({"keys": [jwk]})).unwrap();
            assert!(keys.verify(&token(&key, &json!({"alg": "EdDSA", "kid": "1"}))).is_err(), "{name}");
        }
        assert!(Jwks::parse(&json!({"keys": "x"})).is_none() && Jwks::parse(&json!([])).is_none());
    }
}
