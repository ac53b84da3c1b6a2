//! Periodic work on the rows of this room.

use crate::identity::unit_of_work::Write;
use crate::platform::db::DbError;

use super::{assertion, client, code, device, grant, logins, logout_queue, pushed};

/// Deletes rows of one kind that have expired, at most as many as it is given; returns how many.
type Purge = fn(&mut Write<'_>, i64) -> Result<usize, DbError>;

/// Each kind on its own, by its name in the log.
pub const PURGES: [(&str, Purge); 8] = [
    ("app assertions", assertion::purge),
    ("authorization codes", code::purge),
    ("device codes", device::purge),
    ("pushed requests", pushed::purge),
    ("logout tokens", logout_queue::purge),
    ("sign-ins to apps", logins::purge),
    ("grants", grant::purge),
    ("apps that describe themselves", client::purge_described),
];
