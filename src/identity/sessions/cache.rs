//! Sessions and users cached in memory, in front of either store.

use std::sync::{Arc, Weak};

use crate::identity::accounts::Member;
use crate::platform::metrics::CacheKind;
use crate::platform::near_cache::{Change, Feed, Footprint, Guarded, Subscriber};

use super::id::Key;
use super::last_used::LastUsed;
use super::session::Session;

/// A cached session.
pub struct Cached {
    pub session: Arc<Session>,
    pub seen: LastUsed,
}

impl Cached {
    pub fn new(session: Session) -> Self {
        Self { session: Arc::new(session), seen: LastUsed::at(0) }
    }
}

impl Footprint for Cached {
    const KIND: CacheKind = CacheKind::Session;

    fn bytes(&self) -> usize {
        // The entry, its key, and the overhead of the cache.
        size_of::<Self>() + self.session.device.len() + self.session.address.len() + 43 + 160
    }
}

/// Sessions by key, users by id.
pub struct SessionCache {
    pub sessions: Guarded<Key, Cached>,
    pub users: Guarded<i64, Member>,
    feed: Arc<Feed>,
}

impl SessionCache {
    /// At most this many sessions and this many users, and this many bytes for both together.
    pub fn new(max_entries: usize, max_bytes: u64, feed: &Arc<Feed>) -> Arc<Self> {
        let cache = Arc::new(Self {
            sessions: Guarded::new(max_entries, max_bytes / 2, Arc::clone(&feed.lease)),
            users: Guarded::new(max_entries, max_bytes / 2, Arc::clone(&feed.lease)),
            feed: Arc::clone(feed),
        });
        let subscriber: Weak<Self> = Arc::downgrade(&cache);
        feed.subscribe(subscriber);
        cache
    }

    /// Whether it may be used now: every source of changes has answered recently.
    pub fn is_trusted(&self) -> bool {
        self.feed.lease.is_alive()
    }
}

impl Subscriber for SessionCache {
    fn on_change(&self, change: &Change) {
        match change {
            Change::Session(key) => {
                if let Some(key) = Key::parse(key) {
                    self.sessions.invalidate(&key);
                }
            }
            Change::User(id) => self.users.invalidate(id),
            Change::Everyone | Change::Topic(_) | Change::Revoked { .. } => {}
        }
    }
}
