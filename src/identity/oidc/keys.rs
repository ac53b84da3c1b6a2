//! The keys that sign what apps read: ID tokens, JWT access tokens, logout tokens (RFC 7515). They are others than those of
//! this server's own access tokens, so neither kind passes for the other.
//!
//! Each generation of keys has one of each algorithm. ES256 and EdDSA are derived from the server's secret; RSA keys cannot
//! be, so they are made once and stored encrypted.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use ed25519_dalek::Signer as _;
use p256::ecdsa;
use p256::elliptic_curve::sec1::ToSec1Point;
use ring::rand::SystemRandom;
use ring::signature::{self, KeyPair as _, RsaKeyPair, UnparsedPublicKey};
use rsa::pkcs8::EncodePrivateKey;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::clock::{Clock, LEEWAY, Timestamp};
use crate::platform::db::{Conn, Db, DbError};
use crate::platform::keys::{Generation, KeyPurpose, Keys, Ring, Vault, fingerprint};
use crate::platform::schema::oidc_keys::{self, dsl};

use super::registration::SigningAlg;

/// Bits of an RSA key (NIST SP 800-131A: at least 2048).
const RSA_BITS: usize = 2048;
/// Seconds for which a key stays published after it was replaced: the longest lifetime of a token, by the slowest clock.
pub(super) const OUTLIVES: i64 = 24 * 3600 + 2 * LEEWAY;

/// One key that signs, and how apps know it.
struct KeyOf<K> {
    key: K,
    kid: String,
    jwk: Value,
}

/// The keys of one generation.
struct GenerationKeys {
    number: i64,
    replaced_at: Option<Timestamp>,
    /// None on a node that cannot decrypt it.
    rsa: Option<KeyOf<RsaKeyPair>>,
    es256: KeyOf<ecdsa::SigningKey>,
    eddsa: KeyOf<ed25519_dalek::SigningKey>,
}

/// What a token is for: its `typ` (RFC 8725 §3.11), so that no kind passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenType {
    Id,
    /// RFC 9068 §2.1.
    Access,
    /// Back-Channel Logout 1.0 §2.4.
    Logout,
}

impl TokenType {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "JWT",
            Self::Access => "at+jwt",
            Self::Logout => "logout+jwt",
        }
    }
}

/// All generations, the newest first; the first may be the next one, published ahead.
pub struct SigningKeys {
    generations: Vec<GenerationKeys>,
    current: i64,
}

impl SigningKeys {
    fn of(ring: &Ring, rsa: &[(i64, String)], vault: &Vault) -> Self {
        let keys_of = |generation: &Generation| {
            let sealed = rsa.iter().find(|(number, _)| *number == generation.number);
            let pkcs8 = sealed.and_then(|(number, sealed)| vault.open(sealed, &bound_to(*number)));
            let rsa = pkcs8.and_then(|pkcs8| rsa_key(&pkcs8));
            if rsa.is_none() {
                tracing::error!(
                    generation = generation.number,
                    "a key that signs ID tokens cannot be decrypted"
                );
            }
            GenerationKeys {
                number: generation.number,
                replaced_at: generation.replaced_at,
                rsa,
                es256: es256_key(generation),
                eddsa: eddsa_key(generation),
            }
        };
        Self { generations: ring.generations().iter().map(keys_of).collect(), current: ring.current().number }
    }

