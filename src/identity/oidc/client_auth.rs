//! How an app proves that it is itself (RFC 6749 §2.3).

use std::sync::Arc;

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{Limiter, Shared};

use super::assertion::Assertions;
use super::client::{OidcClient, is_document};
use super::client_directory::ClientDirectory;
use super::registration::AuthMethod;
use super::token_error::TokenRefusal;

/// Wrong secrets of one app from one address, within the window.
const WRONG_SECRETS: usize = 20;
/// Seconds after which one no longer counts.
const WINDOW: i64 = 15 * 60;

/// What an app presented.
pub struct Presented {
    pub client_id: String,
    pub proof: Proof,
}

/// How it proves that it is this app.
pub enum Proof {
    None,
    Secret(String),
    /// A JWT signed with its own key.
    Assertion(String),
}

/// An app that is itself.
pub struct AuthenticatedClient {
    pub client: Arc<OidcClient>,
    /// A mark of the secret or the keys by which it proved it.
    pub secret: Option<String>,
}

/// Counts wrong secrets here, and on all nodes together.
struct WrongSecrets {
    here: Limiter,
    everywhere: Limiter,
}

pub struct ClientAuth {
    directory: Arc<ClientDirectory>,
    assertions: Assertions,
    wrong_secrets: WrongSecrets,
}

impl ClientAuth {
    pub fn new(
        directory: Arc<ClientDirectory>,
        assertions: Assertions,
        clock: &Clock,
        shared: Option<&Shared>,
    ) -> Self {
        let limiter = || Limiter::new(WRONG_SECRETS, WINDOW, clock.clone());
        let wrong_secrets =
            WrongSecrets { here: limiter(), everywhere: limiter().shared("app secret", shared) };
        Self { directory, assertions, wrong_secrets }
    }

    /// The app that a request comes from.
    pub async fn authenticate(
        &self,
        presented: &Presented,
        from: &Caller,
    ) -> Result<AuthenticatedClient, TokenRefusal> {
        let found = self.directory.find(&presented.client_id).await?;
        let client = found.ok_or(TokenRefusal::InvalidClient)?;
        match (client.registration.auth_method, &presented.proof) {
            (AuthMethod::None, Proof::None) => Ok(AuthenticatedClient { client, secret: None }),
            (AuthMethod::PrivateKeyJwt, Proof::Assertion(_)) => self.by_proof(client, presented, from).await,
            (method, Proof::Secret(_)) if method.has_secret() => self.by_proof(client, presented, from).await,
            _ => Err(TokenRefusal::InvalidClient),
        }
    }

    /// The app that sends a request ahead. One that describes itself at an address has nothing to prove, and no row before
    /// its first consent; its document is fetched as for a person.
    pub async fn authenticate_ahead(
        &self,
        presented: &Presented,
        from: &Caller,
    ) -> Result<Arc<OidcClient>, TokenRefusal> {
        if !is_document(&presented.client_id) {
            return Ok(self.authenticate(presented, from).await?.client);
        }
        match presented.proof {
            Proof::None => {
                let found = self.directory.find_or_fetch(&presented.client_id, from).await?;
                found.ok_or(TokenRefusal::InvalidClient)
            }
            Proof::Secret(_) | Proof::Assertion(_) => Err(TokenRefusal::InvalidClient),
        }
    }

    /// Neither a secret of 256 bits nor a signature can be guessed, so a right one costs no call to other nodes; a wrong one
    /// counts everywhere.
    async fn by_proof(
        &self,
        client: Arc<OidcClient>,
        presented: &Presented,
        from: &Caller,
    ) -> Result<AuthenticatedClient, TokenRefusal> {
        let key = format!("{} {}", client.client_id, from.rate_limit_subject());
        let attempt = self.wrong_secrets.here.acquire(&key).await.map_err(Failure::from)?;
        let mark = match &presented.proof {
            Proof::None => None,
            Proof::Secret(secret) => client.mark_of(secret),
            Proof::Assertion(text) => match self.assertions.prove(&client, text).await {
                Ok(true) => client.key_mark(),
                Ok(false) | Err(TokenRefusal::InvalidClient) => None,
                Err(failed) => {
                    attempt.refund();
                    return Err(failed);
                }
            },
        };
        if mark.is_some() {
            attempt.refund();
            return Ok(AuthenticatedClient { client, secret: mark });
        }
        self.wrong_secrets.everywhere.acquire(&key).await.map_err(Failure::from)?;
        tracing::warn!(app = %client.client_id, address = %from.address, "an app could not prove that it is itself");
        Err(TokenRefusal::InvalidClient)
    }
}
