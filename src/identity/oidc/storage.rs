//! Periodic work on the rows of this room.

use crate::identity::unit_of_work::Write;
use crate::platform::db::DbError;

use super::{code, grant};

/// Deletes expired rows.
pub fn purge(write: &mut Write<'_>) -> Result<(), DbError> {
    let now = write.now();
    code::purge(write.uncached(), now)?;
    grant::purge(write)
}
