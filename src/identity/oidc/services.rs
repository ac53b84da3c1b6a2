//! The services behind the endpoints of the OpenID provider, opened together.

use std::sync::Arc;

use url::Url;

use crate::config::Required;
use crate::identity::sessions::{SessionReader, Sessions};
use crate::identity::tokens::succession::Succession;
use crate::identity::unit_of_work::Writer;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::keys::{KeyPurpose, Keys};
use crate::platform::near_cache::Feed;
use crate::platform::outgoing::{Outgoing, TestWeb};
use crate::platform::rate_limit::Shared;

use super::access_token::AccessTokenKeys;
use super::admission::Admission;
use super::assertion::Assertions;
use super::authorizations::Authorizations;
use super::client_auth::ClientAuth;
use super::client_directory::ClientDirectory;
use super::client_keys::ClientKeys;
use super::clients::OidcClients;
use super::connected_apps::ConnectedApps;
use super::devices::Devices;
use super::documents::Documents;
use super::grant_cache::GrantCache;
use super::grants::Grants;
use super::id_token_hint::IdTokenHints;
use super::keys::OidcKeys;
use super::pushed::PushedRequests;
use super::subject::Subjects;
use super::token_checks::TokenChecks;
use super::token_issuer::TokenIssuer;
use super::token_signer::TokenSigner;

/// Cheap to clone.
#[derive(Clone)]
pub struct OidcServices {
    pub keys: Arc<OidcKeys>,
    pub directory: Arc<ClientDirectory>,
    pub client_auth: Arc<ClientAuth>,
    pub hints: Arc<IdTokenHints>,
    pub pushed: Arc<PushedRequests>,
    pub authorizations: Arc<Authorizations>,
    pub connected_apps: Arc<ConnectedApps>,
    pub devices: Arc<Devices>,
    pub signer: Arc<TokenSigner>,
    pub issuer: Arc<TokenIssuer>,
    pub checks: Arc<TokenChecks>,
    /// Calls the addresses of apps.
    pub outgoing: Outgoing,
}

/// What they share with others.
pub struct OidcParts<'p> {
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

impl OidcServices {
    pub fn open(parts: OidcParts<'_>) -> Self {
        let OidcParts { db, writer, clock, keys, shared, clients, sessions, outgoing, .. } = parts;
        // The public URL, without a trailing slash.
        let issuer = parts.public_url.as_str().trim_end_matches('/').to_owned();
        let (both, subjects) = ((db.clone(), writer.clone()), Subjects::new(&keys));
        let all_three = (db.clone(), writer.clone(), clock.clone());
        let admission = Admission::new(Arc::clone(&clients), parts.reader, parts.second_factor);

        let signing = OidcKeys::new(db.clone(), writer.clone(), keys.clone(), clock.clone());
        let (signing, access_keys) = (Arc::new(signing), AccessTokenKeys::new(&keys));
        let signer = TokenSigner::new(
            issuer.clone(),
            (clock.clone(), Arc::clone(&clients)),
            (Arc::clone(&signing), access_keys),
            subjects.clone(),
        );
        let signer = Arc::new(signer);

        let refresh_keys =
            Succession::new(&keys, "mjor_", KeyPurpose::OidcRefresh, KeyPurpose::OidcSuccession);
        let cache = GrantCache::new(db.clone(), parts.cache_entries, parts.feed);
        let grants = Arc::new(Grants::new(all_three.clone(), Arc::clone(&sessions), cache, refresh_keys));

        let documents = parts.metadata_clients;
        let documents = documents.then(|| Documents::new(&clock, shared, parts.test_web.as_ref()));
        let directory =
            ClientDirectory::new(Arc::clone(&clients), documents, (clock.clone(), writer.clone()));
        let directory = Arc::new(directory);
        let app_keys = ClientKeys::new(clock.clone(), outgoing.clone());
        let assertions = Assertions::new(issuer.clone(), (clock.clone(), writer.clone()), app_keys);

        let devices = Devices::new(all_three, (Arc::clone(&clients), admission.clone()), shared, &keys);
        let devices = Arc::new(devices);
        let tokens = TokenIssuer::new(
            (db.clone(), clock.clone()),
            (Arc::clone(&sessions), admission.clone()),
            (Arc::clone(&grants), Arc::clone(&devices)),
            Arc::clone(&signer),
        );
        let checks = TokenChecks::new(
            (issuer.clone(), clock.clone()),
            (Arc::clone(&clients), admission.clone()),
            (grants, Arc::clone(&signer)),
            subjects.clone(),
        );
        let hints =
            IdTokenHints::new(issuer, (Arc::clone(&signing), subjects), Arc::clone(&clients), db.clone());
        Self {
            client_auth: Arc::new(ClientAuth::new(Arc::clone(&directory), assertions, &clock, shared)),
            hints: Arc::new(hints),
            pushed: Arc::new(PushedRequests::new(writer, Arc::clone(&clients))),
            authorizations: Arc::new(Authorizations::new(both.clone(), admission)),
            connected_apps: Arc::new(ConnectedApps::new(both, clients, sessions)),
            issuer: Arc::new(tokens),
            checks: Arc::new(checks),
            keys: signing,
            directory,
            devices,
            signer,
            outgoing,
        }
    }
}
