//! What time it is, in one place, so that tests can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serializer;

/// Wall-clock time in whole seconds since 1970-01-01 UTC; the unit of every stored time.
pub type Timestamp = i64;

/// Writes a time as RFC 3339 says, in UTC.
pub fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&jiff::Timestamp::from_second(*at).unwrap_or_default())
}

/// The same for a time that may be missing.
pub fn rfc3339_or_null<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => rfc3339(at, serializer),
        None => serializer.serialize_none(),
    }
}

/// A clock that can be set forward, and stopped; clones share the setting.
#[derive(Clone, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
    /// What the clock on the wall said when this one was stopped; 0 while it runs.
    stopped_at: Arc<AtomicI64>,
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        let wall = match self.stopped_at.load(Ordering::Relaxed) {
            0 => wall(),
            stopped_at => stopped_at,
        };
        wall + self.ahead.load(Ordering::Relaxed)
    }

    /// Moves this clock forward by `seconds`, for tests of limits that take hours or weeks.
    pub fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    /// From now on it moves only when it is moved, for tests of limits to the second on a busy machine.
    pub fn stop(&self) {
        self.stopped_at.store(wall(), Ordering::Relaxed);
    }
}

fn wall() -> Timestamp {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() as i64
}
