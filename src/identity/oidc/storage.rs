//! Periodic work on the rows of this room.

use crate::identity::unit_of_work::Write;
use crate::platform::db::DbError;

use super::{assertion, client, code, device, grant, logins, logout_queue, pushed};

/// Deletes expired rows.
pub fn purge(write: &mut Write<'_>) -> Result<(), DbError> {
    let now = write.now();
    assertion::purge(write.uncached(), now)?;
    code::purge(write.uncached(), now)?;
    device::purge(write.uncached(), now)?;
    pushed::purge(write.uncached(), now)?;
    logout_queue::purge(write.uncached(), now)?;
    logins::purge(write)?;
    grant::purge(write)?;
    client::purge_described(write)
}
