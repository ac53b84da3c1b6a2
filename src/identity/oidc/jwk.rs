//! Public keys of apps (RFC 7517), and signatures by them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::Value;

/// Keys of one app.
pub const MOST_KEYS: usize = 50;

/// The algorithms by which apps may sign (RFC 7518 §3.1, RFC 8037): asymmetric ones, so that no public key is ever taken for
/// a shared secret (RFC 8725 §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppAlg {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

impl AppAlg {
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            _ => None,
        }
    }
}

enum Material {
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// Uncompressed.
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

/// A key that verifies.
pub struct Jwk {
    pub kid: Option<String>,
    alg: Option<String>,
    material: Material,
}

impl Jwk {
    /// The keys of a set that this server can use; others are left out (RFC 7517 §5).
    pub fn of_set(set: &Value) -> Vec<Self> {
        let keys = set["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
        keys.iter().take(MOST_KEYS).filter_map(Self::of).collect()
    }

    fn of(key: &Value) -> Option<Self> {
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str()?.trim_end_matches('=')).ok();
        if key.get("use").is_some_and(|used| used != "sig") {
            return None;
        }
        let material = match (key["kty"].as_str()?, key["crv"].as_str()) {
            ("RSA", _) => {
                // Some libraries begin the modulus with a zero byte.
                let n = bytes("n")?.into_iter().skip_while(|byte| *byte == 0).collect();
                Material::Rsa { n, e: bytes("e")? }
            }
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes("x")?, bytes("y")?);
                let fits = x.len() == 32 && y.len() == 32;
                fits.then(|| Material::P256([&[4][..], &x, &y].concat()))?
            }
            ("OKP", Some("Ed25519")) => Material::Ed25519(bytes("x").filter(|x| x.len() == 32)?),
            _ => return None,
        };
        let text = |name: &str| key[name].as_str().map(str::to_owned);
        Some(Self { kid: text("kid"), alg: text("alg"), material })
    }

    /// Whether this key may have made a signature with these parts of a header.
    pub fn fits(&self, alg: AppAlg, kid: Option<&str>) -> bool {
        let named = self.kid.is_none() || kid.is_none() || self.kid.as_deref() == kid;
        let of_alg = self.alg.as_deref().is_none_or(|own| AppAlg::parse(own) == Some(alg));
        named && of_alg
    }

    pub fn verify(&self, alg: AppAlg, message: &[u8], signature: &[u8]) -> bool {
        match (&self.material, alg) {
            (Material::Rsa { n, e }, AppAlg::Rs256) => RsaPublicKeyComponents { n, e }
                .verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
            (Material::Rsa { n, e }, AppAlg::Ps256) => RsaPublicKeyComponents { n, e }
                .verify(&signature::RSA_PSS_2048_8192_SHA256, message, signature)
                .is_ok(),
            (Material::P256(point), AppAlg::Es256) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point)
                    .verify(message, signature)
                    .is_ok()
            }
            (Material::Ed25519(key), AppAlg::EdDsa) => {
                UnparsedPublicKey::new(&signature::ED25519, key).verify(message, signature).is_ok()
            }
            _ => false,
        }
    }
}
