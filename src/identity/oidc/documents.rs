//! The documents by which apps describe themselves, fetched from their addresses and cached.

use std::sync::Arc;
use std::time::Duration;

use quick_cache::sync::Cache;

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::outgoing::{PublicWeb, TestWeb};
use crate::platform::rate_limit::{KeyedSemaphore, Limiter, Shared};

/// Seconds for which a document is cached, and for which none is asked for again after a failure.
const FRESH: i64 = 10 * 60;
const FAILED: i64 = 60;
/// Documents in memory.
const MOST: usize = 1_000;
/// Documents that one address may make this server fetch within the window, so that it is no help in an attack on others.
const FETCHES: usize = 30;
const WINDOW: i64 = 15 * 60;
/// Fetches at a time, and how long one waits for its turn.
const AT_ONCE: usize = 4;
const WAIT: Duration = Duration::from_secs(5);

/// A document, or none, in seconds of the monotonic clock.
#[derive(Clone)]
struct Fetched {
    body: Option<Arc<Vec<u8>>>,
    until: i64,
}

pub struct Documents {
    web: PublicWeb,
    clock: Clock,
    documents: Cache<String, Fetched>,
    fetches: Limiter,
    turns: KeyedSemaphore,
}

impl Documents {
    pub fn new(clock: &Clock, shared: Option<&Shared>, test_web: Option<&TestWeb>) -> Self {
        Self {
            web: PublicWeb::new(test_web),
            documents: Cache::new(MOST),
            fetches: Limiter::new(FETCHES, WINDOW, clock.clone()).shared("app document", shared),
            turns: KeyedSemaphore::new(AT_ONCE, WAIT),
            clock: clock.clone(),
        }
    }

    /// The document at this address, unless there is none that can be used.
    pub async fn find(&self, url: &str, from: &Caller) -> Result<Option<Arc<Vec<u8>>>, Failure> {
        if let Some(known) = self.known(url) {
            return Ok(known.body);
        }
        drop(self.fetches.acquire(&from.rate_limit_subject()).await?);
        let _turn = self.turns.acquire("").await.ok_or_else(Failure::busy)?;
        // The one before may have fetched it.
        if let Some(known) = self.known(url) {
            return Ok(known.body);
        }
        let (web, address) = (self.web.clone(), url.to_owned());
        let got = tokio::task::spawn_blocking(move || web.get_json(&address)).await;
        let body = match got.map_err(anyhow::Error::from)? {
            Ok((200, body)) => Some(Arc::new(body)),
            Ok((status, _)) => {
                tracing::warn!(app = url, status, "an app has no document at its address");
                None
            }
            Err(error) => {
                tracing::warn!(app = url, %error, "the document of an app cannot be fetched");
                None
            }
        };
        let lifetime = if body.is_some() { FRESH } else { FAILED };
        let fetched = Fetched { body: body.clone(), until: self.clock.ticks() + lifetime };
        self.documents.insert(url.to_owned(), fetched);
        Ok(body)
    }

    fn known(&self, url: &str) -> Option<Fetched> {
        self.documents.get(url).filter(|known| self.clock.ticks() < known.until)
    }
}
