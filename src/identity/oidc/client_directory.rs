//! Finds the apps that requests name. Some are not registered here: each is the address of a document that describes it, which
//! is fetched when a person signs in to it, and stored once they have allowed it.

use std::sync::Arc;

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{DbError, Locks};
use crate::platform::rate_limit::Limiter;

use super::client::{OidcClient, is_document};
use super::clients::OidcClients;
use super::documents::Documents;
use super::metadata_document::{self, OfferedApis};
use super::redirect_uri::RedirectUri;
use super::refusal::{self, AddressParameter, Refusal};

/// Characters of an address that are stored.
const LONGEST: usize = 500;
/// Refused requests of an app from one address that are stored within the window: anyone can send them. All are logged.
const REFUSALS: usize = 30;
/// Seconds after which one no longer counts.
const WINDOW: i64 = 15 * 60;

pub struct ClientDirectory {
    clients: Arc<OidcClients>,
    /// None if only registered apps may sign people in.
    documents: Option<Documents>,
    clock: Clock,
    writer: Writer,
    /// Refused requests of each app that are stored.
    refusals: Limiter,
}

impl ClientDirectory {
    pub fn new(
        clients: Arc<OidcClients>,
        documents: Option<Documents>,
        (clock, writer): (Clock, Writer),
    ) -> Self {
        let refusals = Limiter::new(REFUSALS, WINDOW, clock.clone());
        Self { clients, documents, clock, writer, refusals }
    }

    /// Whether apps may describe themselves at an address.
    pub fn takes_documents(&self) -> bool {
        self.documents.is_some()
    }

    /// All apps that have a row, cached.
    pub async fn all(&self) -> Result<Arc<Vec<Arc<OidcClient>>>, DbError> {
        self.clients.all().await
    }

    /// The app with this id that has a row, unless it is disabled.
    pub async fn find(&self, client_id: &str) -> Result<Option<Arc<OidcClient>>, DbError> {
        self.clients.find(client_id).await
    }

    /// The app with this id: a registered one or, if the operator allows those, one that describes itself at an address.
    pub async fn find_or_fetch(
        &self,
        client_id: &str,
        from: &Caller,
    ) -> Result<Option<Arc<OidcClient>>, Failure> {
        let Some(documents) = self.documents.as_ref().filter(|_| is_document(client_id)) else {
            return Ok(self.clients.find(client_id).await?);
        };
        if !metadata_document::is_address(client_id) {
            return Ok(None);
        }
        let Some(body) = documents.find(client_id, from).await? else { return Ok(None) };
        let all = self.clients.all().await?;
        let apis = OfferedApis::of(all.iter().map(AsRef::as_ref));
        match metadata_document::read(client_id, &body, apis) {
            Ok(new) => {
                let known = all.iter().find(|known| known.client_id == client_id);
                let is_disabled = known.is_some_and(|known| known.disabled);
                let client = OidcClient::described(client_id, new, known.map(AsRef::as_ref));
                Ok((!is_disabled).then(|| Arc::new(client)))
            }
            Err(problem) => {
                tracing::warn!(app = client_id, problem, "the document of an app cannot be used");
                Ok(None)
            }
        }
    }

    /// Logs the difference between an address that a request named and those that are registered, and stores it for staff.
    pub async fn note_refusal(
        &self,
        (client, from): (&OidcClient, &Caller),
        parameter: AddressParameter,
        (received, registered): (&str, &[RedirectUri]),
    ) {
        let registered: Vec<String> = registered.iter().map(|uri| uri.as_str().to_owned()).collect();
        tracing::warn!(
            app = %client.name,
            "the {} does not match: received {received:?}, registered {registered:?}",
            parameter.words(),
        );
        // Staff have not registered it, and could change nothing.
        if client.describes_itself() {
            return;
        }
        // By the sender too: one who sends many hides none of the others'.
        let key = format!("{} {}", client.id, from.rate_limit_subject());
        if self.refusals.acquire(&key).await.is_err() {
            return;
        }
        let received = received.chars().take(LONGEST).collect();
        let new =
            Refusal { at: self.clock.now(), parameter: parameter.name().to_owned(), received, registered };
        let id = client.id;
        let stored = self
            .writer
            .holding(Locks::named("refusals", &client.id.to_string()))
            .write(System, move |write| Ok::<_, Failure>(refusal::add(write, id, &new)?));
        if let Err(error) = stored.await {
            tracing::error!(%error, "a refused request was not stored");
        }
    }
}
