//! Redis, where sessions are kept in it. Its URL may hold passwords, so no sentence repeats it.

use crate::platform::redis::{RedisUrl, TlsFiles};

use super::{Config, ConfigError, Settings};

const URL: &str = "REDIS_URL";
const CA: &str = "MUNJIGI_REDIS_CA";
const CERTIFICATE: &str = "MUNJIGI_REDIS_CERT";
const KEY: &str = "MUNJIGI_REDIS_KEY";

/// The URL, and what TLS needs.
pub(super) fn read(settings: &Settings) -> Result<(Option<String>, TlsFiles), ConfigError> {
    let mut files = TlsFiles::default();
    let Some(url) = settings.redis_url.as_deref().map(str::trim) else { return Ok((None, files)) };
    let by_tls = target(url, &files)?.access.has_tls();
    let open = |setting: &'static str, path: &Option<String>| {
        let Some(path) = path else { return Ok(None) };
        if !by_tls {
            let problem = format!("{URL} does not ask for TLS; it takes one that begins with rediss");
            return Err(ConfigError::new(setting, problem));
        }
        let unusable = |error: std::io::Error| ConfigError::new(setting, format!("{path}: {error}"));
        std::fs::read(path.trim()).map(Some).map_err(unusable)
    };
    let fits = |setting: &'static str, files: &TlsFiles| match RedisUrl::parse(url, files) {
        Ok(_) => Ok(()),
        Err(expected) => Err(ConfigError::new(setting, format!("it does not fit; it takes {expected}"))),
    };
    files.authority = open(CA, &settings.redis_ca)?;
    fits(CA, &files)?;
    files.own = match (open(CERTIFICATE, &settings.redis_cert)?, open(KEY, &settings.redis_key)?) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        (Some(_), None) => {
            return Err(ConfigError::new(KEY, format!("{CERTIFICATE} needs it; it takes a file")));
        }
        (None, Some(_)) => {
            return Err(ConfigError::new(CERTIFICATE, format!("{KEY} needs it; it takes a file")));
        }
    };
    fits(CERTIFICATE, &files)?;
    Ok((Some(url.to_owned()), files))
}

fn target(text: &str, files: &TlsFiles) -> Result<RedisUrl, ConfigError> {
    RedisUrl::parse(text, files)
        .map_err(|expected| ConfigError::new(URL, format!("it does not fit; it takes {expected}")))
}

impl Config {
    /// Where Redis is, if sessions are kept in it.
    pub fn redis(&self) -> Result<Option<RedisUrl>, ConfigError> {
        self.redis_url.as_deref().map(|text| target(text, &self.redis_tls)).transpose()
    }
}
