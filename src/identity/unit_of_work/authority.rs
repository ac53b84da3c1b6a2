//! Authorities for writes, checked again inside the transaction.

use crate::platform::db::{Conn, DbError};

/// The actor may no longer perform the write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorityLost {
    #[error("the session was revoked concurrently")]
    Session,
    #[error("the user was disabled, or their sessions revoked, concurrently")]
    User,
    #[error("the staff flag was removed concurrently")]
    Staff,
}

/// The actor of a write. It is checked first inside the transaction: hashing, or waiting for a turn, takes a while,
/// and the actor may have been disabled since.
pub trait Authority: Send + 'static {
    /// The error if it no longer holds.
    const LOST: AuthorityLost;

    fn still_holds(&self, conn: &mut Conn) -> Result<bool, DbError>;
}

/// The server itself: housekeeping, failures, and writes with checks of their own.
pub struct System;

impl Authority for System {
    const LOST: AuthorityLost = AuthorityLost::User;

    fn still_holds(&self, _: &mut Conn) -> Result<bool, DbError> {
        Ok(true)
    }
}
