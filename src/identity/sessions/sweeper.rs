//! Removes revoked sessions from the store in the background; SQL rejects them already.

use std::sync::Arc;

use crate::platform::near_cache::{Change, Subscriber};
use crate::platform::outage::Outage;

use super::cache::SessionCache;
use super::id::Key;
use super::session::Session;
use super::store::Store;

static REMOVALS: Outage = Outage::new(
    "ended sessions stay in the store until they expire",
    "ended sessions are removed from the store again",
);

#[derive(Clone)]
pub struct Sweeper {
    store: Arc<Store>,
    cache: Arc<SessionCache>,
}

impl Sweeper {
    pub fn new(store: Arc<Store>, cache: Arc<SessionCache>) -> Self {
        Self { store, cache }
    }

    /// Removes a session from the store. SQL must reject it already (ended, or of another epoch).
    pub async fn remove(&self, key: &Key) {
        self.cache.sessions.invalidate(key);
        match self.store.remove(key).await {
            Ok(_) => REMOVALS.worked(),
            Err(error) => REMOVALS.failed(&error),
        }
    }

    async fn sweep(self, user_id: i64, live_epoch: Option<i64>) {
        for stored in self.store.of_user(user_id).await.unwrap_or_default() {
            let epoch = Session::from_state(&stored.state).ok().map(|session| session.epoch);
            // Epochs only increase: a session with a later one began after the revocation.
            if live_epoch.is_none_or(|live| epoch.is_none_or(|epoch| epoch < live)) {
                self.remove(&stored.key).await;
            }
        }
    }
}

impl Subscriber for Sweeper {
    fn on_change(&self, change: &Change) {
        if let Change::Revoked { user_id, live_epoch } = *change {
            tokio::spawn(self.clone().sweep(user_id, live_epoch));
        }
    }
}
