//! A bounded cache that rejects late fills: a value that was read before a change is never served after it.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::platform::metrics::{self, CacheKind};

use super::lease::Lease;

/// Keys share generations by hash; a change also dismisses the few other keys with the same hash.
const GENERATIONS: usize = 1 << 16;

/// The memory that a value takes.
pub trait Footprint {
    /// The kind under which it is counted.
    const KIND: CacheKind;

    /// Bytes, including what it points to.
    fn bytes(&self) -> usize;
}

/// The state before a value was read. The value is valid only while this state lasts.
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    slot: usize,
    generation: u64,
    epoch: u64,
    trusted: bool,
}

struct Stamped<V> {
    value: Arc<V>,
    generation: u64,
    epoch: u64,
}

impl<V> Clone for Stamped<V> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), generation: self.generation, epoch: self.epoch }
    }
}

#[derive(Clone)]
struct Weigh {
    /// The minimum weight, so that the limit on bytes also limits the number of entries.
    least: u64,
}

impl<K, V: Footprint> Weighter<K, Stamped<V>> for Weigh {
    fn weight(&self, _: &K, stamped: &Stamped<V>) -> u64 {
        self.least.max(stamped.value.bytes() as u64)
    }
}

/// Values by key, each stamped with the generation of its key and the epoch of the lease, taken *before* the value
/// was read. A hit requires both to be unchanged and the lease to be alive.
pub struct Guarded<K, V> {
    entries: Cache<K, Stamped<V>, Weigh>,
    generations: Box<[AtomicU64]>,
    hasher: RandomState,
    lease: Arc<Lease>,
    is_off: bool,
}

impl<K: Eq + Hash + Clone, V: Footprint> Guarded<K, V> {
    /// At most so many bytes, and at most so many entries if that is given.
    pub fn new(max_entries: Option<usize>, max_bytes: u64, lease: Arc<Lease>) -> Self {
        let least = max_entries.map_or(1, |most| max_bytes.div_ceil(most.max(1) as u64).max(1));
        Self {
            // Empty space takes no memory: the estimate only sizes the shards.
            entries: Cache::with_weighter(
                max_entries.unwrap_or(usize::MAX).min(10_000),
                max_bytes,
                Weigh { least },
            ),
            generations: (0..GENERATIONS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
            lease,
            is_off: max_entries == Some(0) || max_bytes == 0,
        }
    }

    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        self.get_if(key, |_| true)
    }

    /// The same, if the value is still current by its own means.
    pub fn get_if(&self, key: &K, is_current: impl FnOnce(&V) -> bool) -> Option<Arc<V>> {
        let found = self.lookup(key).filter(|value| is_current(value));
        metrics::count(|m| m.near_cache_lookups(V::KIND, found.is_some().into()));
        found
    }

    fn lookup(&self, key: &K) -> Option<Arc<V>> {
        let stamped = self.entries.get(key)?;
        let now = self.stamp(key);
        let good = now.trusted && stamped.generation == now.generation && stamped.epoch == now.epoch;
        good.then_some(stamped.value)
    }

    /// Must be taken before the value is read from its store.
    pub fn stamp(&self, key: &K) -> Stamp {
        let slot = self.hasher.hash_one(key) as usize % GENERATIONS;
        Stamp {
            slot,
            generation: self.generations[slot].load(Ordering::Acquire),
            epoch: self.lease.epoch(),
            trusted: self.lease.is_alive(),
        }
    }

    /// Caches what was read after `stamp` was taken. If a change occurred in between, it is never served.
    pub fn fill(&self, key: K, value: Arc<V>, stamp: Stamp) {
        let unchanged = self.generations[stamp.slot].load(Ordering::Acquire) == stamp.generation;
        if stamp.trusted && unchanged && !self.is_off {
            self.entries.insert(key, Stamped { value, generation: stamp.generation, epoch: stamp.epoch });
        }
    }

    /// Dismisses the cached value of the key, and any that is being read.
    pub fn invalidate(&self, key: &K) {
        let slot = self.hasher.hash_one(key) as usize % GENERATIONS;
        self.generations[slot].fetch_add(1, Ordering::AcqRel);
        self.entries.remove(key);
        metrics::count(|m| m.near_cache_drops(V::KIND.into()));
    }

