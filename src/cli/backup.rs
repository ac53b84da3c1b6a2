//! `munjigi backup`: a copy of the database, made while the server runs.

use std::path::Path;

use crate::config::Config;
use crate::platform::db::backup::back_up;

use super::output::report;

pub fn run(to: &Path, config: &Config) -> anyhow::Result<()> {
    let bytes = back_up(&config.database, to)?;
    report!("{} holds the database, {} kB.", to.display(), bytes.div_ceil(1_000));
    let key = match config.secret_key {
        Some(_) => "what MUNJIGI_SECRET_KEY says".to_owned(),
        None => config.data_dir.join("secret.key").display().to_string(),
    };
    report!("Keep {key} as well, in another place:");
    report!("without it, second factors and waiting mail cannot be read, and everyone is signed out.");
    if config.redis_url.is_some() {
        report!("Sessions are in Redis and not in the copy.");
    }
    Ok(())
}
