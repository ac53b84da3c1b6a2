//! The public keys of an app: as registered, or fetched from its address and cached.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::outgoing::Outgoing;
use crate::platform::rate_limit::KeyedSemaphore;

use super::client::OidcClient;
use super::jwk::Jwk;

/// Seconds for which fetched keys are used without asking again, and at all if the app's address does not answer.
const FRESH: i64 = 3600;
const STALE: i64 = 24 * 3600;
/// Seconds between two fetches of one address, however many unknown keys are named.
const PAUSE: i64 = 30;
/// How long a request waits for another that fetches the same keys.
const WAIT: Duration = Duration::from_secs(6);

type Keys = Arc<Vec<Jwk>>;

/// What was fetched from an address, in seconds of the monotonic clock.
#[derive(Clone, Default)]
struct Fetched {
    keys: Option<Keys>,
    fetched_at: i64,
    asked_at: Option<i64>,
}

pub struct ClientKeys {
    clock: Clock,
    outgoing: Outgoing,
    fetched: Mutex<HashMap<String, Fetched>>,
    one_at_a_time: KeyedSemaphore,
}

impl ClientKeys {
    pub fn new(clock: Clock, outgoing: Outgoing) -> Self {
        Self {
            clock,
            outgoing,
            fetched: Mutex::default(),
            one_at_a_time: KeyedSemaphore::new(1, WAIT),
        }
    }

    /// The keys of an app among which one should be that `fits`; fetches them again if none does.
    ///
    /// # Errors
    /// If they cannot be fetched and none are known.
    pub async fn of(&self, client: &OidcClient, fits: impl Fn(&Jwk) -> bool) -> Result<Keys, Failure> {
        let registration = &client.registration;
        let Some(url) = &registration.jwks_uri else {
            return Ok(Arc::new(registration.jwks.as_ref().map(Jwk::of_set).unwrap_or_default()));
        };
        if let Some(keys) = self.usable(url, &fits) {
            return Ok(keys);
        }
        let _permit = self.one_at_a_time.acquire(url).await.ok_or_else(Failure::busy)?;
        // The one before may have fetched them.
        if let Some(keys) = self.usable(url, &fits) {
            return Ok(keys);
        }
        let now = self.clock.ticks();
        self.note(url, |entry| entry.asked_at = Some(now));
        match self.fetch(url).await {
            Ok(keys) => {
                self.note(url, |entry| (entry.keys, entry.fetched_at) = (Some(Arc::clone(&keys)), now));
                Ok(keys)
            }
            Err(error) => {
                tracing::warn!(app = %client.name, cause = %format!("{error:#}"), "the keys of an app cannot be fetched");
                let known = self.known(url).keys;
                known.ok_or_else(|| Failure::Unavailable(error))
            }
        }
    }

    /// The keys that need not be fetched now: fresh ones with a fitting one, or any while it is too soon to ask again.
    fn usable(&self, url: &str, fits: impl Fn(&Jwk) -> bool) -> Option<Keys> {
        let (entry, now) = (self.known(url), self.clock.ticks());
        let too_soon = entry.asked_at.is_some_and(|at| now < at + PAUSE);
        let fresh = now < entry.fetched_at + FRESH;
        entry.keys.filter(|keys| too_soon || (fresh && keys.iter().any(fits)))
    }

    fn known(&self, url: &str) -> Fetched {
        let fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        let mut entry = fetched.get(url).cloned().unwrap_or_default();
        if self.clock.ticks() >= entry.fetched_at + STALE {
            entry.keys = None;
        }
        entry
    }

    fn note(&self, url: &str, change: impl FnOnce(&mut Fetched)) {
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        change(fetched.entry(url.to_owned()).or_default());
    }

    async fn fetch(&self, url: &str) -> anyhow::Result<Keys> {
        let (outgoing, url) = (self.outgoing.clone(), url.to_owned());
        let answered = tokio::task::spawn_blocking(move || outgoing.get(&url)).await??;
        anyhow::ensure!(answered.status == 200, "the answer has the status {}", answered.status);
        let set: Value = serde_json::from_slice(&answered.body).context("the answer is no JWK Set")?;
        anyhow::ensure!(set["keys"].is_array(), "the answer is no JWK Set");
        Ok(Arc::new(Jwk::of_set(&set)))
    }
}
