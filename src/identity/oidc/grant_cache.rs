//! The grants of each user, cached in memory.

use std::sync::{Arc, Weak};

use crate::platform::db::{Db, DbError};
use crate::platform::near_cache::{Change, Feed, Guarded, Subscriber};

use super::grant::{self, Grant, UserGrants};

/// Bytes of cached grants.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

pub struct GrantCache {
    db: Db,
    users: Guarded<i64, UserGrants>,
}

impl GrantCache {
    pub fn new(db: Db, max_entries: Option<usize>, feed: &Arc<Feed>) -> Arc<Self> {
        let cache =
            Arc::new(Self { db, users: Guarded::new(max_entries, MAX_BYTES, Arc::clone(&feed.lease)) });
        let subscriber: Weak<Self> = Arc::downgrade(&cache);
        feed.subscribe(subscriber);
        cache
    }

    /// A grant of this user that an authentic token names. What is in memory may be older than the grant; then it is read again.
    pub async fn find(&self, user_id: i64, id: i64) -> Result<Option<Grant>, DbError> {
        if let Some(known) = self.users.get(&user_id).filter(|known| known.reach(id)) {
            return Ok(known.find(id).cloned());
        }
        // Taken before SQL is read: any change from here on invalidates the result.
        let stamp = self.users.stamp(&user_id);
        let grants = self.db.run(move |conn| grant::of_user(conn, user_id)).await?;
        let grants = Arc::new(UserGrants::new(grants, id));
        self.users.fill(user_id, Arc::clone(&grants), stamp);
        Ok(grants.find(id).cloned())
    }
}

impl Subscriber for GrantCache {
    fn on_change(&self, change: &Change) {
        if let Change::User(id) = change {
            self.users.invalidate(id);
        }
    }
}
