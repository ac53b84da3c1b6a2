//! Lists that many pages show and few people change, kept in memory: the newest posts, the apps.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::Lease;

/// What a kept list is about, by the name that changes bear in SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Posts,
    Applications,
}

impl Topic {
    const ALL: [Topic; 2] = [Topic::Posts, Topic::Applications];

    /// By the name that changes in SQL bear.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Applications => "applications",
        }
    }
}

/// How often each topic has changed.
#[derive(Default)]
pub struct Topics([AtomicU64; Topic::ALL.len()]);

impl Topics {
    /// Dismisses what is kept on a topic, or on its way.
    pub fn changed(&self, topic: Topic) {
        self.0[topic as usize].fetch_add(1, Ordering::AcqRel);
    }

    fn version(&self, topic: Topic) -> u64 {
        self.0[topic as usize].load(Ordering::Acquire)
    }
}

/// The state of things before a list was read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Version {
    topic: u64,
    epoch: u64,
    trusted: bool,
}

/// One list, as it was read last.
pub struct Kept<T> {
    topic: Topic,
    value: RwLock<Option<(Arc<T>, Version)>>,
}

impl<T> Kept<T> {
    pub fn new(topic: Topic) -> Self {
        Self { topic, value: RwLock::new(None) }
    }

    /// To be taken before the list is read from where it lives.
    pub fn version(&self, topics: &Topics, lease: &Lease) -> Version {
        Version { topic: topics.version(self.topic), epoch: lease.epoch(), trusted: lease.is_alive() }
    }

    /// The list, if nothing has changed since it was read.
    pub fn get(&self, now: Version) -> Option<Arc<T>> {
        let kept = self.value.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|(_, version)| now.trusted && *version == now)
            .map(|(value, _)| Arc::clone(value))
    }

    pub fn fill(&self, value: Arc<T>, version: Version) {
        *self.value.write().unwrap_or_else(PoisonError::into_inner) = Some((value, version));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::near_cache::lease::Source;
    use std::time::{Duration, Instant};

    #[test]
    fn a_list_is_kept_until_its_own_topic_changes_or_trust_is_lost() {
        let (topics, lease) = (Topics::default(), Lease::new(false));
        let kept = Kept::new(Topic::Posts);
        let now = |kept: &Kept<u8>| kept.version(&topics, &lease);
        kept.fill(Arc::new(1), now(&kept));
        assert!(kept.get(now(&kept)).is_none(), "nobody would have told of a change");
        lease.renew(Source::Sql, Instant::now(), Duration::from_secs(60));
        let before = now(&kept);
        kept.fill(Arc::new(1), before);
        topics.changed(Topic::Applications);
        assert_eq!(kept.get(now(&kept)).as_deref(), Some(&1));
        topics.changed(Topic::parse("posts").unwrap());
        assert!(kept.get(now(&kept)).is_none());
        kept.fill(Arc::new(1), before);
        assert!(kept.get(now(&kept)).is_none(), "read before the change, filled after it");
        kept.fill(Arc::new(2), now(&kept));
        lease.dismiss();
        assert!(kept.get(now(&kept)).is_none());
    }
}
