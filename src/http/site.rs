//! What the web layer knows of this installation.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use ipnet::IpNet;
use url::{Origin, Url};

use crate::config::Config;
use crate::platform::keys::{KeyPurpose, Keys, Signers};

use super::cookie_jar::CookieJar;
use super::cors;
use super::headers::SecurityHeaders;

pub struct Site {
    pub public_url: Url,
    pub cookies: CookieJar,
    pub headers: SecurityHeaders,
    pub trusted_proxies: Vec<IpNet>,
    pub allowed_origins: HashSet<Origin>,
    pub cors_origins: cors::Origins,
    /// Set once this process is about to end.
    is_leaving: AtomicBool,
}

impl Site {
    /// `public_url` is the one set, or else that of the address that was bound.
    pub fn new(config: &Config, public_url: Url, keys: &Keys) -> Self {
        let https = public_url.scheme() == "https";
        Self {
            cookies: CookieJar::new(Signers::new(keys, KeyPurpose::Cookies), https),
            headers: SecurityHeaders::new(https, &config.allowed_origins),
            trusted_proxies: config.trusted_proxies.clone(),
            allowed_origins: config.allowed_origins.clone(),
            cors_origins: cors::Origins::new(&config.cors_origins),
            public_url,
            is_leaving: AtomicBool::new(false),
        }
    }

    /// From now on every answer is the last of its connection.
    pub fn leave(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    pub fn is_leaving(&self) -> bool {
        self.is_leaving.load(Ordering::Relaxed)
    }

    /// Host and port, as people know this installation.
    pub fn host(&self) -> String {
        let host = self.public_url.host_str().unwrap_or_default();
        self.public_url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }
}
