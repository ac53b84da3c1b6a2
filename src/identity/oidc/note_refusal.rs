//! Notes what an app sent that is not as registered.

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::{Failure, System};
use crate::platform::db::Locks;

use super::client::OidcClient;
use super::provider::OidcProvider;
use super::redirect_uri::RedirectUri;
use super::refusal::{self, AddressParameter, Refusal};

/// Characters of an address that are stored.
const LONGEST: usize = 500;

impl OidcProvider {
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
