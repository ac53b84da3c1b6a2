//! The services for sign-in with an account elsewhere, opened together.

use std::sync::Arc;

use url::Url;

use crate::config::ProviderConfig;
use crate::identity::accounts::{NewAccounts, WaysIn};
use crate::identity::email::Outbox;
use crate::identity::sessions::Sessions;
use crate::identity::sign_in::{SignInServices, StepUp};
use crate::identity::unit_of_work::Writer;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::keys::Keys;
use crate::platform::outgoing::Trust;
use crate::platform::rate_limit::Shared;

use super::arrival::Arrivals;
use super::attempts::Attempts;
use super::linked_accounts::LinkedAccounts;
use super::logout::BackchannelLogout;
use super::newcomers::Newcomers;
use super::providers::Providers;
use super::step_up::ProviderStepUp;

/// Cheap to clone.
#[derive(Clone)]
pub struct UpstreamServices {
    pub providers: Arc<Providers>,
    pub attempts: Arc<Attempts>,
    pub arrivals: Arc<Arrivals>,
    pub newcomers: Arc<Newcomers>,
    pub linked_accounts: Arc<LinkedAccounts>,
    pub step_up: Arc<ProviderStepUp>,
    pub logout: Arc<BackchannelLogout>,
}

/// What they share with others.
pub struct UpstreamParts<'p> {
    pub providers: &'p [ProviderConfig],
    pub public_url: &'p Url,
    /// Who vouches for the providers.
    pub trust: &'p Trust,
    pub db: Db,
    pub writer: Writer,
    pub clock: Clock,
    pub keys: &'p Keys,
    pub shared: Option<&'p Shared>,
    pub outbox: Outbox,
    pub ways_in: WaysIn,
    pub sessions: Arc<Sessions>,
    pub sign_in: SignInServices,
    pub step_up: Arc<StepUp>,
    pub new_accounts: NewAccounts,
    /// Whether the site makes new accounts.
    pub open: bool,
}

impl UpstreamServices {
    pub fn open(parts: UpstreamParts<'_>) -> Self {
        let UpstreamParts { db, writer, clock, sessions, sign_in, open, .. } = parts;
        let both = (db.clone(), writer.clone());
        let all_three = (db, writer.clone(), clock.clone());
        let providers = Providers::new(parts.providers, parts.public_url, parts.trust, &clock);
        let providers = Arc::new(providers);
        let attempts = Attempts::new(all_three.clone(), Arc::clone(&providers), parts.keys, parts.shared);
        let attempts = Arc::new(attempts);
        let place = (Arc::clone(&providers), Arc::clone(&attempts));
        let linked = LinkedAccounts::new(
            both.clone(),
            Arc::clone(&attempts),
            Arc::clone(&sessions),
            (parts.outbox, parts.ways_in),
        );
        let step_up = ProviderStepUp::new(both, Arc::clone(&providers), parts.step_up);
        let newcomers = Newcomers::new(place.clone(), (parts.new_accounts, sign_in.stages), clock, open);
        Self {
            logout: Arc::new(BackchannelLogout::new(all_three, Arc::clone(&providers), sessions)),
            arrivals: Arc::new(Arrivals::new(place, writer, sign_in.provider, open)),
            newcomers: Arc::new(newcomers),
            linked_accounts: Arc::new(linked),
            step_up: Arc::new(step_up),
            providers,
            attempts,
        }
    }
}
