//! The current time, in one place, so that tests can set it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde::Serializer;

/// Wall-clock time in whole seconds since 1970-01-01 UTC; the unit of every stored time.
pub type Timestamp = i64;

/// Seconds by which the clocks of two nodes may differ.
pub const LEEWAY: i64 = 60;

/// Serialises a time as RFC 3339 in UTC.
pub fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&jiff::Timestamp::from_second(*at).unwrap_or_default())
}

/// The same for an optional time.
pub fn rfc3339_or_null<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => rfc3339(at, serializer),
        None => serializer.serialize_none(),
    }
}

/// A clock that can be advanced and stopped; clones share the setting.
#[derive(Clone, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
    /// Wall clock and stopwatch when this clock was stopped.
    stopped: Arc<OnceLock<(Timestamp, i64)>>,
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        self.stopped.get().map_or_else(wall, |(wall, _)| *wall) + self.ahead.load(Ordering::Relaxed)
    }

    /// Monotonic seconds, unaffected by changes of the wall clock, for values that are only held in memory. The
    /// origin is arbitrary: only differences are meaningful.
    pub fn ticks(&self) -> i64 {
        self.stopped.get().map_or_else(stopwatch, |(_, ticks)| *ticks) + self.ahead.load(Ordering::Relaxed)
    }

    /// Moves this clock forward by `seconds`, for tests of limits that take hours or weeks.
    pub fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    /// From now on it moves only by `advance`, for exact tests of limits on a busy machine.
    pub fn stop(&self) {
        self.stopped.get_or_init(|| (wall(), stopwatch()));
    }
}

/// Seconds since the first call.
fn stopwatch() -> i64 {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed().as_secs() as i64
}

fn wall() -> Timestamp {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() as i64
}
