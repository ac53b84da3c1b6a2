//! The public keys of an app: as registered, or fetched from its address and cached.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::jws::{Jwks, Jws};
use crate::platform::outgoing::{Cached, Outgoing};

use super::client::OidcClient;

pub struct ClientKeys {
    clock: Clock,
    outgoing: Outgoing,
    /// By the addresses of registered apps, which are few.
    fetched: Mutex<HashMap<String, Arc<Cached<Jwks>>>>,
}

impl ClientKeys {
    pub fn new(clock: Clock, outgoing: Outgoing) -> Self {
        Self { clock, outgoing, fetched: Mutex::default() }
    }

    /// The keys of an app among which one should be that of a token; fetches them again if none is.
    ///
    /// # Errors
    /// If they cannot be fetched and none are known.
    pub async fn of(&self, client: &OidcClient, token: &Jws<'_>) -> Result<Arc<Jwks>, Failure> {
        let registration = &client.registration;
        let Some(url) = &registration.jwks_uri else {
            let keys = registration.jwks.as_ref().and_then(Jwks::parse);
            return Ok(Arc::new(keys.unwrap_or_default()));
        };
        let cached = self.at(url);
        let fetch = async || {
            let fetched = self.fetch(url).await;
            fetched.inspect_err(|cause| {
                tracing::warn!(app = %client.name, cause, "the keys of an app cannot be fetched");
            })
        };
        let keys = match cached.get(fetch).await {
            Ok(keys) if !keys.has_key_for(token) => cached.renewed(fetch).await,
            other => other,
        };
        keys.map_err(|problem| Failure::Unavailable(anyhow::Error::msg(problem)))
    }

    fn at(&self, url: &str) -> Arc<Cached<Jwks>> {
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Cached::new(self.clock.clone()));
        Arc::clone(fetched.entry(url.to_owned()).or_insert_with(new))
    }

    async fn fetch(&self, url: &str) -> Result<Jwks, String> {
        let (outgoing, url) = (self.outgoing.clone(), url.to_owned());
        let answered = tokio::task::spawn_blocking(move || outgoing.get(&url)).await;
        let answered = answered.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
        if answered.status != 200 {
            return Err(format!("the answer has the status {}", answered.status));
        }
        let set: Option<Value> = serde_json::from_slice(&answered.body).ok();
        set.as_ref().and_then(Jwks::parse).ok_or_else(|| "the answer is no JWK Set".to_owned())
    }
}
