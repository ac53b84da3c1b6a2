//! When something was last used: gathered in memory and written in batches, so that a page view writes nothing.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::platform::clock::Timestamp;

/// A use is noted at most so often, in seconds.
const NOTED_EVERY: i64 = 60;

/// Uses that are written in one step: so few that nobody else who writes waits long.
const AT_ONCE: usize = 500;
const BETWEEN_BATCHES: Duration = Duration::from_millis(50);

/// When a use of something was noted last.
pub struct Noted(AtomicI64);

impl Noted {
    pub fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at))
    }

    /// Whether a use now is worth noting; of those who ask at once, one is told so.
    pub fn is_news(&self, now: Timestamp) -> bool {
        let before = self.0.load(Ordering::Relaxed);
        // A clock that was set back must not silence it until that time comes again.
        !(0..NOTED_EVERY).contains(&(now - before))
            && self.0.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// How soon what was gathered has to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    AtOnce,
    /// With pauses, so that however much there is, pages do not notice.
    WithoutHaste,
}

/// The latest use of each since the last batch.
pub struct Uses<K, U>(Mutex<HashMap<K, U>>);

impl<K, U> Default for Uses<K, U> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash + Clone, U: Copy> Uses<K, U> {
    pub fn note(&self, key: K, latest: U) {
        self.lock().insert(key, latest);
    }

    /// A use that has not been written yet.
    pub fn latest(&self, key: &K) -> Option<U> {
        self.lock().get(key).copied()
    }

    /// Writes everything by `store`, batch after batch, up to the first that fails.
    pub async fn write<E>(
        &self,
        pace: Pace,
        store: impl AsyncFn(Vec<(K, U)>) -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            let batch = self.take();
            if batch.is_empty() {
                return Ok(());
            }
            store(batch).await?;
            if pace == Pace::WithoutHaste {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_is_news_once_a_minute() {
        let noted = Noted::at(1_000);
        assert!(!noted.is_news(1_059));
        assert!(noted.is_news(1_060));
        assert!(!noted.is_news(1_061));
    }

    #[actix_web::test]
    async fn the_latest_use_of_each_is_written_once_in_small_batches() {
        let uses = Uses::default();
        for key in 0..1_200 {
            uses.note(key, 1);
            uses.note(key, 2);
        }
        assert_eq!(uses.latest(&7), Some(2));
        let batches = Mutex::new(Vec::new());
        let store = async |batch: Vec<(i32, i64)>| {
            assert!(batch.iter().all(|(_, at)| *at == 2));
            batches.lock().unwrap().push(batch.len());
            Ok::<_, ()>(())
        };
        uses.write(Pace::AtOnce, store).await.unwrap();
        assert_eq!(*batches.lock().unwrap(), [500, 500, 200]);
        assert_eq!(uses.latest(&7), None);
    }
}
