//! Redis, if sessions are stored in it. Its URL may contain passwords, so no error repeats it.

use std::path::PathBuf;

use crate::platform::redis::{RedisUrl, TlsFiles};

use super::error::ConfigError;
use super::parse::unfit;

const CA: &str = "MUNJIGI_REDIS_CA";
const CERTIFICATE: &str = "MUNJIGI_REDIS_CERT";
const KEY: &str = "MUNJIGI_REDIS_KEY";

/// The files for TLS; none without Redis.
pub(super) fn tls_files(
    url: Option<String>,
    authority: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
) -> Result<TlsFiles, ConfigError> {
    let mut files = TlsFiles::default();
    let Some(url) = url else { return Ok(files) };
    let by_tls = target(&url, &files)?.access.has_tls();
    let open = |setting: &'static str, path: Option<PathBuf>| {
        let Some(path) = path else { return Ok(None) };
        if !by_tls {
            let problem = "REDIS_URL does not ask for TLS; it takes one that begins with rediss";
            return Err(ConfigError::new(setting, problem));
        }
        let unusable = |error| ConfigError::new(setting, format!("{}: {error}", path.display()));
        std::fs::read(&path).map(Some).map_err(unusable)
    };
    let fits = |setting: &'static str, files: &TlsFiles| {
        RedisUrl::parse(&url, files).map(drop).map_err(|expected| ConfigError::new(setting, unfit(expected)))
    };
    let needs = |setting: &str, missing: &'static str| {
        Err(ConfigError::new(missing, format!("{setting} needs it; it takes a file")))
    };
    files.authority = open(CA, authority)?;
    fits(CA, &files)?;
    files.own = match (open(CERTIFICATE, certificate)?, open(KEY, key)?) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        (Some(_), None) => return needs(CERTIFICATE, KEY),
        (None, Some(_)) => return needs(KEY, CERTIFICATE),
    };
    fits(CERTIFICATE, &files)?;
    Ok(files)
}

pub(super) fn target(url: &str, files: &TlsFiles) -> Result<RedisUrl, ConfigError> {
    RedisUrl::parse(url, files).map_err(|expected| ConfigError::new("REDIS_URL", unfit(expected)))
}
