//! Log lines about trouble that lasts: one when it begins, one a minute while it lasts, and one when it is over.

use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::Level;

const REMIND_EVERY: Duration = Duration::from_secs(60);
/// Trouble is over once everything has worked for this long. What comes and goes faster is one trouble.
const STEADY: Duration = Duration::from_secs(2);

/// One kind of trouble. Callers report every failure and every success of what may fail.
pub struct Outage {
    level: Level,
    problem: &'static str,
    solved: &'static str,
    lasts: AtomicBool,
    state: Mutex<Option<Ongoing>>,
}

struct Ongoing {
    since: Instant,
    logged_at: Instant,
    works_since: Option<Instant>,
}

impl Outage {
    /// `problem` is logged as a warning, and `solved` when it is over.
    pub const fn new(problem: &'static str, solved: &'static str) -> Self {
        Self::at_level(Level::WARN, problem, solved)
    }

    /// The same with `problem` as an error.
    pub const fn severe(problem: &'static str, solved: &'static str) -> Self {
        Self::at_level(Level::ERROR, problem, solved)
    }

    const fn at_level(level: Level, problem: &'static str, solved: &'static str) -> Self {
        Self { level, problem, solved, lasts: AtomicBool::new(false), state: Mutex::new(None) }
    }

    /// What may fail has failed.
    pub fn failed(&self, error: &dyn Display) {
        let Some(lasted) = self.failed_at(Instant::now()) else { return };
        let lasting = (!lasted.is_zero()).then(|| tracing::field::debug(rounded(lasted)));
        if self.level == Level::ERROR {
            tracing::error!(%error, lasting, "{}", self.problem);
        } else {
            tracing::warn!(%error, lasting, "{}", self.problem);
        }
    }

    /// What may fail has worked. Cheap while there is no trouble.
    pub fn worked(&self) {
        if let Some(took) = self.worked_at(Instant::now()) {
            tracing::info!(took = ?rounded(took), "{}", self.solved);
        }
    }

    /// Whether it lasts.
    pub fn lasts(&self) -> bool {
        self.lasts.load(Ordering::Relaxed)
    }

    /// How long it has lasted, if that is to be logged now.
    fn failed_at(&self, now: Instant) -> Option<Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(lasting) = &mut *state else {
            *state = Some(Ongoing { since: now, logged_at: now, works_since: None });
            self.lasts.store(true, Ordering::Relaxed);
            return Some(Duration::ZERO);
        };
        lasting.works_since = None;
        (now.saturating_duration_since(lasting.logged_at) >= REMIND_EVERY).then(|| {
            lasting.logged_at = now;
            now - lasting.since
        })
    }

    /// How long it took, if it is over now.
    fn worked_at(&self, now: Instant) -> Option<Duration> {
        if !self.lasts() {
            return None;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let lasting = state.as_mut()?;
        let works_since = *lasting.works_since.get_or_insert(now);
        if now.saturating_duration_since(works_since) < STEADY {
            return None;
        }
        let took = works_since.saturating_duration_since(lasting.since);
        *state = None;
        self.lasts.store(false, Ordering::Relaxed);
        Some(took)
    }
}

/// To tenths of a second.
fn rounded(time: Duration) -> Duration {
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX) / 100 * 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENTH: Duration = Duration::from_millis(100);

    #[test]
    fn ten_failures_a_second_are_a_line_a_minute() {
        let (outage, start) = (Outage::new("", ""), Instant::now());
        let logged: Vec<u64> = (0..1900)
            .filter_map(|tenths| outage.failed_at(start + TENTH * tenths))
            .map(|lasted| lasted.as_secs())
            .collect();
        assert_eq!(logged, [0, 60, 120, 180]);
    }

    #[test]
    fn it_is_over_once_and_took_as_long_as_it_failed() {
        let (outage, start) = (Outage::new("", ""), Instant::now());
        assert_eq!(outage.worked_at(start), None);
        for tenths in 0..100 {
            outage.failed_at(start + TENTH * tenths);
        }
        let over: Vec<_> = (100..200).filter_map(|tenths| outage.worked_at(start + TENTH * tenths)).collect();
        assert_eq!(over, [Duration::from_secs(10)]);
        assert!(!outage.lasts());
    }

    #[test]
    fn what_comes_and_goes_is_one_trouble() {
        let (outage, start) = (Outage::new("", ""), Instant::now());
        let mut lines = 0;
        for tenths in 0..590 {
            let now = start + TENTH * tenths;
            let said = if tenths % 10 == 0 { outage.failed_at(now) } else { outage.worked_at(now) };
            lines += usize::from(said.is_some());
        }
        assert_eq!(lines, 1);
    }
}
