//! How an app proves that it is itself (RFC 6749 §2.3).

use std::sync::Arc;

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::Failure;

use super::client::OidcClient;
use super::provider::OidcProvider;
use super::registration::AuthMethod;
use super::token_error::TokenRefusal;

/// What an app presented.
pub struct Presented {
    pub client_id: String,
    pub secret: Option<String>,
}

/// An app that is itself.
pub struct AuthenticatedClient {
    pub client: Arc<OidcClient>,
    /// A mark of the secret that it presented.
    pub secret: Option<String>,
}

impl OidcProvider {
    /// The app that a request comes from.
    pub async fn authenticate(
        &self,
        presented: &Presented,
        from: &Caller,
    ) -> Result<AuthenticatedClient, TokenRefusal> {
        let found = self.clients.find(&presented.client_id).await?;
        let client = found.ok_or(TokenRefusal::InvalidClient)?;
        match (client.registration.auth_method, &presented.secret) {
            (AuthMethod::None, None) => Ok(AuthenticatedClient { client, secret: None }),
            (method, Some(secret)) if method.has_secret() => self.by_secret(client, secret, from).await,
            _ => Err(TokenRefusal::InvalidClient),
        }
    }

    /// A secret of 256 bits cannot be guessed, so a right one costs no call to other nodes; a wrong one counts everywhere.
    async fn by_secret(
        &self,
        client: Arc<OidcClient>,
        secret: &str,
        from: &Caller,
    ) -> Result<AuthenticatedClient, TokenRefusal> {
        let key = format!("{} {}", client.client_id, from.rate_limit_subject());
        let attempt = self.wrong_secrets.here.acquire(&key).await.map_err(Failure::from)?;
        if let Some(mark) = client.mark_of(secret) {
            attempt.refund();
            return Ok(AuthenticatedClient { client, secret: Some(mark) });
        }
        self.wrong_secrets.everywhere.acquire(&key).await.map_err(Failure::from)?;
        tracing::warn!(app = %client.client_id, address = %from.address, "an app presented a wrong secret");
        Err(TokenRefusal::InvalidClient)
    }
}
