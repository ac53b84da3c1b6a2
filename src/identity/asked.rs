//! The browser that asked for a mail: a code typed there counts, and one typed anywhere else does not (ASVS 6.6.2).

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::keys::random_bytes;
use crate::web::cookies::CookieJar;

use super::mail_token::LIFETIME;

const NAME: &str = "munjigi-asked";

/// A random id that the browser keeps as long as the mail is good. Only its hash is stored.
#[derive(Clone)]
pub struct Asked(String);

impl Asked {
    pub fn random() -> Self {
        Self(URL_SAFE_NO_PAD.encode(random_bytes::<32>()))
    }

    pub fn of(headers: &HeaderMap, cookies: &CookieJar) -> Option<Self> {
        cookies.open(NAME, headers).map(Self)
    }

    pub fn cookie(&self, cookies: &CookieJar) -> Cookie<'static> {
        cookies.seal(NAME, &self.0, Some(Duration::seconds(LIFETIME)))
    }

    pub fn forget(cookies: &CookieJar) -> Cookie<'static> {
        cookies.expire(NAME)
    }

    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }
}
