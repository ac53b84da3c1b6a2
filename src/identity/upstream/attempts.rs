//! Sign-ins by a provider, from where a browser is sent to who comes back.

use std::sync::Arc;

use crate::identity::audit::Client;
use crate::identity::sessions::upstream_ends;
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, Locks};
use crate::platform::keys::{Keys, random_secret};
use crate::platform::outgoing::PATIENCE;
use crate::platform::rate_limit::{Limiter, Shared};

use super::attempt::{self, Attempt, Begin, Intent, PostedAnswer, Sealed, Waiting};
use super::error::UpstreamError;
use super::person::Person;
use super::provider::{AuthorizationAnswer, Request};
use super::providers::Providers;

/// Sign-ins by providers that a client may begin within the window.
const BEGINS_PER_ADDRESS: usize = 200;
/// Seconds.
const WINDOW: i64 = 15 * 60;

pub struct Attempts {
    providers: Arc<Providers>,
    db: Db,
    writer: Writer,
    clock: Clock,
    sealed: Sealed,
    begins: Limiter,
}

impl Attempts {
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        providers: Arc<Providers>,
        keys: &Keys,
        shared: Option<&Shared>,
    ) -> Self {
        let begins = Limiter::new(BEGINS_PER_ADDRESS, WINDOW, clock.clone()).shared("upstream", shared);
        Self { providers, db, writer, clock, sealed: Sealed::new(keys), begins }
    }

    /// The address at the provider that the browser is sent to.
    pub async fn begin(&self, begin: Begin, client: &Client) -> Result<String, UpstreamError> {
        let provider = self.providers.get(&begin.provider)?;
        drop(self.begins.acquire(&client.rate_limit_subject()).await.map_err(Failure::from)?);
        let metadata = in_time(provider.metadata()).await?;
        let (state, nonce, verifier) = (random_secret(), random_secret(), random_secret());
        let request = Request { nonce: &nonce, verifier: &verifier, issuer: &metadata.issuer };
        let again = matches!(begin.intent, Intent::StepUp { .. });
        let address = provider.address(&metadata, &state, &request, again);
        let attempt = Attempt {
            issuer: metadata.issuer.clone(),
            intent: begin.intent.clone(),
            begun_at: self.clock.now(),
            nonce,
            verifier,
        };
        let sealed = self.sealed.clone();
        let stored = self.writer.holding(Locks::none()).write(System, move |write| {
            Ok::<_, Failure>(attempt::begin(write, &sealed, (&state, &begin), &attempt)?)
        });
        stored.await?;
        Ok(address)
    }

    /// Keeps an answer that the provider's page has posted, until the browser comes with its cookie.
    pub async fn keep_answer(&self, name: &str, answer: AuthorizationAnswer) -> Result<(), UpstreamError> {
        self.providers.get(name)?;
        let (sealed, name) = (self.sealed.clone(), name.to_owned());
        let AuthorizationAnswer { state, code, error, iss, user } = answer;
        let posted = PostedAnswer { code, error, iss, user };
        let locks = Locks::named("provider's answer", &state);
        let stored = self.writer.holding(locks).write(System, move |write| {
            Ok::<_, Failure>(attempt::keep_answer(write, &sealed, (&name, &state), &posted)?)
        });
        if stored.await? { Ok(()) } else { Err(UpstreamError::Stale) }
    }

    /// Who an answer proves is there, and what they were sent for.
    ///
    /// # Errors
    /// With the intent, if the answer belongs to a sign-in of this browser.
    pub async fn identify(
        &self,
        name: &str,
        browser: Option<&str>,
        mut answer: AuthorizationAnswer,
    ) -> Result<(Intent, Result<Person, UpstreamError>), UpstreamError> {
        let provider = self.providers.get(name)?;
        let browser = browser.ok_or(UpstreamError::Stale)?;
        let (sealed, place) =
            (self.sealed.clone(), (name.to_owned(), answer.state.clone(), browser.to_owned()));
        let locks = Locks::named("provider's answer", &answer.state);
        let used = self.writer.holding(locks).write(System, move |write| {
            let now = write.now();
            let ends_seen = upstream_ends::last(write.read(), &place.0, now)?;
            let used = attempt::use_up(write, &sealed, (&place.0, &place.1, &place.2))?;
            Ok::<_, Failure>(used.map(|(attempt, posted)| (attempt, posted, ends_seen)))
        });
        let (attempt, posted, ends_seen) = used.await?.ok_or(UpstreamError::Stale)?;
        if let Some(PostedAnswer { code, error, iss, user }) = posted {
            answer = AuthorizationAnswer { state: answer.state, code, error, iss, user };
        }
        let request = Request { nonce: &attempt.nonce, verifier: &attempt.verifier, issuer: &attempt.issuer };
        let person = in_time(provider.identify(&answer, &request)).await;
        let person = person.and_then(|person| check_again(&attempt, person));
        Ok((attempt.intent, person.map(|person| Person { ends_seen, ..person })))
    }

    /// Notes who has come to a browser, until they say who they are here.
    pub(super) async fn note_waiting(&self, browser: &str, waiting: Waiting) -> Result<(), Failure> {
        let (sealed, browser) = (self.sealed.clone(), browser.to_owned());
        let stored = self
            .writer
            .holding(Locks::named("arrival", &browser))
            .write(System, move |write| Ok(attempt::arrive(write, &sealed, &browser, &waiting)?));
        stored.await
    }

    /// Who has come to this browser and has not yet said who they are here.
    pub(super) async fn waiting(&self, name: &str, browser: Option<&str>) -> Result<Waiting, UpstreamError> {
        self.providers.get(name)?;
        let (name, browser) = (name.to_owned(), browser.ok_or(UpstreamError::Stale)?.to_owned());
        let (sealed, now) = (self.sealed.clone(), self.clock.now());
        let found = self.db.run(move |conn| attempt::waiting(conn, &sealed, (&name, &browser), now));
        found.await?.ok_or(UpstreamError::Stale)
    }
}

/// A provider that was asked for a new proof must say when it was given.
fn check_again(attempt: &Attempt, person: Person) -> Result<Person, UpstreamError> {
    let is_step_up = matches!(attempt.intent, Intent::StepUp { .. });
    let is_new = person.auth_time.is_some_and(|at| at >= attempt.begun_at - crate::platform::clock::LEEWAY);
    match is_step_up && !is_new {
        true => Err(UpstreamError::provider("it did not ask for a new proof")),
        false => Ok(person),
    }
}

/// All that a provider is asked for one page takes no longer than this.
async fn in_time<T>(work: impl Future<Output = Result<T, UpstreamError>>) -> Result<T, UpstreamError> {
    let late = || UpstreamError::provider("it did not answer within 5 seconds");
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(late()))
}
