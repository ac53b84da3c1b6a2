//! Opens an SQLite file: checked, migrated, and readable by its owner only.

use std::path::Path;
use std::sync::Arc;

use diesel_migrations::MigrationHarness;

use crate::platform::private_files::{self, Lock};

use super::super::error::OpenError;
use super::super::newer::refuse_newer;
use super::super::pool_size::PoolSize;
use super::connection::connect;
use super::file::{self, Check, MIGRATIONS};
use super::pool::Pool;

/// Opens the file, creates it if it is missing, and runs migrations. `check` says how much of it is checked; a whole large
/// file is checked later, while it is in use.
pub fn open(path: &Path, size: PoolSize, check: Check) -> Result<Arc<Pool>, OpenError> {
    let unusable = |error: &dyn ToString| OpenError::Unusable(path.display().to_string(), error.to_string());
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private_files::create_dir(folder).map_err(|error| unusable(&error))?;
    private_files::warn_if_open(folder);
    // Two nodes may share a folder; only one at a time checks for damage and migrates.
    let _lock = Lock::take(folder).map_err(|error| unusable(&error))?;
    // Before SQLite makes its files, which get the mode of the database.
    file::keep_private(path).map_err(|error| unusable(&error))?;
    let is_checked_later = check == Check::Whole && !file::is_small(path) && path.exists();
    file::refuse_damaged(path, if is_checked_later { Check::Begin } else { check })?;
    if !path.exists() {
        file::make(path)?;
    }
    let mut first = connect(&file::address(path)).map_err(|error| unusable(&error))?;
    refuse_newer(&mut first, MIGRATIONS)?;
    first.run_pending_migrations(MIGRATIONS).map_err(|error| OpenError::Migration(error.to_string()))?;
    let pool = Pool::open(path, size)?;
    if is_checked_later {
        pool.check_meanwhile();
    }
    Ok(pool)
}

/// Refuses an existing file that a later version has migrated.
pub fn check_version(path: &Path) -> Result<(), OpenError> {
    let conn = connect(&file::address(path));
    let mut conn =
        conn.map_err(|error| OpenError::Unusable(path.display().to_string(), error.to_string()))?;
    refuse_newer(&mut conn, MIGRATIONS)
}
