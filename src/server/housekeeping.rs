//! The server's periodic tasks.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::identity::Identity;
use crate::identity::housekeeping::{flush, purge};
use crate::identity::sessions::FlushMode;

const LAST_SEEN_FLUSH: Duration = Duration::from_secs(10);
const PURGE_EVERY: Duration = Duration::from_secs(600);
/// Delayed, so that requests waiting for the server to start come first.
const FIRST_PURGE: Duration = Duration::from_secs(60);

pub(super) async fn run_housekeeping(identity: Arc<Identity>) {
    let mut last_seen = tokio::time::interval(LAST_SEEN_FLUSH);
    let mut expired = tokio::time::interval_at(Instant::now() + FIRST_PURGE, PURGE_EVERY);
    loop {
        tokio::select! {
            _ = last_seen.tick() => flush(&identity, FlushMode::Paced).await,
            _ = expired.tick() => purge(&identity).await,
        }
    }
}
