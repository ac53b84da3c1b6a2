//! The providers by which people sign in.

use url::Url;

use crate::config::ProviderConfig;
use crate::platform::clock::Clock;
use crate::platform::outgoing::{HttpClient, Trust};

use super::error::UpstreamError;
use super::provider::Provider;

pub struct Providers {
    all: Vec<Provider>,
}

impl Providers {
    /// `trust`: who vouches for them.
    pub fn new(configs: &[ProviderConfig], public_url: &Url, trust: &Trust, clock: &Clock) -> Self {
        let base = public_url.as_str().trim_end_matches('/');
        let provider = |config: &ProviderConfig| {
            let callback = format!("{base}/sign-in/{}/callback", config.name);
            // Each has its own threads: a slow one delays no other.
            Provider::new(config.clone(), callback, (clock.clone(), HttpClient::new(trust)))
        };
        Self { all: configs.iter().map(provider).collect() }
    }

    pub fn get(&self, name: &str) -> Result<&Provider, UpstreamError> {
        self.all.iter().find(|each| each.config.name == name).ok_or(UpstreamError::Unknown)
    }

    /// Fetches what they publish before it grows old.
    pub async fn refresh(&self) {
        futures_util::future::join_all(self.all.iter().map(Provider::refresh)).await;
    }
}
