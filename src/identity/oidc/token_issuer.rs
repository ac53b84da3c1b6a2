//! The token endpoint: a code, a refresh token, the code of a device, or an app's own secret for tokens.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::identity::audit::{Client as Caller, Event};
use crate::identity::sessions::{ActiveSession, Key, NewSession, SessionKind, Sessions};
use crate::identity::tokens::succession::Turn;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::rate_limit::KeyedSemaphore;

use super::access_token::Holder;
use super::admission::Admission;
use super::client::OidcClient;
use super::client_auth::AuthenticatedClient;
use super::code::{self, Code};
use super::devices::Devices;
use super::grant::{Details, Grant};
use super::grants::{Grants, Used};
use super::offered::Offered;
use super::preset::STANDARD_SCOPES;
use super::registration::GrantType;
use super::scope_set::{OFFLINE_ACCESS, ScopeSet};
use super::token_error::TokenRefusal;
use super::token_signer::{Issued, NewAccessToken, TokenSigner};

/// Concurrent refreshes of one user; more wait, so that no user fills the writer's queue.
const REFRESHES_AT_ONCE: usize = 4;
const REFRESH_WAIT: Duration = Duration::from_secs(10);
const INVALID: TokenRefusal =
    TokenRefusal::InvalidGrant("the refresh token is invalid, or its session has ended");

/// What an app sends with a code.
pub struct CodeExchange {
    pub code: String,
    pub redirect_uri: String,
    pub verifier: Option<String>,
    pub resource: Option<String>,
}

