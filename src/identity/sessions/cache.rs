//! Sessions and users cached in memory, in front of either store.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use crate::identity::accounts::Member;
use crate::platform::metrics::CacheKind;
use crate::platform::near_cache::{Change, Feed, Footprint, Guarded, Stamp, Subscriber};

use super::id::Key;
use super::last_used::LastUsed;
use super::session::Session;

/// Fills after which sessions and users get new shares of the memory.
const FILLS_PER_SHARE: u64 = 256;
/// The least part of the memory that either has.
const LEAST_SHARE: u64 = 8;

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
    /// The bytes that both share; none if each has a number of entries.
    shared_bytes: Option<u64>,
    fills: AtomicU64,
}

impl SessionCache {
    /// At most this many bytes for both together; and at most this many sessions and this many users, if that is given.
    pub fn new(max_entries: Option<usize>, max_bytes: u64, feed: &Arc<Feed>) -> Arc<Self> {
        let cache = Arc::new(Self {
            sessions: Guarded::new(max_entries, max_bytes / 2, Arc::clone(&feed.lease)),
            users: Guarded::new(max_entries, max_bytes / 2, Arc::clone(&feed.lease)),
            feed: Arc::clone(feed),
            shared_bytes: max_entries.is_none().then_some(max_bytes),
            fills: AtomicU64::new(0),
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
        self.share();
    }

    /// Caches a session that was read after `stamp` was taken.
    pub fn fill_session(&self, key: Key, session: Arc<Cached>, stamp: Stamp) {
        self.sessions.fill(key, session, stamp);
        self.share();
    }

    /// Gives what is free to both, now and then.
    fn share(&self) {
        let is_due = self.fills.fetch_add(1, Ordering::Relaxed).is_multiple_of(FILLS_PER_SHARE);
        if let Some(all) = self.shared_bytes.filter(|_| is_due) {
            let (sessions, users) = shares(all, self.sessions.bytes(), self.users.bytes());
            self.sessions.resize(sessions);
            self.users.resize(users);
        }
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

/// The bytes for sessions and for users: what they hold, and half of what is free.
fn shares(all: u64, sessions: u64, users: u64) -> (u64, u64) {
    let free = all.saturating_sub(sessions + users);
    let least = all / LEAST_SHARE;
    let of_sessions = (sessions + free / 2).clamp(least, all - least);
    (of_sessions, all - of_sessions)
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn neither_is_full_while_the_other_has_room() {
        // As many sessions of 300 bytes as users of 700, filled one by one up to what each may hold.
        let (all, mut sessions, mut users) = (1_000_000, 0, 0);
        let mut most = (all / 2, all / 2);
        for _ in 0..10_000 {
            if sessions + 300 <= most.0 {
                sessions += 300;
            }
            if users + 700 <= most.1 {
                users += 700;
            }
            most = shares(all, sessions, users);
            assert!(most.0 + most.1 == all && sessions <= most.0 && users <= most.1);
        }
        assert!(sessions / 300 >= 950 && users / 700 >= 950, "{} and {}", sessions / 300, users / 700);
    }

    #[test]
    fn either_keeps_a_least_part() {
        assert_eq!(shares(800, 800, 0), (700, 100));
        assert_eq!(shares(800, 0, 800), (100, 700));
        assert_eq!(shares(0, 0, 0), (0, 0));
    }
}
