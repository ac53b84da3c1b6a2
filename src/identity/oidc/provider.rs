//! The service behind the endpoints of the OpenID provider. Its methods stand in the files beside this one, by what apps ask
//! for.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::config::Required;
use crate::identity::sessions::{SessionReader, Sessions};
use crate::identity::tokens::succession::Succession;
use crate::identity::unit_of_work::Writer;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::Db;
use crate::platform::keys::{KeyPurpose, Keys, Signer};
use crate::platform::near_cache::Feed;
use crate::platform::outgoing::{Outgoing, TestWeb};
use crate::platform::rate_limit::{KeyedSemaphore, Limiter, Shared};

use super::access_token::AccessTokenKeys;
use super::client_keys::ClientKeys;
use super::clients::OidcClients;

use super::documents::Documents;
use super::grant_cache::GrantCache;
use super::keys::OidcKeys;
use super::subject::Subjects;
use super::wrong_codes::WrongCodes;

/// Wrong secrets of one app from one address, within the window.
const WRONG_SECRETS: usize = 20;
/// Seconds after which one no longer counts.
const WINDOW: i64 = 15 * 60;
/// Concurrent refreshes of one user; more wait, so that no user fills the writer's queue.
const REFRESHES_AT_ONCE: usize = 4;
const REFRESH_WAIT: Duration = Duration::from_secs(10);
/// Refused requests of an app from one address that are stored within the window: anyone can send them. All are logged.
const REFUSALS: usize = 30;

pub struct OidcProvider {
    /// The public URL, without a trailing slash.
    pub(super) issuer: String,
    pub(super) db: Db,
    pub(super) writer: Writer,
    pub(super) clock: Clock,
    pub(super) keys: OidcKeys,
    pub(super) access_keys: AccessTokenKeys,
    pub(super) refresh_keys: Succession,
    pub(super) subjects: Subjects,
    pub(super) clients: Arc<OidcClients>,
    pub(super) client_keys: ClientKeys,
    /// Calls the addresses of apps.
    pub(super) outgoing: Outgoing,
    /// None if only registered apps may sign people in.
    pub(super) documents: Option<Documents>,
    pub(super) reader: Arc<SessionReader>,
    pub(super) sessions: Arc<Sessions>,
    pub(super) grants: Arc<GrantCache>,
    pub(super) second_factor: Required,
    pub(super) wrong_secrets: WrongSecrets,
    pub(super) wrong_codes: WrongCodes,
    /// Hashes the codes that people type for their devices.
    pub(super) code_hashes: Signer,
    pub(super) refreshes: KeyedSemaphore,
    /// Refused requests of each app that are stored.
    pub(super) refusals: Limiter,
}

/// Counts wrong secrets here, and on all nodes together.
pub struct WrongSecrets {
    pub(super) here: Limiter,
    pub(super) everywhere: Limiter,
}

/// What the service shares with others.
pub struct ProviderParts<'p> {
    pub public_url: &'p Url,
    pub db: Db,
    pub writer: Writer,
    pub clock: Clock,
    pub keys: Keys,
    pub feed: &'p Arc<Feed>,
    pub shared: Option<&'p Shared>,
    pub clients: Arc<OidcClients>,
    pub reader: Arc<SessionReader>,
    pub sessions: Arc<Sessions>,
    pub second_factor: Required,
    /// Whether apps may describe themselves at an address, and the web where tests know them.
    pub metadata_clients: bool,
    pub test_web: Option<TestWeb>,
    pub outgoing: Outgoing,
    /// Users whose grants are cached.
    pub cache_entries: Option<usize>,
}

impl OidcProvider {
    pub fn new(parts: ProviderParts<'_>) -> Self {
        let ProviderParts { public_url, db, writer, clock, keys, feed, shared, .. } = parts;
        let limiter = || Limiter::new(WRONG_SECRETS, WINDOW, clock.clone());
        Self {
            issuer: public_url.as_str().trim_end_matches('/').to_owned(),
            keys: OidcKeys::new(db.clone(), writer.clone(), keys.clone(), clock.clone()),
            access_keys: AccessTokenKeys::new(&keys),
            refresh_keys: Succession::new(
                &keys,
                "mjor_",
                KeyPurpose::OidcRefresh,
                KeyPurpose::OidcSuccession,
            ),
            subjects: Subjects::new(&keys),
            clients: parts.clients,
            client_keys: ClientKeys::new(clock.clone(), parts.outgoing.clone()),
            outgoing: parts.outgoing,
            documents: parts
                .metadata_clients
                .then(|| Documents::new(&clock, shared, parts.test_web.as_ref())),
            reader: parts.reader,
            sessions: parts.sessions,
            grants: GrantCache::new(db.clone(), parts.cache_entries, feed),
            second_factor: parts.second_factor,
            wrong_secrets: WrongSecrets {
                here: limiter(),
                everywhere: limiter().shared("app secret", shared),
            },
            wrong_codes: WrongCodes::new(&clock, shared),
            code_hashes: keys.persistent().subjects.clone(),
            refreshes: KeyedSemaphore::new(REFRESHES_AT_ONCE, REFRESH_WAIT),
            refusals: Limiter::new(REFUSALS, WINDOW, clock.clone()),
            db,
            writer,
            clock,
        }
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    pub fn keys(&self) -> &OidcKeys {
        &self.keys
    }

    pub fn clients(&self) -> &OidcClients {
        &self.clients
    }

    pub fn subjects(&self) -> &Subjects {
        &self.subjects
    }

    /// Whether apps may describe themselves at an address.
    pub fn takes_documents(&self) -> bool {
        self.documents.is_some()
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