    /// A JWT with these claims.
    ///
    /// # Errors
    /// If there is no key of this algorithm.
    pub fn sign(&self, alg: SigningAlg, typ: TokenType, claims: &impl Serialize) -> anyhow::Result<String> {
        let current = self.generations.iter().find(|each| each.number == self.current);
        let current = current.ok_or_else(|| anyhow::anyhow!("there is no signing key"))?;
        let kid = current.kid(alg).ok_or_else(|| anyhow::anyhow!("there is no RSA key"))?;
        let claims = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?);
        let message = format!("{}.{claims}", header(alg, kid, typ));
        let signature = current.sign(alg, message.as_bytes())?;
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// The claims of a JWT that one of these keys signed, however old: its times are for the caller to check.
    ///
    /// The header is compared with the only valid ones and never parsed, so no token chooses how it is verified (RFC 8725
    /// §3.1, ASVS 9.1.2).
    pub fn open(&self, token: &str, typ: TokenType) -> Option<Value> {
        let (message, signature) = token.rsplit_once('.')?;
        let (head, claims) = message.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let is_ours = self.generations.iter().any(|each| {
            use SigningAlg::{EdDsa, Es256, Rs256};
            let algs = [Rs256, Es256, EdDsa].into_iter();
            let mut fitting =
                algs.filter(|alg| each.kid(*alg).is_some_and(|kid| header(*alg, kid, typ) == head));
            fitting.next().is_some_and(|alg| each.verify(alg, message.as_bytes(), &signature))
        });
        if !is_ours {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }

    /// The public keys (RFC 7517). EdDSA is left out unless an app uses it: some clients give up on a set with a key type
    /// that they do not know.
    pub fn jwks(&self, now: Timestamp, with_eddsa: bool) -> Value {
        let published =
            self.generations.iter().filter(|each| each.replaced_at.is_none_or(|at| now < at + OUTLIVES));
        let keys = published.flat_map(|each| {
            let rsa = each.rsa.as_ref().map(|rsa| rsa.jwk.clone());
            let eddsa = with_eddsa.then(|| each.eddsa.jwk.clone());
            rsa.into_iter().chain([each.es256.jwk.clone()]).chain(eddsa)
        });
        json!({"keys": keys.collect::<Vec<_>>()})
    }
}

impl GenerationKeys {
    fn kid(&self, alg: SigningAlg) -> Option<&str> {
        match alg {
            SigningAlg::Rs256 => self.rsa.as_ref().map(|rsa| rsa.kid.as_str()),
            SigningAlg::Es256 => Some(&self.es256.kid),
            SigningAlg::EdDsa => Some(&self.eddsa.kid),
        }
    }

    fn sign(&self, alg: SigningAlg, message: &[u8]) -> anyhow::Result<Vec<u8>> {
        Ok(match alg {
            SigningAlg::Rs256 => {
                let rsa = self.rsa.as_ref().ok_or_else(|| anyhow::anyhow!("there is no RSA key"))?;
                let mut signature = vec![0; rsa.key.public().modulus_len()];
                let signed =
                    rsa.key.sign(&signature::RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature);
                signed.map_err(|_| anyhow::anyhow!("signing by RSA failed"))?;
                signature
            }
            SigningAlg::Es256 => {
                let signature: ecdsa::Signature = ecdsa::signature::Signer::sign(&self.es256.key, message);
                signature.to_bytes().to_vec()
            }
            SigningAlg::EdDsa => self.eddsa.key.sign(message).to_bytes().to_vec(),
        })
    }

