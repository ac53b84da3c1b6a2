//! What a write makes stale.

use std::collections::{BTreeMap, BTreeSet};

use crate::platform::near_cache::{Change, Topic};

#[derive(Debug, Default)]
pub struct Changes {
    pub(super) users: BTreeSet<i64>,
    pub(super) everyone: bool,
    /// Users by their ids: after the first, up to the second.
    pub(super) range: Option<(i64, i64)>,
    pub(super) groups: BTreeSet<i64>,
    pub(super) sessions: BTreeSet<String>,
    pub(super) topics: BTreeSet<Topic>,
    /// Users whose sessions were revoked, with the epoch that remains valid, if any.
    pub(super) revoked: BTreeMap<i64, Option<i64>>,
    pub(super) moved: Vec<MovedSession>,
    /// Users whose apps lose what they were allowed, even in a session that goes on.
    pub(super) disconnected: BTreeSet<i64>,
}

/// A session that continues under another key, or in another epoch of its user.
#[derive(Clone, Debug)]
pub struct MovedSession {
    pub from: String,
    pub to: String,
    pub epoch: i64,
    /// Whether it has two factors from then on.
    pub two_factors: bool,
}

impl Changes {
    /// Users whose rights may have changed.
    pub fn users(&self) -> impl Iterator<Item = i64> + '_ {
        self.users.iter().copied()
    }

    /// Users whose apps lose what they were allowed.
    pub fn disconnected(&self) -> impl Iterator<Item = i64> + '_ {
        self.disconnected.iter().copied()
    }

    /// Whether this concerns every user.
    pub fn concern_everyone(&self) -> bool {
        self.everyone
    }

    /// Users whose rights may have changed, by their ids: after the first, up to the second.
    pub fn range(&self) -> Option<(i64, i64)> {
        self.range
    }

    /// Sessions that have ended, and those that were moved.
    pub fn sessions(&self) -> (Vec<String>, Vec<MovedSession>) {
        let is_moved = |key: &&String| self.moved.iter().any(|moved| moved.from == **key);
        let ended = self.sessions.iter().filter(|key| !is_moved(key)).cloned().collect();
        (ended, self.moved.clone())
    }

    /// Whether caches drop every user: they know no ranges.
    fn drop_everyone(&self) -> bool {
        self.everyone || self.range.is_some()
    }

    /// The changes to publish.
    pub fn iter(&self) -> impl Iterator<Item = Change> + '_ {
        let sessions = self.sessions.iter().cloned().map(Change::Session);
        let users = self.users.iter().copied().map(Change::User);
        let everyone = self.drop_everyone().then_some(Change::Everyone);
        let topics = self.topics.iter().copied().map(Change::Topic);
        let revoked =
            self.revoked.iter().map(|(id, epoch)| Change::Revoked { user_id: *id, live_epoch: *epoch });
        let groups = self.groups.iter().copied().map(Change::Group);
        sessions.chain(users).chain(everyone).chain(groups).chain(topics).chain(revoked)
    }

    /// Whether a change that the database has recorded is among them.
    #[cfg(debug_assertions)]
    pub(super) fn cover(&self, change: &Change) -> bool {
        match change {
            Change::Session(key) => self.sessions.contains(key),
            Change::User(id) => self.drop_everyone() || self.users.contains(id),
            Change::Everyone => self.drop_everyone(),
            Change::Group(id) => self.drop_everyone() || self.groups.contains(id),
            Change::Topic(topic) => self.topics.contains(topic),
            Change::Revoked { .. } => true,
        }
    }
}
