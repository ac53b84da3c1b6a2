//! The progress of a write, and whether its caller still waits for it.

use std::sync::atomic::{AtomicU8, Ordering};

use super::error::DbError;

/// Shared by the caller of a write and the thread that performs it; each step is taken by one of them.
#[derive(Default)]
pub struct WriteProgress(AtomicU8);

impl WriteProgress {
    pub const WAITING: u8 = 0;
    pub const WORKING: u8 = 1;
    pub const COMMITTING: u8 = 2;
    const LEFT: u8 = 3;

    /// The write begins, unless its caller has left.
    pub fn begin(&self) -> Result<(), DbError> {
        self.step(Self::WAITING, Self::WORKING)
    }

    /// The commit begins, unless the caller has left.
    pub fn commit(&self) -> Result<(), DbError> {
        self.step(Self::WORKING, Self::COMMITTING)
    }

    /// Abandons the write if it has not progressed beyond `at`.
    pub fn leave(&self, at: u8) -> bool {
        self.step(at, Self::LEFT).is_ok()
    }

    /// Whether the caller has left.
    pub fn was_left(&self) -> bool {
        self.0.load(Ordering::Acquire) == Self::LEFT
    }

    fn step(&self, from: u8, to: u8) -> Result<(), DbError> {
        let stepped = self.0.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire);
        stepped.map(drop).map_err(|_| DbError::busy())
    }
}
