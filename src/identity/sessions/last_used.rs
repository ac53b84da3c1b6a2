//! Last-used times: gathered in memory and written in batches, so that a page view writes nothing.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::platform::clock::Timestamp;

/// Minimum interval between recorded uses, in seconds.
const INTERVAL: i64 = 60;

/// Uses written at once: few enough that other writers do not wait long.
const AT_ONCE: usize = 500;
const BETWEEN_BATCHES: Duration = Duration::from_millis(50);

/// When a use was last recorded.
pub struct LastUsed(AtomicI64);

impl LastUsed {
    pub fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at))
    }

    /// Whether to record a use now; of many concurrent callers, one gets true.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let before = self.0.load(Ordering::Relaxed);
        // If the clock is set back, recording must not stop until it has caught up.
        !(0..INTERVAL).contains(&(now - before))
            && self.0.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// How quickly gathered uses are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlushMode {
    Immediate,
    /// With pauses, so that pages are not slowed however many there are.
    Paced,
}

/// The latest use of each item since the last batch.
pub struct LastUsedTracker<K, U>(Mutex<HashMap<K, U>>);

impl<K, U> Default for LastUsedTracker<K, U> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash + Clone, U: Copy> LastUsedTracker<K, U> {
    pub fn record(&self, key: K, latest: U) {
        self.lock().insert(key, latest);
    }

    /// A use that has not been written yet.
    pub fn latest(&self, key: &K) -> Option<U> {
        self.lock().get(key).copied()
    }

    /// Writes everything by `store`, in batches, until one fails; returns how many batches there were.
    pub async fn flush<E>(
        &self,
        mode: FlushMode,
        store: impl AsyncFn(Vec<(K, U)>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let mut batches = 0;
        loop {
            let batch = self.take();
            if batch.is_empty() {
                return Ok(batches);
            }
            store(batch).await?;
            batches += 1;
            if mode == FlushMode::Paced {
                tokio::time::sleep(BETWEEN_BATCHES).await;
            }
        }
    }

    fn take(&self) -> Vec<(K, U)> {
        let mut gathered = self.lock();
        let keys: Vec<K> = gathered.keys().take(AT_ONCE).cloned().collect();
        keys.into_iter().filter_map(|key| gathered.remove_entry(&key)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, U>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys of each time. A batch has few times, and one statement writes all keys of one.
pub fn by_time<K>(uses: impl IntoIterator<Item = (K, Timestamp)>) -> BTreeMap<Timestamp, Vec<K>> {
    let mut times: BTreeMap<Timestamp, Vec<K>> = BTreeMap::new();
    for (key, at) in uses {
        times.entry(at).or_default().push(key);
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_has_the_keys_of_each_time() {
        let times = by_time([("a", 2), ("b", 1), ("c", 2)]);
        assert_eq!(times.into_iter().collect::<Vec<_>>(), [(1, vec!["b"]), (2, vec!["a", "c"])]);
    }

    #[test]
    fn a_use_is_due_once_a_minute() {
        let used = LastUsed::at(1_000);
        assert!(!used.is_due(1_059));
        assert!(used.is_due(1_060));
        assert!(!used.is_due(1_061));
    }

    #[tokio::test]
    async fn the_latest_use_of_each_is_written_once_in_small_batches() {
        let uses = LastUsedTracker::default();
        for key in 0..1_200 {
            uses.record(key, 1);
            uses.record(key, 2);
        }
        assert_eq!(uses.latest(&7), Some(2));
        let batches = Mutex::new(Vec::new());
        let store = async |batch: Vec<(i32, i64)>| {
            assert!(batch.iter().all(|(_, at)| *at == 2));
            batches.lock().unwrap().push(batch.len());
            Ok::<_, ()>(())
        };
        uses.flush(FlushMode::Immediate, store).await.unwrap();
        assert_eq!(*batches.lock().unwrap(), [500, 500, 200]);
        assert_eq!(uses.latest(&7), None);
    }
}
