//! "Last seen", gathered in memory and written in batches, so that a page view writes nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Timestamp;

use super::Key;

/// A session was used by its owner at this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub key: Key,
    pub user_id: i64,
    pub at: Timestamp,
}

/// The latest sighting of each session since the last batch.
#[derive(Clone, Default)]
pub struct Sightings(Arc<Mutex<HashMap<Key, (i64, Timestamp)>>>);

impl Sightings {
    pub(super) fn saw(&self, key: Key, user_id: i64, at: Timestamp) {
        self.lock().insert(key, (user_id, at));
    }

    /// A sighting that has not been written yet.
    pub(super) fn latest(&self, key: &Key) -> Option<Timestamp> {
        self.lock().get(key).map(|(_, at)| *at)
    }

    /// Takes out some, at most `count`.
    pub(super) fn take(&self, count: usize) -> Vec<Sighting> {
        let mut gathered = self.lock();
        let keys: Vec<Key> = gathered.keys().take(count).cloned().collect();
        let taken = keys.into_iter().filter_map(|key| {
            let (user_id, at) = gathered.remove(&key)?;
            Some(Sighting { key, user_id, at })
        });
        taken.collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, (i64, Timestamp)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
