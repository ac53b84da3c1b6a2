//! Who may commit a write, asked once more inside its transaction.

use crate::platform::db::{Conn, DbError};

/// Whoever started the write may no longer do so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorityLost {
    #[error("the session was revoked concurrently")]
    Session,
    #[error("the user was disabled, or their sessions revoked, concurrently")]
    User,
    #[error("the staff flag was removed concurrently")]
    Staff,
}

/// What a write acts on behalf of. Asked first inside the transaction: hashing, or waiting for a turn, takes a while, and
/// the one who acts may have been disabled since.
pub trait Authority: Send + 'static {
    /// What to answer when it does not hold any more.
    const LOST: AuthorityLost;

    fn still_holds(&self, conn: &mut Conn) -> Result<bool, DbError>;
}

/// The server itself: housekeeping, failures, and writes that carry a check of their own.
pub struct System;

impl Authority for System {
    const LOST: AuthorityLost = AuthorityLost::User;

    fn still_holds(&self, _: &mut Conn) -> Result<bool, DbError> {
        Ok(true)
    }
}
