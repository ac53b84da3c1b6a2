//! Whether the cache may be trusted now: every source of changes must have shown recently that it is alive.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::platform::metrics;
use crate::platform::metrics::Dropped;

/// A source of changes that the cache depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The changes that other processes write to SQL.
    Sql,
    /// Redis, which pushes its changes.
    Redis,
}

/// Time-limited trust, and an epoch that dismisses everything from before a loss of trust.
pub struct Lease {
    base: Instant,
    /// Milliseconds since `base` until which each source is trusted.
    until: [AtomicU64; 2],
    epoch: AtomicU64,
}

impl Lease {
    /// Trusts nothing yet; Redis is required only if it is used.
    pub fn new(with_redis: bool) -> Self {
        let redis = if with_redis { 0 } else { u64::MAX };
        Self {
            base: Instant::now(),
            until: [AtomicU64::new(0), AtomicU64::new(redis)],
            epoch: AtomicU64::new(1),
        }
    }

    pub fn is_alive(&self) -> bool {
        let now = self.now();
        self.until.iter().all(|until| now < until.load(Ordering::Acquire))
    }

    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// The source was alive at `heard_at`, and is trusted for `length` from then on.
    pub fn renew(&self, source: Source, heard_at: Instant, length: Duration) {
        let until = heard_at.saturating_duration_since(self.base) + length;
        self.until[source as usize].fetch_max(until.as_millis() as u64, Ordering::AcqRel);
    }

    /// The source is lost, or has missed changes: earlier values are dismissed, and nothing is trusted until it is
    /// renewed.
    pub fn revoke(&self, source: Source) {
        self.until[source as usize].store(0, Ordering::Release);
        self.invalidate_all();
    }

    /// Dismisses all earlier values.
    pub fn invalidate_all(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
        metrics::count(|m| m.near_cache_drops(Dropped::Everything));
    }

    fn now(&self) -> u64 {
        self.base.elapsed().as_millis() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_must_be_alive() {
        let lease = Lease::new(true);
        assert!(!lease.is_alive());
        lease.renew(Source::Sql, Instant::now(), Duration::from_secs(10));
        assert!(!lease.is_alive());
        lease.renew(Source::Redis, Instant::now(), Duration::from_secs(10));
        assert!(lease.is_alive());
        let epoch = lease.epoch();
        lease.revoke(Source::Redis);
        assert!(!lease.is_alive() && lease.epoch() > epoch);
    }

    #[test]
    fn trust_runs_out_by_itself() {
        let lease = Lease::new(false);
        lease.renew(Source::Sql, Instant::now(), Duration::from_millis(30));
        assert!(lease.is_alive());
        std::thread::sleep(Duration::from_millis(40));
        assert!(!lease.is_alive());
    }
}
