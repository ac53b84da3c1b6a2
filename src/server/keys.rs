//! The keys in use and the secrets that they are derived from.

use crate::config::{Config, ConfigError};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::keys::{Keys, Secrets};
use crate::platform::private_files;

use super::error::StartError;

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
    let path = config.data_dir.join("secret.key");
    Secrets::from_file(&path)
        .map_err(|error| ConfigError::new("MUNJIGI_SECRET_KEY", format!("{}: {error}", path.display())))
}
