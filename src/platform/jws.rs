//! JSON Web Tokens that others sign, such as servers and apps: their signatures (RFC 7515), by the keys that they publish
//! (RFC 7517).
//!
//! The key decides the algorithm: a token is verified only by a key of the kind that its header names, and there is no
//! algorithm with a shared secret, and none without a signature (RFC 8725 §3.1). A key that is not written as the standards
//! say is left out.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Keys of one set that are looked at; more are no honest set.
pub const MOST_KEYS: usize = 50;
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

/// The algorithms (RFC 7518 §3.1, RFC 8037 §3.1), by their registered names; upper and lower case count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum Alg {
    #[strum(serialize = "RS256")]
    Rs256,
    #[strum(serialize = "RS384")]
    Rs384,
    #[strum(serialize = "RS512")]
    Rs512,
    #[strum(serialize = "PS256")]
    Ps256,
    #[strum(serialize = "PS384")]
    Ps384,
    #[strum(serialize = "PS512")]
    Ps512,
    #[strum(serialize = "ES256")]
    Es256,
    #[strum(serialize = "ES384")]
    Es384,
    #[strum(serialize = "EdDSA")]
    EdDsa,
}

impl Alg {
    pub const ALL: &[Self] = Self::VARIANTS;

    fn name(self) -> &'static str {
        self.into()
    }

    /// By a key of which kind.
    fn kind(self) -> Kind {
        match self {
            Self::Es256 => Kind::P256,
            Self::Es384 => Kind::P384,
            Self::EdDsa => Kind::Ed25519,
            _ => Kind::Rsa,
        }
    }

    fn rsa(self) -> Option<&'static RsaParameters> {
        Some(match self {
            Self::Rs256 => &signature::RSA_PKCS1_2048_8192_SHA256,
            Self::Rs384 => &signature::RSA_PKCS1_2048_8192_SHA384,
            Self::Rs512 => &signature::RSA_PKCS1_2048_8192_SHA512,
            Self::Ps256 => &signature::RSA_PSS_2048_8192_SHA256,
            Self::Ps384 => &signature::RSA_PSS_2048_8192_SHA384,
            Self::Ps512 => &signature::RSA_PSS_2048_8192_SHA512,
            Self::Es256 | Self::Es384 | Self::EdDsa => return None,
        })
    }
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

/// A token as it was sent. Nothing in it is true until it is verified.
pub struct Jws<'t> {
    alg: Alg,
    kid: Option<String>,
    typ: String,
    /// What is signed.
    message: &'t str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'t> Jws<'t> {
    /// Reads a token in the compact form (RFC 7515 §7.1).
    ///
    /// # Errors
    /// Unless it is one, by one of these algorithms.
    pub fn parse(token: &'t str, accepted: &[Alg]) -> Result<Self, JwsError> {
        if token.len() > LONGEST {
            return Err(JwsError::Malformed);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(JwsError::Malformed)?;
        let (head, payload) = message.split_once('.').ok_or(JwsError::Malformed)?;
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| JwsError::Malformed);
        let header: Header = serde_json::from_slice(&decode(head)?).map_err(|_| JwsError::Malformed)?;
        // An extension that must be understood is none that is understood here (RFC 7515 §4.1.11).
        if header.crit.is_some() {
            return Err(JwsError::Malformed);
        }
        let alg = header.alg.parse().ok().filter(|alg| accepted.contains(alg)).ok_or(JwsError::Algorithm)?;
        let typ = header.typ.unwrap_or_default().to_ascii_lowercase();
        let typ = typ.strip_prefix("application/").unwrap_or(&typ).to_owned();
        let (payload, signature) = (decode(payload)?, decode(signature)?);
        Ok(Self { alg, kid: header.kid, typ, message, payload, signature })
    }

    /// The claims as they were sent, if they have this form.
    pub fn unverified<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.payload).ok()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
    Ed25519,
}

#[derive(Debug)]
struct PublicKey {
    kind: Kind,
    kid: Option<String>,
    alg: Option<String>,
    /// The modulus and the exponent, the uncompressed point, or the key.
    parts: (Vec<u8>, Vec<u8>),
}

/// The keys that a server or an app publishes.
#[derive(Debug, Default)]
pub struct Jwks(Vec<PublicKey>);

impl Jwks {
    /// Reads a set; keys of other kinds, and keys for encryption, are left out (RFC 7517 §5).
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

    /// Whether one of these keys may have signed a token.
    pub fn has_key_for(&self, token: &Jws<'_>) -> bool {
        self.0.iter().any(|key| key.fits(token))
    }

