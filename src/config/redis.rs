//! Redis, where sessions are kept in it. Its URL may hold passwords, so no sentence repeats it.

use crate::redis::Target;

use super::{Config, ConfigError, Settings};

const URL: &str = "REDIS_URL";
const CA: &str = "MUNJIGI_REDIS_CA";

/// The URL, and the certificates (PEM) that servers' own must come from.
pub(super) fn read(settings: &Settings) -> Result<(Option<String>, Option<Vec<u8>>), ConfigError> {
    let url = settings.redis_url.as_deref().map(|text| text.trim().to_owned());
    let (Some(text), Some(path)) = (&url, &settings.redis_ca) else {
        url.as_deref().map(|text| target(text, None)).transpose()?;
        return Ok((url, None));
    };
    let unusable = |why: String| ConfigError::new(CA, format!("{path}: {why}"));
    let pem = std::fs::read(path.trim()).map_err(|error| unusable(error.to_string()))?;
    if !target(text, None)?.access.has_tls() {
        return Err(unusable(format!("{URL} does not ask for TLS; it takes one that begins with rediss")));
    }
    let fits = Target::parse(text, Some(&pem)).map(drop);
    fits.map_err(|expected| unusable(format!("it does not fit; it takes {expected}")))?;
    Ok((url, Some(pem)))
}

fn target(text: &str, authority: Option<&[u8]>) -> Result<Target, ConfigError> {
    Target::parse(text, authority)
        .map_err(|expected| ConfigError::new(URL, format!("it does not fit; it takes {expected}")))
}

impl Config {
    /// Where Redis is, if sessions are kept in it.
    pub fn redis(&self) -> Result<Option<Target>, ConfigError> {
        self.redis_url.as_deref().map(|text| target(text, self.redis_ca.as_deref())).transpose()
    }
}
