//! Apps that are not registered here: each is the address of a document that describes it, which is fetched when a person
//! signs in to it, and stored once they have allowed it.

use std::sync::Arc;

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::Failure;

use super::client::{OidcClient, is_document};
use super::metadata_document::{self, OfferedApis};
use super::provider::OidcProvider;

impl OidcProvider {
    /// The app with this id: a registered one or, if the operator allows those, one that describes itself at an address.
    pub async fn client(&self, client_id: &str, from: &Caller) -> Result<Option<Arc<OidcClient>>, Failure> {
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
}