    /// What a token says that one of these keys has signed. Its claims are for the caller to check.
    ///
    /// # Errors
    /// Unless one of these keys has signed it, and its claims are a JSON object.
    pub fn verify(&self, token: &Jws<'_>) -> Result<Verified, JwsError> {
        let mut fitting = self.0.iter().filter(|key| key.fits(token)).peekable();
        if fitting.peek().is_none() {
            return Err(JwsError::UnknownKey);
        }
        if !fitting.any(|key| key.verifies(token)) {
            // Without a name of its key, it may be one that is not known yet.
            return Err(if token.kid.is_none() { JwsError::UnknownKey } else { JwsError::Signature });
        }
        let claims: Value = token.unverified().filter(Value::is_object).ok_or(JwsError::Malformed)?;
        Ok(Verified { typ: token.typ.clone(), claims })
    }
}

/// A member of a key, if there is one; none if it is no text.
fn text<'k>(jwk: &'k Value, name: &str) -> Option<Option<&'k str>> {
    match jwk.get(name) {
        None => Some(None),
        Some(value) => value.as_str().map(Some),
    }
}

/// Whether a key is there to verify signatures, or for anything (RFC 7517 §4.2, §4.3).
fn is_for_signatures(jwk: &Value) -> bool {
    let verifies = |all: &Value| all.as_array().is_some_and(|all| all.iter().any(|one| one == "verify"));
    jwk.get("use").is_none_or(|usage| usage == "sig") && jwk.get("key_ops").is_none_or(verifies)
}

