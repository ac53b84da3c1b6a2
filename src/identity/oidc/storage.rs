//! Periodic work on the rows of this room.

use crate::identity::unit_of_work::Purge;

use super::{assertion, client, code, device, grant, logins, logout_queue, pushed};

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