    fn verify(&self, alg: SigningAlg, message: &[u8], signature: &[u8]) -> bool {
        match alg {
            SigningAlg::Rs256 => self.rsa.as_ref().is_some_and(|rsa| {
                let public =
                    UnparsedPublicKey::new(&signature::RSA_PKCS1_2048_8192_SHA256, rsa.key.public_key());
                public.verify(message, signature).is_ok()
            }),
            SigningAlg::Es256 => ecdsa::Signature::from_slice(signature).is_ok_and(|signature| {
                ecdsa::signature::Verifier::verify(self.es256.key.verifying_key(), message, &signature)
                    .is_ok()
            }),
            SigningAlg::EdDsa => ed25519_dalek::Signature::from_slice(signature).is_ok_and(|signature| {
                self.eddsa.key.verifying_key().verify_strict(message, &signature).is_ok()
            }),
        }
    }
}

/// The header of a token, encoded.
fn header(alg: SigningAlg, kid: &str, typ: TokenType) -> String {
    let header = json!({"alg": alg.name(), "kid": kid, "typ": typ.name()});
    URL_SAFE_NO_PAD.encode(header.to_string())
}

fn bound_to(generation: i64) -> String {
    format!("rsa {generation}")
}

/// The key, and its JWK with the thumbprint of its required members as `kid` (RFC 7638).
fn named<K>(key: K, alg: SigningAlg, thumbprint_of: &str, members: Value) -> KeyOf<K> {
    let kid = fingerprint(thumbprint_of);
    let mut jwk = members;
    jwk["kid"] = json!(kid);
    jwk["use"] = json!("sig");
    jwk["alg"] = json!(alg.name());
    KeyOf { key, kid, jwk }
}

fn rsa_key(pkcs8: &[u8]) -> Option<KeyOf<RsaKeyPair>> {
    let key = RsaKeyPair::from_pkcs8(pkcs8).ok()?;
    let public: signature::RsaPublicKeyComponents<Vec<u8>> = key.public().into();
    let (n, e) = (URL_SAFE_NO_PAD.encode(&public.n), URL_SAFE_NO_PAD.encode(&public.e));
    let thumbprint = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
    Some(named(key, SigningAlg::Rs256, &thumbprint, json!({"kty": "RSA", "n": n, "e": e})))
}

fn es256_key(generation: &Generation) -> KeyOf<ecdsa::SigningKey> {
    // One in 2³² derived values is no valid scalar; its hash is the next candidate.
    let mut bytes: [u8; 32] = **generation.key(KeyPurpose::OidcEs256);
    let key = loop {
        match ecdsa::SigningKey::from_slice(&bytes) {
            Ok(key) => break key,
            Err(_) => bytes = Sha256::digest(bytes).into(),
        }
    };
    let point = key.verifying_key().as_affine().to_sec1_point(false);
    let encode =
        |coordinate: Option<&[u8]>| coordinate.map(|bytes| URL_SAFE_NO_PAD.encode(bytes)).unwrap_or_default();
    let (x, y) = (encode(point.x().map(|x| x.as_slice())), encode(point.y().map(|y| y.as_slice())));
    let thumbprint = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    named(key, SigningAlg::Es256, &thumbprint, json!({"kty": "EC", "crv": "P-256", "x": x, "y": y}))
}

fn eddsa_key(generation: &Generation) -> KeyOf<ed25519_dalek::SigningKey> {
    let key = ed25519_dalek::SigningKey::from_bytes(generation.key(KeyPurpose::OidcEdDsa));
    let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    let thumbprint = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    named(key, SigningAlg::EdDsa, &thumbprint, json!({"kty": "OKP", "crv": "Ed25519", "x": x}))
}

type Cached = Option<(Arc<Ring>, Arc<SigningKeys>)>;

/// The keys in use, read once per rotation.
pub struct OidcKeys {
    db: Db,
    writer: Writer,
    keys: Keys,
    clock: Clock,
    cached: Mutex<Cached>,
}

impl OidcKeys {
    pub fn new(db: Db, writer: Writer, keys: Keys, clock: Clock) -> Self {
        Self { db, writer, keys, clock, cached: Mutex::new(None) }
    }

    /// The keys; makes the RSA keys that are missing.
    pub async fn current(&self) -> Result<Arc<SigningKeys>, Failure> {
        let ring = self.keys.ring();
        if let Some(keys) = self.cached(&ring) {
            return Ok(keys);
        }
        let mut stored = self.db.run(stored).await?;
        let missing: Vec<i64> = (ring.generations().iter().map(|each| each.number))
            .filter(|number| !stored.iter().any(|(known, _)| known == number))
            .collect();
        if !missing.is_empty() {
            stored = self.make(&ring, missing).await?;
        }
        let vault = Vault::new(&self.keys, KeyPurpose::OidcRsa);
        let keys = Arc::new(SigningKeys::of(&ring, &stored, &vault));
        *self.cached.lock().unwrap_or_else(PoisonError::into_inner) = Some((ring, Arc::clone(&keys)));
        Ok(keys)
    }

    /// The public keys, as apps fetch them.
    pub async fn jwks(&self, with_eddsa: bool) -> Result<Value, Failure> {
        Ok(self.current().await?.jwks(self.clock.now(), with_eddsa))
    }

    fn cached(&self, ring: &Arc<Ring>) -> Option<Arc<SigningKeys>> {
        let cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        cached.as_ref().filter(|(known, _)| Arc::ptr_eq(known, ring)).map(|(_, keys)| Arc::clone(keys))
    }

