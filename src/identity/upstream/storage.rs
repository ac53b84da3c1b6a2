//! Periodic work on the rows of this room.

use crate::identity::sessions::upstream_sessions;
use crate::identity::unit_of_work::Write;
use crate::platform::db::DbError;

use super::{attempt, logout};

/// Deletes at most `most` rows of each kind that have expired; returns how many.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    Ok(attempt::purge(write, most)? + logout::purge(write, most)? + upstream_sessions::purge(write, most)?)
}
