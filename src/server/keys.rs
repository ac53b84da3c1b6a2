//! The keys in use and the secrets that they are derived from.

use std::path::Path;

use crate::config::{Config, ConfigError};
use crate::platform::clock::Clock;
use crate::platform::db::{DatabaseUrl, Db};
use crate::platform::keys::{Keys, Secrets};
use crate::platform::private_files;

use super::error::StartError;

/// In the data folder.
const KEY_FILE: &str = "secret.key";

pub fn open_keys(config: &Config, db: &Db, clock: &Clock) -> Result<Keys, StartError> {
    Ok(Keys::open(&mut *db.conn()?, secrets(config)?, clock.clone(), config.longest_life())?)
}

/// The configured secrets, or those in the data folder, which are created at the first start.
pub fn secrets(config: &Config) -> Result<Secrets, ConfigError> {
    if let Some(secrets) = &config.secret_key {
        return Ok(secrets.clone());
    }
    private_files::create_dir(&config.data_dir).map_err(|error| {
        ConfigError::new("MUNJIGI_DATA_DIR", format!("{}: {error}", config.data_dir.display()))
    })?;
    if let DatabaseUrl::Postgres(_) = config.database {
        private_files::warn_if_open(&config.data_dir);
    }
    key_file(&config.data_dir)
}

/// Checks the secrets, if there are any yet, without making a folder or a file.
pub(super) fn existing_secrets(config: &Config) -> Result<(), ConfigError> {
    if config.secret_key.is_some() {
        return Ok(());
    }
    match std::fs::metadata(&config.data_dir) {
        Ok(folder) if !folder.is_dir() => {
            let problem = format!("{} is no folder; it takes one", config.data_dir.display());
            Err(ConfigError::new("MUNJIGI_DATA_DIR", problem))
        }
        Ok(_) if config.data_dir.join(KEY_FILE).exists() => key_file(&config.data_dir).map(drop),
        _ => Ok(()),
    }
}

fn key_file(folder: &Path) -> Result<Secrets, ConfigError> {
    let path = folder.join(KEY_FILE);
    Secrets::from_file(&path)
        .map_err(|error| ConfigError::new("MUNJIGI_SECRET_KEY", format!("{}: {error}", path.display())))
}
