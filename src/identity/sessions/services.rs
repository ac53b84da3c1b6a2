//! The services of this module.

use std::sync::Arc;

use crate::config::Lifetimes;
use crate::identity::unit_of_work::Writer;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::near_cache::Feed;
use crate::platform::rate_limit::Shared;

use super::cache::SessionCache;
use super::check::{LastSeenTracker, SessionReader};
use super::list::SessionDirectory;
use super::sessions::Sessions;
use super::store::Store;

/// Cheap to clone.
#[derive(Clone)]
pub struct SessionServices {
    pub sessions: Arc<Sessions>,
    pub reader: Arc<SessionReader>,
    pub directory: Arc<SessionDirectory>,
}

/// Limits of sessions, and of the near cache that holds them.
pub struct SessionLimits {
    pub lifetimes: Lifetimes,
    pub cache_entries: Option<usize>,
    pub cache_bytes: u64,
}

impl SessionServices {
    /// Opens the services over one store; they share the near cache and the gathered times of last use.
    pub fn open(
        (store, feed): (Store, &Arc<Feed>),
        (db, clock, writer): (Db, Clock, Writer),
        limits: SessionLimits,
        shared: Option<&Shared>,
    ) -> Self {
        let SessionLimits { lifetimes, cache_entries, cache_bytes } = limits;
        let (store, cache) = (Arc::new(store), SessionCache::new(cache_entries, cache_bytes, feed));
        let (at, seen) = ((db, clock.clone()), Arc::<LastSeenTracker>::default());
        let reader = SessionReader::new(
            Arc::clone(&store),
            Arc::clone(&cache),
            at.clone(),
            lifetimes,
            Arc::clone(&seen),
        );
        let directory = SessionDirectory::new(Arc::clone(&store), at, lifetimes, Arc::clone(&seen));
        let directory = Arc::new(directory);
        let sessions = Sessions::new(
            (store, cache, feed),
            Arc::clone(&directory),
            (writer, clock),
            (lifetimes, seen),
            shared,
        );
        Self { sessions: Arc::new(sessions), reader: Arc::new(reader), directory }
    }
}
