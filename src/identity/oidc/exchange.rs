//! The token endpoint: a code, a refresh token, or an app's own secret for tokens.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::identity::accounts::user;
use crate::identity::audit::{Client as Caller, Event};
use crate::identity::sessions::{ActiveSession, Key, NewSession, SessionKind, ended};
use crate::identity::unit_of_work::System;

use super::access_token::Holder;
use super::admission::admit;
use super::client::OidcClient;
use super::client_auth::AuthenticatedClient;
use super::code::{self, Code};
use super::grant::{self, Details, Grant, NewGrant};
use super::issue::{Issued, NewAccessToken};
use super::logins;
use super::offered::Offered;
use super::preset::STANDARD_SCOPES;
use super::provider::OidcProvider;
use super::refresh;
use super::registration::GrantType;
use super::scope_set::{OFFLINE_ACCESS, OPENID, ScopeSet};
use super::token_error::TokenRefusal;

/// Sessions of their own that one app may have of one user; beyond this, the oldest end.
const OFFLINE_SESSIONS: usize = 20;

/// What an app sends with a code.
pub struct CodeExchange {
    pub code: String,
    pub redirect_uri: String,
    pub verifier: Option<String>,
    pub resource: Option<String>,
}

/// What is brought for tokens: a code with all that belongs to it, or the code of a device alone.
#[derive(Clone, Copy)]
pub enum Redemption<'r> {
    Code(&'r CodeExchange),
    Device { resource: Option<&'r str> },
}

/// What became of a code in the transaction.
enum Used {
    Granted(Box<Grant>, Option<String>),
    /// It was used before.
    Again,
    /// Its session has ended since.
    Over,
}

impl OidcProvider {
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
    pub(super) async fn redeem(
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
        let active = self.reader.check_key(&code.session).await?;
        let active = active.filter(|active| active.user.id == code.user_id);
        let active = active.ok_or(TokenRefusal::InvalidGrant("the session has ended"))?;
        let person = (&*active.user, &*active.session);
        let servers = self.servers_admit(client, &code.request.details.resources(), person).await?;
        if servers.is_err() || admit(client, person.0, person.1, self.second_factor).is_err() {
            return Err(TokenRefusal::InvalidGrant("the app is no longer open to the user"));
        }
        let all = self.clients.all().await?;
        let mut details = code.request.details.clone();
        Offered::to(client, &all, &details.resources()).narrow(&mut details, false);
        let chosen: Vec<String> = resource.iter().map(|&one| one.to_owned()).collect();
        let scope = Offered::to(client, &all, &chosen).token(&details.scope, resource)?;
        let session = self.session_for((client, code), &details, &active, from).await?;
        let nonce = code.request.nonce.clone();
        match self.use_code(client, code, (session.clone(), details)).await {
            Ok(Used::Granted(grant, refresh_token)) => {
                let wanted = (scope, nonce.as_deref(), resource);
                let issued = self.issue(client, &active.user, &grant, wanted).await?;
                if grant.is_offline() {
                    self.end_surplus(&grant).await;
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

    /// Uses the code up and adds its grant, in one step.
    async fn use_code(
        &self,
        client: &OidcClient,
        code: &Code,
        (session, details): (Key, Details),
    ) -> Result<Used, TokenRefusal> {
        let refresh = client.registration.allows(GrantType::RefreshToken).then(|| self.refresh_keys.clone());
        let (client, until) = (client.id, self.sessions.latest_expiry());
        let new = NewGrant {
            client,
            user_id: code.user_id,
            login: code.session.clone(),
            session,
            sid: code.sid.clone(),
            epoch: code.epoch,
            details,
            expires_at: until,
        };
        let hash = code.hash.clone();
        let used = self.writer.of_user(code.user_id).write(System, move |write| {
            if !code::use_up(write, &hash)? {
                return Ok(Used::Again);
            }
            let is_over = ended::is_over(write.read(), &new.login)?;
            if is_over || !user::is_active(write.read(), new.user_id, new.epoch)? {
                return Ok(Used::Over);
            }
            let id = grant::add(write, &new)?;
            code::set_grant(write, &hash, id)?;
            if new.details.scope.contains(OPENID) {
                logins::add(write, &new)?;
            }
            let token = match refresh {
                Some(keys) => Some(refresh::begin(write, &keys, id)?),
                None => None,
            };
            let NewGrant { client, user_id, login, session, sid, details, expires_at, .. } = new;
            let grant = Grant { id, client, user_id, login, session, sid, details, expires_at };
            Ok::<_, TokenRefusal>(Used::Granted(Box::new(grant), token))
        });
        used.await
    }

    /// A second use of a code: one of the two is a thief's, so what the first gave ends (RFC 6749 §4.1.2).
    async fn end_replayed<T>(
        &self,
        client: &Arc<OidcClient>,
        code: &Code,
        from: &Caller,
    ) -> Result<T, TokenRefusal> {
        let text = code.hash.clone();
        let granted = self.db.run(move |conn| code::grant_of(conn, &text)).await?;
        if let Some(grant) = granted {
            self.end_grant(&grant).await?;
            let (user_id, from, name) = (code.user_id, from.clone(), client.name.clone());
            self.record_about(Event::AppCodeReused, user_id, &from, name).await;
        }
        Err(TokenRefusal::InvalidGrant("the code was used before"))
    }

    /// Ends the oldest sessions that an app has of its own of one user.
    async fn end_surplus(&self, newest: &Grant) {
        let (client, user_id) = (newest.client, newest.user_id);
        let grants = self.db.run(move |conn| grant::of_user(conn, user_id)).await.unwrap_or_default();
        let own = grants.iter().rev().filter(|grant| grant.client == client && grant.is_offline());
        for grant in own.skip(OFFLINE_SESSIONS) {
            if let Err(error) = self.end_grant(grant).await {
                tracing::warn!(%error, "an app's session beyond the limit was not ended");
            }
        }
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
        let (access_token, expires_in) = self.access_token(wanted).await?;
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
