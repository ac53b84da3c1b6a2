//! Requests to other servers.

use std::path::PathBuf;

use crate::platform::outgoing::Trust;

use super::error::ConfigError;
use super::parse::unfit;

/// The certificate authorities that are trusted, those in that file among them.
pub(super) fn trust(authority: Option<PathBuf>) -> Result<Trust, ConfigError> {
    let Some(path) = authority else { return Ok(Trust::default()) };
    let unusable = |why| ConfigError::new("MUNJIGI_OUTGOING_CA", format!("{}: {why}", path.display()));
    let pem = std::fs::read(&path).map_err(|error| unusable(error.to_string()))?;
    Trust::with(&pem).map_err(|expected| unusable(unfit(expected)))
}
