//! Refuses databases of later versions.

use std::collections::HashSet;

use diesel::Connection;
use diesel::backend::Backend;
use diesel::migration::{MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

use super::error::OpenError;

/// Refuses a database with migrations that this binary does not know: its tables may have another meaning by now. A
/// process that is running already never asks.
pub fn refuse_newer<C, B>(conn: &mut C, known: EmbeddedMigrations) -> Result<(), OpenError>
where
    C: Connection<Backend = B> + MigrationHarness<B>,
    B: Backend,
{
    let failed = |error: &dyn ToString| OpenError::Migration(error.to_string());
    let migrations = MigrationSource::<B>::migrations(&known).map_err(|error| failed(&error))?;
    let known: HashSet<MigrationVersion<'static>> =
        migrations.iter().map(|migration| migration.name().version().as_owned()).collect();
    let applied = conn.applied_migrations().map_err(|error| failed(&error))?;
    match applied.into_iter().filter(|version| !known.contains(version)).max() {
        Some(version) => Err(OpenError::Newer(version.to_string())),
        None => Ok(()),
    }
}
