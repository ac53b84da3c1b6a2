//! A semaphore for each key.

use std::sync::Arc;
use std::time::Duration;

use quick_cache::sync::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Keys in memory; beyond that, the least used are evicted.
pub(super) const MAX_KEYS: usize = 100_000;

/// Admits a few callers per key at a time; the others wait.
pub struct KeyedSemaphore {
    permits: usize,
    max_wait: Duration,
    semaphores: Cache<String, Arc<Semaphore>>,
}

impl KeyedSemaphore {
    pub fn new(permits: usize, max_wait: Duration) -> Self {
        Self { permits, max_wait, semaphores: Cache::new(MAX_KEYS) }
    }

    /// A permit, released when it is dropped; none if none became free in time.
    pub async fn acquire(&self, key: &str) -> Option<OwnedSemaphorePermit> {
        let open = || Ok::<_, std::convert::Infallible>(Arc::new(Semaphore::new(self.permits)));
        let Ok(semaphore) = self.semaphores.get_or_insert_with(key, open);
        tokio::time::timeout(self.max_wait, semaphore.acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_key_admits_a_few_at_a_time() {
        let semaphore = KeyedSemaphore::new(2, Duration::from_millis(50));
        let (first, _second) = (semaphore.acquire("a").await.unwrap(), semaphore.acquire("a").await.unwrap());
        assert!(semaphore.acquire("a").await.is_none());
        assert!(semaphore.acquire("b").await.is_some());
        drop(first);
        assert!(semaphore.acquire("a").await.is_some());
    }
}
