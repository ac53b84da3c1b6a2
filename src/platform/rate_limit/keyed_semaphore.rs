//! A semaphore for each key.

use std::sync::Arc;
use std::time::Duration;

use quick_cache::sync::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Keys in memory; beyond that, the least used are evicted.
pub(super) const MAX_KEYS: usize = 100_000;

/// Admits a few callers per key at a time; the others wait.
pub struct Lanes {
    width: usize,
    max_wait: Duration,
    lanes: Cache<String, Arc<Semaphore>>,
}

impl Lanes {
    pub fn new(width: usize, max_wait: Duration) -> Self {
        Self { width, max_wait, lanes: Cache::new(MAX_KEYS) }
    }

    /// A permit, released when it is dropped; none if none became free in time.
    pub async fn turn(&self, key: &str) -> Option<OwnedSemaphorePermit> {
        let open = || Ok::<_, std::convert::Infallible>(Arc::new(Semaphore::new(self.width)));
        let Ok(lane) = self.lanes.get_or_insert_with(key, open);
        tokio::time::timeout(self.max_wait, lane.acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_key_admits_a_few_at_a_time() {
        let lanes = Lanes::new(2, Duration::from_millis(50));
        let (first, _second) = (lanes.turn("a").await.unwrap(), lanes.turn("a").await.unwrap());
        assert!(lanes.turn("a").await.is_none());
        assert!(lanes.turn("b").await.is_some());
        drop(first);
        assert!(lanes.turn("a").await.is_some());
    }
}