    /// Makes RSA keys for these generations, unless another node was faster.
    async fn make(&self, ring: &Arc<Ring>, missing: Vec<i64>) -> Result<Vec<(i64, String)>, Failure> {
        let vault = Vault::new(&self.keys, KeyPurpose::OidcRsa);
        let made = tokio::task::spawn_blocking(move || {
            let make = |number: i64| Ok((number, vault.seal(&new_rsa_key()?, &bound_to(number))));
            missing.into_iter().map(make).collect::<anyhow::Result<Vec<(i64, String)>>>()
        });
        let made = made.await.map_err(anyhow::Error::from)??;
        let live: Vec<i64> = ring.rows().iter().map(|row| row.number).collect();
        let written = self.writer.write(System, move |write| Ok(store(write.uncached(), &live, &made)?));
        written.await
    }
}

/// Adds keys that are missing, removes those of generations that are gone, and returns all.
fn store(conn: &mut Conn, live: &[i64], made: &[(i64, String)]) -> Result<Vec<(i64, String)>, DbError> {
    diesel::delete(oidc_keys::table.filter(dsl::generation.ne_all(live))).execute(conn)?;
    let known: Vec<i64> = oidc_keys::table.select(dsl::generation).load(conn)?;
    for (number, sealed) in made.iter().filter(|(number, _)| !known.contains(number)) {
        let row = (dsl::generation.eq(number), dsl::sealed.eq(sealed));
        diesel::insert_into(oidc_keys::table).values(row).execute(conn)?;
    }
    stored(conn)
}

fn stored(conn: &mut Conn) -> Result<Vec<(i64, String)>, DbError> {
    Ok(oidc_keys::table.select((dsl::generation, dsl::sealed)).load(conn)?)
}

/// A new RSA key in PKCS #8. Making one reveals nothing by its timing, because no client can ask for it to be made.
#[expect(clippy::disallowed_types, reason = "it is only made here; ring signs by it")]
fn new_rsa_key() -> anyhow::Result<Vec<u8>> {
    let mut random = rsa::rand_core::UnwrapErr(getrandom::SysRng);
    let key = rsa::RsaPrivateKey::new(&mut random, RSA_BITS)?;
    Ok(key.to_pkcs8_der()?.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::keys::SecretKey;

    const ALGS: [SigningAlg; 3] = [SigningAlg::Rs256, SigningAlg::Es256, SigningAlg::EdDsa];

    fn keys() -> SigningKeys {
        let keys = Keys::of_one(&SecretKey::random());
        let vault = Vault::new(&keys, KeyPurpose::OidcRsa);
        let sealed = vault.seal(&new_rsa_key().unwrap(), &bound_to(1));
        SigningKeys::of(&keys.ring(), &[(1, sealed)], &vault)
    }

    #[test]
    fn another_library_verifies_each_algorithm_by_the_published_key() {
        let keys = keys();
        let jwks: jsonwebtoken::jwk::JwkSet = serde_json::from_value(keys.jwks(0, true)).unwrap();
        assert_eq!(jwks.keys.len(), 3);
        for alg in ALGS {
            let token = keys.sign(alg, TokenType::Id, &json!({"sub": "1"})).unwrap();
            let header = jsonwebtoken::decode_header(&token).unwrap();
            let key = jsonwebtoken::DecodingKey::from_jwk(jwks.find(&header.kid.unwrap()).unwrap()).unwrap();
            let mut validation = jsonwebtoken::Validation::new(header.alg);
            validation.required_spec_claims.clear();
            validation.validate_exp = false;
            let read = jsonwebtoken::decode::<Value>(&token, &key, &validation).unwrap();
            assert_eq!(read.claims["sub"], "1", "{alg:?}");
            assert_eq!(keys.open(&token, TokenType::Id).unwrap()["sub"], "1");
        }
    }

    #[test]
    fn a_token_is_valid_for_its_own_use_and_unchanged_only() {
        let (keys, other) = (keys(), keys());
        for alg in ALGS {
            let token = keys.sign(alg, TokenType::Id, &json!({"sub": "1"})).unwrap();
            assert!(
                keys.open(&token, TokenType::Access).is_none()
                    && keys.open(&token, TokenType::Logout).is_none()
            );
            assert!(other.open(&token, TokenType::Id).is_none());
            let forged = |head: Value| {
                let (_, rest) = token.split_once('.').unwrap();
                format!("{}.{rest}", URL_SAFE_NO_PAD.encode(head.to_string()))
            };
            for head in [json!({"alg": "none"}), json!({"alg": "HS256", "kid": "x", "typ": "JWT"})] {
                assert!(keys.open(&forged(head), TokenType::Id).is_none());
            }
            for place in (0..token.len()).step_by(7) {
                let mut bent = token.clone().into_bytes();
                bent[place] ^= 1;
                let Ok(bent) = String::from_utf8(bent) else { continue };
                assert!(keys.open(&bent, TokenType::Id).is_none(), "byte {place}");
            }
        }
    }

    #[test]
    fn eddsa_is_published_only_where_it_is_used() {
        let keys = keys();
        let algs = |with| -> Vec<String> {
            let set = keys.jwks(0, with);
            set["keys"]
                .as_array()
                .unwrap()
                .iter()
                .map(|key| key["alg"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(algs(false), ["RS256", "ES256"]);
        assert_eq!(algs(true), ["RS256", "ES256", "EdDSA"]);
    }
}
