//! The server's periodic tasks.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

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
    let mut last_seen = tokio::time::interval(LAST_SEEN_FLUSH);
    let mut expired = tokio::time::interval_at(Instant::now() + FIRST_PURGE, PURGE_EVERY);
    let mut providers = tokio::time::interval(PROVIDERS_REFRESH);
    loop {
        tokio::select! {
            _ = last_seen.tick() => flush(&identity, FlushMode::Paced).await,
            _ = expired.tick() => purge(&identity).await,
            // A provider that is slow delays nothing else.
            _ = providers.tick() => drop(actix_web::rt::spawn({
                let upstream = Arc::clone(&identity.upstream);
                async move { upstream.refresh().await }
            })),
        }
    }
}
