//! JSON Web Tokens, for comparison with sessions.

use std::path::Path;
use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{Error, error};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use munjigi::platform::clock::Clock;

#[derive(Clone)]
pub struct Tokens {
    header: Header,
    sign: Arc<EncodingKey>,
    check: Arc<DecodingKey>,
    validation: Arc<Validation>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Claims {
    sub: String,
    sid: String,
    epoch: i64,
    scope: String,
    exp: u64,
    iat: u64,
}

impl Tokens {
    pub fn new(algorithm: Algorithm, folder: &Path) -> Self {
        let (sign, check) = if algorithm == Algorithm::EdDSA {
            let (private, public) = key_pair(folder);
            let sign = EncodingKey::from_ed_pem(&private).expect("a private key");
            (sign, DecodingKey::from_ed_pem(&public).expect("a public key"))
        } else {
            let secret = [7; 32];
            (EncodingKey::from_secret(&secret), DecodingKey::from_secret(&secret))
        };
        let mut validation = Validation::new(algorithm);
        // Clocks are the same here, and a leeway would only lengthen the life of a token.
        validation.leeway = 0;
        let validation = Arc::new(validation);
        Self { header: Header::new(algorithm), sign: sign.into(), check: check.into(), validation }
    }

    pub fn issue(&self) -> String {
        self.issue_for(86_400)
    }

    /// One that lives for this many seconds.
    pub fn issue_for(&self, seconds: u64) -> String {
        let now = Clock::default().now() as u64;
        let (sub, sid, scope) = ("1".to_owned(), "a".repeat(43), "profile:read sessions:read".to_owned());
        let claims = Claims { sub, sid, epoch: 1, scope, exp: now + seconds, iat: now };
        jsonwebtoken::encode(&self.header, &claims, &self.sign).expect("a token")
    }

    pub fn verify(&self, req: &ServiceRequest) -> Result<(), Error> {
        let header = req.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|header| header.strip_prefix("Bearer "));
        let is_valid = token.is_some_and(|token| self.is_valid(token));
        if is_valid { Ok(()) } else { Err(error::ErrorUnauthorized("no token")) }
    }

    pub fn is_valid(&self, token: &str) -> bool {
        jsonwebtoken::decode::<Claims>(token, &self.check, &self.validation).is_ok()
    }
}

/// A pair from openssl. Servers that share a folder share the pair.
fn key_pair(folder: &Path) -> (Vec<u8>, Vec<u8>) {
    let (private, public) = (folder.join("private.pem"), folder.join("public.pem"));
    let openssl = |words: &[&str]| {
        assert!(std::process::Command::new("openssl").args(words).status().expect("openssl runs").success());
    };
    let (private_path, public_path) = (private.to_string_lossy(), public.to_string_lossy());
    if !private.exists() {
        openssl(&["genpkey", "-algorithm", "ed25519", "-out", &private_path]);
    }
    openssl(&["pkey", "-in", &private_path, "-pubout", "-out", &public_path]);
    (std::fs::read(&private).expect("a key"), std::fs::read(&public).expect("a key"))
}