    /// Entries in memory, valid or dismissed.
    #[expect(clippy::len_without_is_empty, reason = "it is a figure for the metrics")]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Holds so many bytes from now on.
    pub fn resize(&self, max_bytes: u64) {
        self.entries.set_capacity(max_bytes);
    }

    pub fn bytes(&self) -> u64 {
        self.entries.weight()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::near_cache::lease::Source;
    use std::time::{Duration, Instant};

    impl Footprint for u64 {
        const KIND: CacheKind = CacheKind::User;

        fn bytes(&self) -> usize {
            100
        }
    }

    fn cache(entries: usize, bytes: u64) -> (Guarded<u64, u64>, Arc<Lease>) {
        let lease = Arc::new(Lease::new(false));
        lease.renew(Source::Sql, Instant::now(), Duration::from_secs(60));
        (Guarded::new(Some(entries), bytes, Arc::clone(&lease)), lease)
    }

    #[test]
    fn what_was_filled_is_there_until_it_is_invalidated() {
        let (cache, _) = cache(100, 1_000_000);
        cache.fill(1, Arc::new(10), cache.stamp(&1));
        assert_eq!(cache.get(&1).as_deref(), Some(&10));
        cache.invalidate(&1);
        assert!(cache.get(&1).is_none());
    }

    #[test]
    fn a_fill_that_races_with_a_change_loses() {
        let (cache, lease) = cache(100, 1_000_000);
        let before = cache.stamp(&1);
        cache.invalidate(&1);
        cache.fill(1, Arc::new(10), before);
        assert!(cache.get(&1).is_none(), "read before the change, filled after it");

        let before = cache.stamp(&1);
        lease.invalidate_all();
        cache.fill(1, Arc::new(10), before);
        assert!(cache.get(&1).is_none(), "read before everything was dismissed");

        lease.revoke(Source::Sql);
        let untrusted = cache.stamp(&1);
        lease.renew(Source::Sql, Instant::now(), Duration::from_secs(60));
        cache.fill(1, Arc::new(10), untrusted);
        assert!(cache.get(&1).is_none(), "read while changes were not reported");
    }

    #[test]
    fn nothing_is_served_without_a_lease() {
        let (cache, lease) = cache(100, 1_000_000);
        cache.fill(1, Arc::new(10), cache.stamp(&1));
        lease.revoke(Source::Sql);
        assert!(cache.get(&1).is_none());
        lease.renew(Source::Sql, Instant::now(), Duration::from_secs(60));
        assert!(cache.get(&1).is_none(), "nor an entry cached before");
    }

    #[test]
    fn both_bounds_hold() {
        for (entries, bytes) in [(1_000, u64::from(u32::MAX)), (1_000_000, 100_000)] {
            let (cache, _) = cache(entries, bytes);
            for key in 0..10_000 {
                cache.fill(key, Arc::new(key), cache.stamp(&key));
            }
            assert!(cache.len() <= 1_100 && cache.len() > 500, "{}", cache.len());
            assert!(cache.bytes() <= bytes);
        }
    }

    /// Readers fetch and fill as fast as they can while a writer changes the stored value: no reader may see an old
    /// value once the change was announced.
    #[test]
    fn forced_races_never_leave_a_dead_value() {
        use std::sync::atomic::AtomicBool;
        let (cache, _) = cache(1_000, 1_000_000);
        let truth = AtomicU64::new(0);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        if cache.get(&1).is_none() {
                            let stamp = cache.stamp(&1);
                            let value = truth.load(Ordering::SeqCst);
                            std::thread::yield_now();
                            cache.fill(1, Arc::new(value), stamp);
                        }
                    }
                });
            }
            for round in 1..=30_000_u64 {
                truth.store(round, Ordering::SeqCst);
                cache.invalidate(&1);
                let seen = cache.get(&1);
                assert!(seen.is_none_or(|value| *value >= round), "an old value after change {round}");
            }
            stop.store(true, Ordering::Relaxed);
        });
    }
}
