//! The near cache: sessions and their users in memory, in front of either store, and never wrong.
//!
//! It is told of every change: at once by this process, by Redis (`session::tracking`), and through SQL (`changes`) by
//! any other process. While one of those does not answer, the cache is bypassed.

use std::sync::Arc;

use crate::platform::metrics::CacheKind;

use super::last_used::Noted;
use super::{Key, Session};
use crate::identity::accounts::member::Member;

use crate::platform::near_cache::{Footprint, Guarded, Lease, Topics};

/// A session as it is kept in memory.
pub struct Cached {
    pub session: Arc<Session>,
    pub seen: Noted,
}

impl Cached {
    pub fn new(session: Session) -> Self {
        Self { session: Arc::new(session), seen: Noted::at(0) }
    }
}

impl Footprint for Cached {
    const KIND: CacheKind = CacheKind::Session;

    fn bytes(&self) -> usize {
        // The entry, its key, and what the cache itself needs for it.
        size_of::<Self>() + self.session.device.len() + self.session.address.len() + 43 + 160
    }
}

impl Footprint for Member {
    const KIND: CacheKind = CacheKind::User;

    fn bytes(&self) -> usize {
        let texts = [&self.username, &self.email, &self.display_name, &self.password_hash];
        let groups: usize = self.groups.iter().map(|group| size_of_val(group) + group.name.len()).sum();
        let tokens = size_of_val(self.api_tokens.as_slice());
        size_of::<Self>() + texts.iter().map(|text| text.len()).sum::<usize>() + groups + tokens + 160
    }
}

/// Sessions by key, users by id.
pub struct NearCache {
    pub sessions: Guarded<Key, Cached>,
    pub users: Guarded<i64, Member>,
    /// What is known of lists that many pages show.
    pub topics: Topics,
    pub lease: Arc<Lease>,
}

impl NearCache {
    /// At most so many sessions, so many users, and so many bytes for both together.
    pub fn new(max_entries: usize, max_bytes: u64, with_redis: bool) -> Self {
        let lease = Arc::new(Lease::new(with_redis));
        Self {
            sessions: Guarded::new(max_entries, max_bytes / 2, Arc::clone(&lease)),
            users: Guarded::new(max_entries, max_bytes / 2, Arc::clone(&lease)),
            topics: Topics::default(),
            lease,
        }
    }
}
