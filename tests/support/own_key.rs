//! A key of an app, by which it proves that it is itself (`private_key_jwt`).

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

static NUMBER: AtomicU64 = AtomicU64::new(0);

pub struct OwnKey {
    alg: Algorithm,
    key: EncodingKey,
    /// The public half.
    pub jwk: Value,
}

impl OwnKey {
    pub fn generate(alg: Algorithm, kid: &str) -> Self {
        let (key, mut jwk) = match alg {
            Algorithm::ES256 => {
                let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
                let point = pair.public_key_raw();
                let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
                let key = EncodingKey::from_ec_pem(pair.serialize_pem().as_bytes()).unwrap();
                (key, json!({"kty": "EC", "crv": "P-256", "x": x, "y": y}))
            }
            Algorithm::EdDSA => {
                let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
                let x = URL_SAFE_NO_PAD.encode(pair.public_key_raw());
                let key = EncodingKey::from_ed_pem(pair.serialize_pem().as_bytes()).unwrap();
                (key, json!({"kty": "OKP", "crv": "Ed25519", "x": x}))
            }
            _ => rsa_key(),
        };
        jwk["kid"] = json!(kid);
        Self { alg, key, jwk }
    }

    /// The text of a JWK Set with this key alone.
    pub fn set(&self) -> String {
        json!({"keys": [self.jwk]}).to_string()
    }

    /// The usual claims, some of them replaced; null leaves one out.
    pub fn claims(client_id: &str, (aud, now): (&str, i64), other: Value) -> Value {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut claims = json!({
            "iss": client_id, "sub": client_id, "aud": aud, "iat": now, "exp": now + 60, "jti": format!("jti {number}"),
        });
        for (name, value) in other.as_object().into_iter().flatten() {
            claims[name] = value.clone();
        }
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        claims
    }

    pub fn sign(&self, claims: &Value) -> String {
        let kid = self.jwk["kid"].as_str().map(str::to_owned);
        jsonwebtoken::encode(&Header { kid, ..Header::new(self.alg) }, claims, &self.key).unwrap()
    }
}

#[expect(clippy::disallowed_types, reason = "ring makes no RSA keys")]
fn rsa_key() -> (EncodingKey, Value) {
    use rsa::pkcs1::EncodeRsaPrivateKey;
    use rsa::traits::PublicKeyParts;
    let mut random = rsa::rand_core::UnwrapErr(getrandom::SysRng);
    let key = rsa::RsaPrivateKey::new(&mut random, 2048).unwrap();
    let encode = |number: Box<[u8]>| URL_SAFE_NO_PAD.encode(number);
    let (n, e) = (encode(key.n_bytes()), encode(key.e_bytes()));
    let der = key.to_pkcs1_der().unwrap();
    (EncodingKey::from_rsa_der(der.as_bytes()), json!({"kty": "RSA", "n": n, "e": e}))
}

/// The public half of a key, for a forger.
pub fn public_bytes(jwk: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(jwk["x"].as_str().or(jwk["n"].as_str()).unwrap()).unwrap()
}
