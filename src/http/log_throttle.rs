//! Warnings that every request could cause: one at once, then at most one an hour.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_secs(3600);

pub struct LogThrottle {
    /// Seconds after the start of the process from which the next one is due.
    due: AtomicU64,
}

impl LogThrottle {
    pub const fn new() -> Self {
        Self { due: AtomicU64::new(0) }
    }

    /// Whether to log now; true for one of several concurrent callers.
    pub fn is_due(&self) -> bool {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        self.is_due_at(START.elapsed().as_secs())
    }

    fn is_due_at(&self, now: u64) -> bool {
        let due = self.due.load(Ordering::Relaxed);
        let next = now + PAUSE.as_secs();
        now >= due && self.due.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_due_at_once_and_then_one_an_hour() {
        let throttle = LogThrottle::new();
        let due: Vec<u64> = (0..3 * 3600).filter(|second| throttle.is_due_at(*second)).collect();
        assert_eq!(due, [0, 3600, 7200]);
    }
}
