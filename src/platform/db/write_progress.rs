//! How far a write has come, and whether anyone still waits for it.

use std::sync::atomic::{AtomicU8, Ordering};

use super::error::DbError;

/// Shared by whoever asked for a write and the thread that does it; each step is taken by one of them.
#[derive(Default)]
pub struct WriteProgress(AtomicU8);

impl WriteProgress {
    pub const WAITING: u8 = 0;
    pub const WORKING: u8 = 1;
    pub const COMMITTING: u8 = 2;
    const LEFT: u8 = 3;

    /// Its turn has come, unless nobody waits for it any more.
    pub fn begin(&self) -> Result<(), DbError> {
        self.step(Self::WAITING, Self::WORKING)
    }

    /// From here on it cannot be undone, unless nobody waits for it any more.
    pub fn commit(&self) -> Result<(), DbError> {
        self.step(Self::WORKING, Self::COMMITTING)
    }

    /// Gives it up, if it has come no further than `at`.
    pub fn leave(&self, at: u8) -> bool {
        self.step(at, Self::LEFT).is_ok()
    }

    fn step(&self, from: u8, to: u8) -> Result<(), DbError> {
        let stepped = self.0.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire);
        stepped.map(drop).map_err(|_| DbError::busy())
    }
}