/// What is brought for tokens: a code with all that belongs to it, or the code of a device alone.
#[derive(Clone, Copy)]
enum Redemption<'r> {
    Code(&'r CodeExchange),
    Device { resource: Option<&'r str> },
}

pub struct TokenIssuer {
    db: Db,
    clock: Clock,
    sessions: Arc<Sessions>,
    admission: Admission,
    grants: Arc<Grants>,
    devices: Arc<Devices>,
    signer: Arc<TokenSigner>,
    refreshes: KeyedSemaphore,
}

impl TokenIssuer {
    pub fn new(
        (db, clock): (Db, Clock),
        (sessions, admission): (Arc<Sessions>, Admission),
        (grants, devices): (Arc<Grants>, Arc<Devices>),
        signer: Arc<TokenSigner>,
    ) -> Self {
        let refreshes = KeyedSemaphore::new(REFRESHES_AT_ONCE, REFRESH_WAIT);
        Self { db, clock, sessions, admission, grants, devices, signer, refreshes }
    }

    /// Tokens for a code (RFC 6749 §4.1.3).
    pub async fn exchange_code(
        &self,
        app: &AuthenticatedClient,
        exchange: CodeExchange,
        from: &Caller,
    ) -> Result<Issued, TokenRefusal> {
        let client = &app.client;
        if !client.registration.allows(GrantType::AuthorizationCode) {
            return Err(TokenRefusal::UnauthorizedClient("the app is not registered for codes"));
        }
        let text = exchange.code.clone();
        let found = self.db.run(move |conn| code::find(conn, &text)).await?;
        let code = found.filter(|code| code.client == client.id);
        let code = code.ok_or(TokenRefusal::InvalidGrant("the code is unknown"))?;
        self.redeem(client, &code, Redemption::Code(&exchange), from).await
    }

    /// Tokens for what a person has allowed, once.
    async fn redeem(
        &self,
        client: &Arc<OidcClient>,
        code: &Code,
        brought: Redemption<'_>,
        from: &Caller,
    ) -> Result<Issued, TokenRefusal> {
        if code.is_used {
            return self.end_replayed(client, code, from).await;
        }
        if self.clock.now() >= code.expires_at {
            return Err(TokenRefusal::InvalidGrant("the code has expired"));
        }
        let resource = check(code, &brought)?;
        let active = self.admission.active_session(&code.session, code.user_id).await?;
        let active = active.ok_or(TokenRefusal::InvalidGrant("the session has ended"))?;
        let person = (&*active.user, &*active.session);
        let servers = self.admission.servers_admit(client, &code.request.details.resources(), person).await?;
        if servers.is_err() || self.admission.admits(client, person.0, person.1).is_err() {
            return Err(TokenRefusal::InvalidGrant("the app is no longer open to the user"));
        }
        let all = self.admission.apps().await?;
        let mut details = code.request.details.clone();
        Offered::to(client, &all, &details.resources()).narrow(&mut details, false);
        let chosen: Vec<String> = resource.iter().map(|&one| one.to_owned()).collect();
        let scope = Offered::to(client, &all, &chosen).token(&details.scope, resource)?;
        let session = self.session_for((client, code), &details, &active, from).await?;
        let nonce = code.request.nonce.clone();
        match self.grants.use_code(client, code, (session.clone(), details)).await {
            Ok(Used::Granted(grant, refresh_token)) => {
                let wanted = (scope, nonce.as_deref(), resource);
                let issued = self.signer.issue(client, &active.user, &grant, wanted).await?;
                if grant.is_offline() {
                    self.grants.end_surplus(&grant).await;
                }
                Ok(Issued { refresh_token, ..issued })
            }
            not_granted => {
                if session != code.session {
                    self.sessions.end(&session).await?;
                }
                match not_granted? {
                    Used::Again => self.end_replayed(client, code, from).await,
                    _ => Err(TokenRefusal::InvalidGrant("the session has ended")),
                }
            }
        }
    }

    /// The session that the tokens stand on: the browser's, or one of their own that the person sees among their sessions.
    async fn session_for(
        &self,
        (client, code): (&OidcClient, &Code),
        details: &Details,
        active: &ActiveSession,
        from: &Caller,
    ) -> Result<Key, TokenRefusal> {
        if !details.scope.contains(OFFLINE_ACCESS) {
            return Ok(code.session.clone());
        }
        let new = NewSession {
            user_id: code.user_id,
            epoch: code.epoch,
            methods: active.session.methods,
            provider_methods: active.session.provider_methods,
            kind: SessionKind::Client,
            device: client.name.clone(),
            address: from.address.to_string(),
            proven_at: None,
        };
        Ok(self.sessions.begin(new).await?.key())
    }

    /// A second use of a code: one of the two is a thief's, so what the first gave ends (RFC 6749 §4.1.2).
    async fn end_replayed<T>(
        &self,
        client: &Arc<OidcClient>,
        code: &Code,
        from: &Caller,
    ) -> Result<T, TokenRefusal> {
        if let Some(grant) = self.grants.of_code(code).await? {
            self.grants.end_reused(&grant, Event::AppCodeReused, (client, from)).await?;
        }
        Err(TokenRefusal::InvalidGrant("the code was used before"))
    }

    /// The next tokens for a refresh token (RFC 6749 §6). Reuse of an old one ends the grant (RFC 9700 §4.14.2).
    pub async fn refresh(
        &self,
        app: &AuthenticatedClient,
        (text, scope, resource): (&str, Option<&str>, Option<&str>),
        from: &Caller,
    ) -> Result<Issued, TokenRefusal> {
        let client = &app.client;
        if !client.registration.allows(GrantType::RefreshToken) {
            return Err(TokenRefusal::UnauthorizedClient("the app is not registered for refresh tokens"));
        }
        let (token, mut found) = self.grants.find_refresh(text).await?.ok_or(INVALID)?;
        if found.client != client.id {
            return Err(INVALID);
        }
        let _permit = self.refreshes.acquire(&found.user_id.to_string()).await.ok_or_else(Failure::busy)?;
        let active = self.admission.active_session(&found.session, found.user_id).await?.ok_or(INVALID)?;
        let person = (&*active.user, &*active.session);
        let servers = self.admission.servers_admit(client, &found.details.resources(), person).await?;
        if servers.is_err() || self.admission.admits(client, person.0, person.1).is_err() {
            return Err(INVALID);
        }
        let scope = narrowed(&found, scope)?;
        let details = found.details.clone();
        let resource = details.choose(resource)?;
        let all = self.admission.apps().await?;
        let is_offline = found.is_offline();
        if !Offered::to(client, &all, &details.resources()).narrow(&mut found.details, is_offline) {
            return Err(INVALID);
        }
        let chosen: Vec<String> = resource.iter().map(|&one| one.to_owned()).collect();
        let scope = Offered::to(client, &all, &chosen).token(&scope, resource)?;
        let next = match self.grants.take_turn(client, token, &found).await? {
            Turn::Current { next, .. } | Turn::Repeated(next) => next,
            Turn::Unknown => return Err(INVALID),
            Turn::Reused => {
                self.grants.end_reused(&found, Event::AppRefreshReused, (client, from)).await?;
                return Err(INVALID);
            }
        };
        let issued = self.signer.issue(client, &active.user, &found, (scope, None, resource)).await?;
        Ok(Issued { refresh_token: Some(next.as_str().to_owned()), ..issued })
    }

    /// Tokens for a device, once the person has allowed it (RFC 8628 §3.4).
    pub async fn poll_device(
        &self,
        app: &AuthenticatedClient,
        (text, resource): (&str, Option<&str>),
        from: &Caller,
    ) -> Result<Issued, TokenRefusal> {
        let code = self.devices.poll(&app.client, text).await?;
        self.redeem(&app.client, &code, Redemption::Device { resource }, from).await
    }

    /// A token for the app itself (RFC 6749 §4.4).
    pub async fn client_credentials(
        &self,
        app: &AuthenticatedClient,
        scope: Option<&str>,
        resource: Option<&str>,
    ) -> Result<Issued, TokenRefusal> {
        let registration = &app.client.registration;
        let (true, Some(secret)) = (registration.allows(GrantType::ClientCredentials), app.secret.clone())
        else {
            return Err(TokenRefusal::UnauthorizedClient("the app is not registered for client_credentials"));
        };
        if resource.is_some_and(|resource| !registration.resources.contains(resource)) {
            return Err(TokenRefusal::InvalidTarget);
        }
        let own: ScopeSet = registration.scopes.iter().cloned().collect();
        let own = own.filter(|name| !STANDARD_SCOPES.contains(&name));
        let scope = scope.map_or_else(|| own.clone(), ScopeSet::parse);
        if !scope.is_within(&own) {
            return Err(TokenRefusal::InvalidScope("the app is not registered for this scope of its own"));
        }
        let wanted = NewAccessToken {
            client: &app.client,
            holder: Holder::App { secret },
            scope: scope.clone(),
            resource,
            grant: None,
            now: self.clock.now(),
        };
        let (access_token, expires_in) = self.signer.access_token(wanted).await?;
        Ok(Issued { access_token, expires_in, scope, refresh_token: None, id_token: None })
    }
}

/// Whether the code was issued for this redirect URI, this PKCE verifier and this resource; returns the resource.
fn check<'c>(code: &'c Code, brought: &Redemption<'_>) -> Result<Option<&'c str>, TokenRefusal> {
    let request = &code.request;
    let exchange = match brought {
        Redemption::Device { resource } => return request.details.choose(*resource),
        Redemption::Code(exchange) => exchange,
    };
    if request.redirect_uri != exchange.redirect_uri {
        return Err(TokenRefusal::InvalidGrant("the redirect URI is another than the code was sent to"));
    }
    let proof = exchange.verifier.as_deref().map(challenge_of);
    if request.challenge != proof {
        return Err(TokenRefusal::InvalidGrant("the code verifier does not fit the code challenge"));
    }
    request.details.choose(exchange.resource.as_deref())
}

/// S256 (RFC 7636 §4.6). A verifier of another length or alphabet fits nothing.
fn challenge_of(verifier: &str) -> String {
    let fits = (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    if fits { URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) } else { String::new() }
}

/// The scope of the next access token: what was granted, or less.
fn narrowed(grant: &Grant, asked: Option<&str>) -> Result<ScopeSet, TokenRefusal> {
    let granted = &grant.details.scope;
    let asked = asked.map_or_else(|| granted.clone(), ScopeSet::parse);
    match asked.is_within(granted) {
        true => Ok(asked),
        false => Err(TokenRefusal::InvalidScope("more scopes are asked for than were granted")),
    }
}
