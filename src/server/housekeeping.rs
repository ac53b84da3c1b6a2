//! The server's periodic tasks.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior};

use crate::identity::Identity;
use crate::identity::housekeeping::{flush, purge};
use crate::identity::sessions::FlushMode;

const LAST_SEEN_FLUSH: Duration = Duration::from_secs(10);
const PURGE_EVERY: Duration = Duration::from_secs(600);
/// Providers' keys are fetched again before they are an hour old.
const PROVIDERS_REFRESH: Duration = Duration::from_secs(30 * 60);
/// Delayed, so that requests waiting for the server to start come first.
const FIRST_PURGE: Duration = Duration::from_secs(60);

pub(super) async fn run_housekeeping(identity: Arc<Identity>) {
    // However long one takes, the others go on.
    tokio::join!(flush_often(&identity), purge_often(&identity), refresh_providers(&identity));
}

async fn flush_often(identity: &Identity) {
    let mut due = tokio::time::interval(LAST_SEEN_FLUSH);
    loop {
        due.tick().await;
        flush(identity, FlushMode::Paced).await;
    }
}

async fn purge_often(identity: &Identity) {
    let mut due = tokio::time::interval_at(Instant::now() + FIRST_PURGE, PURGE_EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        due.tick().await;
        purge(identity).await;
    }
}

async fn refresh_providers(identity: &Identity) {
    let mut due = tokio::time::interval(PROVIDERS_REFRESH);
    loop {
        due.tick().await;
        identity.upstream.providers.refresh().await;
    }
}
