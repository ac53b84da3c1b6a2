//! Periodic work on the rows of this room.

use crate::identity::sessions::upstream_sessions;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};

use super::{attempts, logout};

/// Deletes expired rows.
pub fn purge(conn: &mut Conn, now: Timestamp) -> Result<(), DbError> {
    attempts::purge(conn, now)?;
    logout::purge(conn, now)?;
    upstream_sessions::purge(conn, now)
}
