//! What the operator is shown of a provider, on the command line.

use crate::config::ProviderConfig;
use crate::platform::clock::Clock;
use crate::platform::outgoing::{ClientRequest, HttpClient, Reach, Trust};

use super::error::UpstreamError;
use super::provider::Provider;

/// A provider that answers.
pub struct Checked {
    /// To register at the provider.
    pub callback: String,
    pub issuer: String,
    pub authorize: String,
    pub token: String,
    /// Keys that sign its ID tokens; none if it has no ID tokens.
    pub keys: Option<usize>,
}

impl Checked {
    /// Asks the provider for what it publishes.
    ///
    /// # Errors
    /// A clause that says what is wrong.
    pub async fn of(config: &ProviderConfig, callback: String, trust: &Trust) -> Result<Self, UpstreamError> {
        let http = HttpClient::new(trust);
        let provider = Provider::new(config.clone(), callback.clone(), (Clock::default(), http.clone()));
        let metadata = provider.metadata().await?;
        let keys = provider.count_keys().await?;
        if keys == Some(0) {
            return Err(UpstreamError::provider("it publishes no key that can be used"));
        }
        if keys.is_none() {
            // Whatever it says to a request that asks for nothing, it is there.
            let answer = http.send(ClientRequest::get(&metadata.authorize, Reach::Named)).await;
            answer.map_err(|error| UpstreamError::provider(format!("{}: {error}", metadata.authorize)))?;
        }
        Ok(Self {
            callback,
            issuer: metadata.issuer.clone(),
            authorize: metadata.authorize.clone(),
            token: metadata.token.url.clone(),
            keys,
        })
    }
}
