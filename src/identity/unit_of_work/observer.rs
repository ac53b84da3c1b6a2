//! Observers of writes, for data that must be stored together with a change, such as a message to other systems.

use crate::identity::audit::Entry;
use crate::platform::db::{Conn, DbError};

use super::changes::Changes;

/// Called inside the transaction after the work is done.
pub trait Observer: Send + Sync {
    fn committing(&self, conn: &mut Conn, entries: &[Entry], changes: &Changes) -> Result<(), DbError>;
}
