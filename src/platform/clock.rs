//! What time it is, in one place, so that tests can move it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde::Serializer;

/// Wall-clock time in whole seconds since 1970-01-01 UTC; the unit of every stored time.
pub type Timestamp = i64;

/// Clocks of two nodes may differ by so many seconds.
pub const LEEWAY: i64 = 60;

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
    /// What the clock on the wall and the stopwatch said when this one was stopped.
    stopped: Arc<OnceLock<(Timestamp, i64)>>,
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        self.stopped.get().map_or_else(wall, |(wall, _)| *wall) + self.ahead.load(Ordering::Relaxed)
    }

    /// Seconds that pass evenly however the clock on the wall is set, for what is kept in memory alone. From any
    /// beginning: only their difference means something.
    pub fn ticks(&self) -> i64 {
        self.stopped.get().map_or_else(stopwatch, |(_, ticks)| *ticks) + self.ahead.load(Ordering::Relaxed)
    }

    /// Moves this clock forward by `seconds`, for tests of limits that take hours or weeks.
    pub fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    /// From now on it moves only when it is moved, for tests of limits to the second on a busy machine.
    pub fn stop(&self) {
        self.stopped.get_or_init(|| (wall(), stopwatch()));
    }
}

/// Seconds since it was first asked.
fn stopwatch() -> i64 {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed().as_secs() as i64
}

fn wall() -> Timestamp {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() as i64
}