impl PublicKey {
    fn parse(jwk: &Value) -> Option<Self> {
        if !is_for_signatures(jwk) {
            return None;
        }
        // Without padding (RFC 7515 §2).
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(jwk, name)??).ok();
        // In the fewest bytes (RFC 7518 §2, "Base64urlUInt").
        let number = |name: &str| bytes(name).filter(|bytes| bytes.first().is_some_and(|first| *first != 0));
        let point = |length: usize| {
            let (x, y) = (bytes("x")?, bytes("y")?);
            (x.len() == length && y.len() == length).then(|| [&[4][..], &x, &y].concat())
        };
        let (kind, parts) = match (text(jwk, "kty")??, text(jwk, "crv")?) {
            ("RSA", _) => (Kind::Rsa, (number("n")?, number("e")?)),
            ("EC", Some("P-256")) => (Kind::P256, (point(32)?, Vec::new())),
            ("EC", Some("P-384")) => (Kind::P384, (point(48)?, Vec::new())),
            ("OKP", Some("Ed25519")) => (Kind::Ed25519, (bytes("x").filter(|x| x.len() == 32)?, Vec::new())),
            _ => return None,
        };
        let owned = |name: &str| Some(text(jwk, name)?.map(str::to_owned));
        Some(Self { kind, kid: owned("kid")?, alg: owned("alg")?, parts })
    }

    /// Whether this key may have signed a token with this header.
    fn fits(&self, token: &Jws<'_>) -> bool {
        self.kind == token.alg.kind()
            && self.alg.as_deref().is_none_or(|alg| alg == token.alg.name())
            && (token.kid.is_none() || self.kid.is_none() || self.kid == token.kid)
    }

    fn verifies(&self, token: &Jws<'_>) -> bool {
        let (first, second) = (&self.parts.0, &self.parts.1);
        let (message, signed) = (token.message.as_bytes(), token.signature.as_slice());
        if let Some(parameters) = token.alg.rsa() {
            let key = RsaPublicKeyComponents { n: first, e: second };
            return key.verify(parameters, message, signed).is_ok();
        }
        let algorithm: &dyn VerificationAlgorithm = match self.kind {
            Kind::P256 => &signature::ECDSA_P256_SHA256_FIXED,
            Kind::P384 => &signature::ECDSA_P384_SHA384_FIXED,
            Kind::Ed25519 => &signature::ED25519,
            Kind::Rsa => return false,
        };
        UnparsedPublicKey::new(algorithm, first).verify(message, signed).is_ok()
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

    fn verify(keys: &Jwks, token: &str) -> Result<Verified, JwsError> {
        keys.verify(&Jws::parse(token, Alg::ALL)?)
    }

    /// The keys of a set with this one alone, some members of which are replaced.
    fn with(jwk: &Value, other: &Value) -> Jwks {
        let mut jwk = jwk.clone();
        for (name, value) in other.as_object().unwrap() {
            jwk[name] = value.clone();
        }
        Jwks::parse(&json!({"keys": [jwk]})).unwrap()
    }

    #[test]
    fn only_a_fitting_key_and_an_accepted_algorithm_verify() {
        let (key, jwk) = key();
        let keys = Jwks::parse(&json!({"keys": [jwk, {"kty": "oct", "k": "AAAA"}, 7]})).unwrap();
        assert_eq!(keys.len(), 1);
        let good = token(&key, &json!({"alg": "EdDSA", "kid": "1", "typ": "application/JWT"}));
        let verified = verify(&keys, &good).unwrap();
        assert_eq!((verified.typ.as_str(), &verified.claims["sub"]), ("jwt", &json!("7")));
        for (header, error) in [
            (json!({"alg": "none"}), JwsError::Algorithm),
            (json!({"alg": "HS256", "kid": "1"}), JwsError::Algorithm),
            (json!({"alg": "eddsa", "kid": "1"}), JwsError::Algorithm),
            // Its name of RFC 9864, which discovery does not promise.
            (json!({"alg": "Ed25519", "kid": "1"}), JwsError::Algorithm),
            (json!({"alg": "RS256", "kid": "1"}), JwsError::UnknownKey),
            (json!({"alg": "ES256", "kid": "1"}), JwsError::UnknownKey),
            (json!({"alg": "EdDSA", "kid": "2"}), JwsError::UnknownKey),
            (json!({"alg": "EdDSA", "kid": "1", "crit": ["exp"]}), JwsError::Malformed),
            (json!({"kid": "1"}), JwsError::Malformed),
        ] {
            assert_eq!(verify(&keys, &token(&key, &header)).unwrap_err(), error, "{header}");
        }
        let other = SigningKey::from_bytes(&[8; 32]);
        let forged = token(&other, &json!({"alg": "EdDSA", "kid": "1"}));
        assert_eq!(verify(&keys, &forged).unwrap_err(), JwsError::Signature);
        for place in (0..good.len()).step_by(5) {
            let mut bent = good.clone().into_bytes();
            bent[place] ^= 1;
            let Ok(bent) = String::from_utf8(bent) else { continue };
            assert!(verify(&keys, &bent).is_err(), "byte {place}");
        }
    }

    #[test]
    fn keys_for_another_use_or_algorithm_do_not_count() {
        let (key, jwk) = key();
        let good = token(&key, &json!({"alg": "EdDSA", "kid": "1"}));
        assert!(verify(&with(&jwk, &json!({"key_ops": ["verify"]})), &good).is_ok());
        for other in [
            json!({"use": "enc"}),
            json!({"use": null}),
            json!({"use": ["sig"]}),
            json!({"key_ops": ["encrypt"]}),
            json!({"key_ops": "verify"}),
            json!({"alg": "RS256"}),
            json!({"alg": "Ed25519"}),
            json!({"alg": 7}),
            json!({"kid": 1}),
            json!({"crv": "X25519"}),
            json!({"crv": null}),
            json!({"kty": "RSA"}),
        ] {
            assert!(verify(&with(&jwk, &other), &good).is_err(), "{other}");
        }
        assert!(Jwks::parse(&json!({"keys": "x"})).is_none() && Jwks::parse(&json!([])).is_none());
    }

    #[test]
    fn keys_that_are_not_written_as_the_standards_say_are_left_out() {
        let (key, jwk) = key();
        let good = token(&key, &json!({"alg": "EdDSA", "kid": "1"}));
        let x = key.verifying_key().to_bytes();
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        for other in
            [format!("{}=", encode(&x)), encode(&[&[0], &x[..]].concat()), encode(&x[..31]), String::new()]
        {
            let keys = with(&jwk, &json!({"x": other}));
            assert!(keys.is_empty() && verify(&keys, &good).is_err(), "{other}");
        }
        // Some libraries write a modulus with a zero before it (RFC 7518 §6.3.1.1).
        let n = [&[0x80][..], &[1; 255]].concat();
        let rsa = |n: String, e: &str| {
            Jwks::parse(&json!({"keys": [{"kty": "RSA", "n": n, "e": e}]})).unwrap().len()
        };
        assert_eq!(rsa(encode(&n), "AQAB"), 1);
        for (n, e) in [
            (encode(&[&[0], &n[..]].concat()), "AQAB"),
            (format!("{}==", encode(&n)), "AQAB"),
            (encode(&n), "AAEAAQ"),
            (encode(&n), ""),
            (String::new(), "AQAB"),
        ] {
            assert_eq!(rsa(n.clone(), e), 0, "{n} {e}");
        }
        let many: Vec<Value> = std::iter::repeat_n(jwk, MOST_KEYS + 1).collect();
        assert_eq!(Jwks::parse(&json!({"keys": many})).unwrap().len(), MOST_KEYS);
    }

    #[test]
    fn a_caller_names_the_algorithms_and_padded_or_endless_tokens_are_none() {
        let (key, jwk) = key();
        let keys = with(&jwk, &json!({}));
        let good = token(&key, &json!({"alg": "EdDSA", "kid": "1"}));
        let error = |token: &str, accepted: &[Alg]| Jws::parse(token, accepted).err();
        assert_eq!(error(&good, &[Alg::Es256, Alg::Rs256]), Some(JwsError::Algorithm));
        let token = Jws::parse(&good, &[Alg::EdDsa]).unwrap();
        assert!(keys.has_key_for(&token) && !Jwks::default().has_key_for(&token));
        assert!(keys.verify(&token).is_ok());
        for broken in
            [format!("{good}="), format!("{good}."), good.replace('.', "=."), "A".repeat(LONGEST + 1)]
        {
            assert_eq!(error(&broken, Alg::ALL), Some(JwsError::Malformed), "{broken:.90}");
        }
    }
}
