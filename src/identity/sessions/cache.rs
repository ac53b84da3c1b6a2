//! Sessions and users cached in memory, in front of either store.

use std::sync::{Arc, Weak};

use crate::identity::accounts::Member;
use crate::platform::metrics::CacheKind;
use crate::platform::near_cache::{Change, Feed, Footprint, Guarded, Stamp, Subscriber};

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

/// A cached user, and the version of groups before they were read.
pub struct CachedUser {
    member: Arc<Member>,
    groups_at: u64,
}

impl Footprint for CachedUser {
    const KIND: CacheKind = CacheKind::User;

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.member.bytes()
    }
}

/// The state before a user was read.
pub struct UserStamp {
    stamp: Stamp,
    groups_at: u64,
}

/// Sessions by key, users by id.
pub struct SessionCache {
    pub sessions: Guarded<Key, Cached>,
    pub users: Guarded<i64, CachedUser>,
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

    /// A user, unless they or one of their groups have changed.
    pub fn user(&self, id: i64) -> Option<Arc<Member>> {
        let groups = &self.feed.groups;
        let is_current = |user: &CachedUser| {
            user.member.groups.iter().all(|group| groups.is_unchanged_since(user.groups_at, group.id))
        };
        self.users.get_if(&id, is_current).map(|user| Arc::clone(&user.member))
    }

    /// Must be taken before the user is read.
    pub fn user_stamp(&self, id: i64) -> UserStamp {
        UserStamp { stamp: self.users.stamp(&id), groups_at: self.feed.groups.version() }
    }

    /// Caches a user who was read after `stamp` was taken.
    pub fn fill_user(&self, member: Arc<Member>, UserStamp { stamp, groups_at }: UserStamp) {
        self.users.fill(member.id, Arc::new(CachedUser { member, groups_at }), stamp);
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
            Change::Everyone | Change::Group(_) | Change::Topic(_) | Change::Revoked { .. } => {}
        }
    }
}
