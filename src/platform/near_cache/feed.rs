//! Notifies caches of changes, whatever the source: a commit of this process, SQL, or Redis.

use std::sync::{Arc, PoisonError, RwLock, Weak};

use super::change::Change;
use super::lease::Lease;
use super::topics::{Groups, Topics};

/// Receives changes. It is called in the thread that reads from Redis, so it must not block.
pub trait Subscriber: Send + Sync {
    fn on_change(&self, change: &Change);
}

/// Publishes changes to its subscribers, and holds the lease that decides whether caches may be used.
pub struct Feed {
    pub lease: Arc<Lease>,
    pub topics: Topics,
    pub groups: Groups,
    /// Weak, so that the feed keeps no cache alive.
    subscribers: RwLock<Vec<Weak<dyn Subscriber>>>,
}

impl Feed {
    /// `with_redis`: whether changes are reported by Redis as well.
    pub fn new(with_redis: bool) -> Arc<Self> {
        Arc::new(Self {
            lease: Arc::new(Lease::new(with_redis)),
            topics: Topics::default(),
            groups: Groups::default(),
            subscribers: RwLock::default(),
        })
    }

    pub fn subscribe(&self, subscriber: Weak<dyn Subscriber>) {
        let mut subscribers = self.subscribers.write().unwrap_or_else(PoisonError::into_inner);
        subscribers.retain(|known| known.strong_count() > 0);
        subscribers.push(subscriber);
    }

    pub fn publish(&self, change: &Change) {
        match change {
            Change::Group(id) => self.groups.changed(*id),
            // Rare enough to invalidate everything.
            Change::Everyone => self.lease.invalidate_all(),
            Change::Topic(topic) => self.topics.changed(*topic),
            Change::Session(_) | Change::User(_) | Change::Revoked { .. } => {}
        }
        let subscribers = self.subscribers.read().unwrap_or_else(PoisonError::into_inner);
        for subscriber in subscribers.iter().filter_map(Weak::upgrade) {
            subscriber.on_change(change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::Topic;
    use super::*;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Log(Mutex<Vec<Change>>);

    impl Subscriber for Log {
        fn on_change(&self, change: &Change) {
            self.0.lock().unwrap().push(change.clone());
        }
    }

    #[test]
    fn subscribers_get_every_change_and_are_dropped_when_unused() {
        let (feed, log) = (Feed::new(false), Arc::new(Log::default()));
        let weak: Weak<Log> = Arc::downgrade(&log);
        feed.subscribe(weak);
        let epoch = feed.lease.epoch();
        for change in [Change::User(7), Change::Everyone, Change::Topic(Topic::Posts)] {
            feed.publish(&change);
        }
        assert_eq!(*log.0.lock().unwrap(), [Change::User(7), Change::Everyone, Change::Topic(Topic::Posts)]);
        assert!(feed.lease.epoch() > epoch, "everyone starts over");
        assert_eq!(Arc::strong_count(&log), 1);
        drop(log);
        feed.publish(&Change::User(7));
    }
}
