//! The version of each list.

use std::sync::atomic::{AtomicU64, Ordering};

use super::change::Topic;

#[derive(Default)]
pub struct Topics([AtomicU64; Topic::ALL.len()]);

impl Topics {
    /// Invalidates the cached list, and any that is being read.
    pub fn changed(&self, topic: Topic) {
        self.0[topic as usize].fetch_add(1, Ordering::AcqRel);
    }

    pub fn version(&self, topic: Topic) -> u64 {
        self.0[topic as usize].load(Ordering::Acquire)
    }
}
