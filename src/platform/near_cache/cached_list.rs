//! Lists that are shown often and changed rarely, cached in memory: the newest posts, the apps.

use std::sync::{Arc, PoisonError, RwLock};

use crate::platform::db::{Conn, Db, DbError};

use super::change::Topic;
use super::feed::Feed;

/// The version of everything that a list depends on, taken before it is read.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Version {
    topic: u64,
    epoch: u64,
    trusted: bool,
}

/// One list, as last read.
pub struct CachedList<T> {
    topic: Topic,
    feed: Arc<Feed>,
    value: RwLock<Option<(Arc<T>, Version)>>,
}

impl<T: Send + Sync + 'static> CachedList<T> {
    pub fn new(topic: Topic, feed: &Arc<Feed>) -> Self {
        Self { topic, feed: Arc::clone(feed), value: RwLock::new(None) }
    }

    /// The cached list, or read again if it has changed.
    pub async fn get_or_load(
        &self,
        db: &Db,
        read: impl FnOnce(&mut Conn) -> Result<T, DbError> + Send + 'static,
    ) -> Result<Arc<T>, DbError> {
        // Taken before SQL is queried: any change from here on invalidates the result.
        let version = self.version();
        if let Some(value) = self.get(version) {
            return Ok(value);
        }
        let value = Arc::new(db.run(read).await?);
        self.fill(Arc::clone(&value), version);
        Ok(value)
    }

    fn version(&self) -> Version {
        let Feed { lease, topics, .. } = &*self.feed;
        Version { topic: topics.version(self.topic), epoch: lease.epoch(), trusted: lease.is_alive() }
    }

    /// The list, if nothing has changed since it was read.
    fn get(&self, now: Version) -> Option<Arc<T>> {
        let cached = self.value.read().unwrap_or_else(PoisonError::into_inner);
        cached
            .as_ref()
            .filter(|(_, version)| now.trusted && *version == now)
            .map(|(value, _)| Arc::clone(value))
    }

    fn fill(&self, value: Arc<T>, version: Version) {
        *self.value.write().unwrap_or_else(PoisonError::into_inner) = Some((value, version));
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::Change;
    use super::super::lease::Source;
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn a_list_is_cached_until_its_own_topic_changes_or_trust_is_lost() {
        let feed = Feed::new(false);
        let list = CachedList::new(Topic::Posts, &feed);
        list.fill(Arc::new(1), list.version());
        assert!(list.get(list.version()).is_none(), "no source would report a change");
        feed.lease.renew(Source::Sql, Instant::now(), Duration::from_secs(60));
        let before = list.version();
        list.fill(Arc::new(1), before);
        feed.publish(&Change::Topic(Topic::Applications));
        assert_eq!(list.get(list.version()).as_deref(), Some(&1));
        feed.publish(&Change::Topic(Topic::parse("posts").unwrap()));
        assert!(list.get(list.version()).is_none());
        list.fill(Arc::new(1), before);
        assert!(list.get(list.version()).is_none(), "read before the change, filled after it");
        list.fill(Arc::new(2), list.version());
        feed.lease.invalidate_all();
        assert!(list.get(list.version()).is_none());
    }
}
