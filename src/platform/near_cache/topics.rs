//! The version of each list, and of each group.

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

/// Groups share slots by id: a change also dismisses the members of the few others in its slot.
const SLOTS: usize = 4096;

/// When each group last changed, counted in changes of groups.
pub struct Groups {
    changes: AtomicU64,
    last: Box<[AtomicU64]>,
}

impl Default for Groups {
    fn default() -> Self {
        Self { changes: AtomicU64::new(0), last: (0..SLOTS).map(|_| AtomicU64::new(0)).collect() }
    }
}

impl Groups {
    /// Dismisses what was read of members of this group, and what is being read.
    pub fn changed(&self, group: i64) {
        let number = self.changes.fetch_add(1, Ordering::AcqRel) + 1;
        self.slot(group).fetch_max(number, Ordering::AcqRel);
    }

    /// Must be taken before a member is read.
    pub fn version(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Whether the group is as it was at `version`.
    pub fn is_unchanged_since(&self, version: u64, group: i64) -> bool {
        self.slot(group).load(Ordering::Acquire) <= version
    }

    fn slot(&self, group: i64) -> &AtomicU64 {
        &self.last[group.rem_euclid(SLOTS as i64) as usize]
    }
}
