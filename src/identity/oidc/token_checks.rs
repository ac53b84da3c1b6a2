//! Whether an app's token is valid now: the same answer for userinfo, introspection and revocation.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::identity::accounts::Member;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;

use super::access_token::{AccessToken, Holder};
use super::admission::Admission;
use super::claims;
use super::client::OidcClient;
use super::client_auth::AuthenticatedClient;
use super::clients::OidcClients;
use super::grant::Grant;
use super::grants::Grants;
use super::introspection::{ActiveToken, Introspection, OfAccess, OfPerson};
use super::offered::Offered;
use super::registration::GrantType;
use super::scope_set::ScopeSet;
use super::subject::Subjects;
use super::token_error::TokenRefusal;
use super::token_signer::TokenSigner;

/// An access token that is valid now.
pub struct LiveToken {
    token: AccessToken,
    client: Arc<OidcClient>,
    pub holder: LiveHolder,
    /// The name of its person for the app.
    sub: String,
}

pub enum LiveHolder {
    Person(Box<Grant>, Arc<Member>),
    App,
}

impl LiveHolder {
    /// What the person has allowed, as far as the app is still registered for it.
    fn scope(&self) -> ScopeSet {
        match self {
            Self::Person(grant, _) => grant.details.scope.clone(),
            Self::App => ScopeSet::default(),
        }
    }
}

impl LiveToken {
    pub fn scope(&self) -> &ScopeSet {
        &self.token.scope
    }

    /// Whether it is for this server, rather than for another API.
    pub fn is_for_us(&self) -> bool {
        self.token.resource.is_none()
    }

    /// What userinfo returns (OpenID Connect Core 1.0 §5.3.2); none for an app's own token.
    pub fn userinfo(&self) -> Option<Map<String, Value>> {
        let LiveHolder::Person(grant, member) = &self.holder else { return None };
        let named = &grant.details.claims.userinfo;
        let mut claims = claims::of_member(member, &self.token.scope, named);
        claims.insert("sub".to_owned(), json!(self.sub));
        Some(claims)
    }
}

pub struct TokenChecks {
    issuer: String,
    clock: Clock,
    clients: Arc<OidcClients>,
    admission: Admission,
    grants: Arc<Grants>,
    signer: Arc<TokenSigner>,
    subjects: Subjects,
}

impl TokenChecks {
    pub fn new(
        (issuer, clock): (String, Clock),
        (clients, admission): (Arc<OidcClients>, Admission),
        (grants, signer): (Arc<Grants>, Arc<TokenSigner>),
        subjects: Subjects,
    ) -> Self {
        Self { issuer, clock, clients, admission, grants, signer, subjects }
    }

    /// The token, if its signature is ours and everything that it stands on still holds.
    pub async fn check(&self, text: &str) -> Result<Option<LiveToken>, Failure> {
        let Some(mut token) = self.signer.read_access(text).await? else { return Ok(None) };
        if !token.is_valid_at(self.clock.now()) {
            return Ok(None);
        }
        let all = self.clients.all().await?;
        let client = all.iter().find(|client| client.id == token.client && !client.disabled);
        let Some(client) = client.map(Arc::clone) else { return Ok(None) };
        let holder = match &token.holder {
            Holder::App { secret } => {
                let holds =
                    client.has_marked(secret) && client.registration.allows(GrantType::ClientCredentials);
                holds.then_some(LiveHolder::App)
            }
            Holder::Person { grant, user } => {
                let grant = self.grants.find(*user, *grant).await?;
                match grant.filter(|grant| grant.client == client.id) {
                    Some(grant) => self.live(&client, &all, grant).await?,
                    None => None,
                }
            }
        };
        let resource = token.resource.as_deref();
        let offered = Offered::to(&client, &all, token.resource.as_slice());
        if resource.is_some_and(|resource| !offered.has_resource(resource)) {
            return Ok(None);
        }
        token.scope = token.scope.filter(|name| offered.has_scope(name));
        Ok(holder.map(|holder| {
            let sub = self.sub(&client, &holder);
            LiveToken { token, client, holder, sub }
        }))
    }

    fn sub(&self, client: &OidcClient, holder: &LiveHolder) -> String {
        match holder {
            LiveHolder::App => client.client_id.clone(),
            LiveHolder::Person(grant, _) => self.subjects.sub(client, grant.user_id),
        }
    }

    /// The person of a grant, if its session lives and the app still admits them.
    async fn live(
        &self,
        client: &OidcClient,
        all: &[Arc<OidcClient>],
        mut grant: Grant,
    ) -> Result<Option<LiveHolder>, Failure> {
        let active = self.admission.active_session(&grant.session, grant.user_id).await?;
        let Some(active) = active else { return Ok(None) };
        let admitted = self.admission.admits(client, &active.user, &active.session).is_ok();
        let resources = grant.details.resources();
        let person = (&*active.user, &*active.session);
        let admitted = admitted && self.admission.servers_admit(client, &resources, person).await?.is_ok();
        let is_offline = grant.is_offline();
        let goes_on = Offered::to(client, all, &resources).narrow(&mut grant.details, is_offline);
        Ok((admitted && goes_on).then(|| LiveHolder::Person(Box::new(grant), active.user)))
    }

    /// Whether a token is active, and what it says (RFC 7662 §2.2): to the app that it was issued to, and to the API that it
    /// is for.
    pub async fn introspect(
        &self,
        app: &AuthenticatedClient,
        text: &str,
    ) -> Result<Introspection, TokenRefusal> {
        if app.secret.is_none() {
            return Err(TokenRefusal::InvalidClient);
        }
        if let Some((token, grant)) = self.grants.find_refresh(text).await? {
            let is_own =
                grant.client == app.client.id && self.grants.is_current(&app.client, &token, &grant).await?;
            let all = self.clients.all().await?;
            let live = if is_own { self.live(&app.client, &all, grant).await? } else { None };
            let Some(holder) = live else { return Ok(Introspection::INACTIVE) };
            let sub = self.sub(&app.client, &holder);
            return Ok(self.describe(&app.client, holder.scope(), (sub, &holder), None));
        }
        let Some(live) = self.check(text).await? else { return Ok(Introspection::INACTIVE) };
        let resource = live.token.resource.as_ref();
        let is_theirs = live.client.id == app.client.id
            || resource.is_some_and(|resource| app.client.registration.resources.contains(resource));
        if !is_theirs {
            return Ok(Introspection::INACTIVE);
        }
        let LiveToken { token, client, holder, sub } = live;
        let access = OfAccess {
            token_type: "Bearer",
            exp: token.expires_at,
            iat: token.issued_at,
            jti: token.id,
            aud: token.resource.unwrap_or_else(|| client.client_id.clone()),
        };
        Ok(self.describe(&client, token.scope, (sub, &holder), Some(access)))
    }

    fn describe(
        &self,
        client: &OidcClient,
        scope: ScopeSet,
        (sub, holder): (String, &LiveHolder),
        access: Option<OfAccess>,
    ) -> Introspection {
        let person = match holder {
            LiveHolder::App => None,
            LiveHolder::Person(grant, member) => Some(OfPerson {
                // A pairwise app learns the username by its scope only, and so does the API that it calls.
                username: (!client.is_pairwise() || scope.contains("profile"))
                    .then(|| member.username.clone()),
                sid: self.subjects.sid(client, &grant.sid),
                auth_time: grant.details.auth_time,
                acr: claims::acr(grant.details.two_factors),
            }),
        };
        let (iss, client_id) = (self.issuer.clone(), client.client_id.clone());
        Introspection::Active(Box::new(ActiveToken {
            active: true,
            iss,
            client_id,
            scope,
            sub,
            person,
            access,
        }))
    }

    /// Ends the grant of an app's token (RFC 7009). A token that is invalid, or another app's, changes nothing.
    pub async fn revoke(&self, app: &AuthenticatedClient, text: &str) -> Result<(), TokenRefusal> {
        let grant = match self.grants.find_refresh(text).await? {
            Some((_, grant)) => Some(grant),
            None => {
                match self.signer.read_access(text).await?.filter(|token| token.client == app.client.id) {
                    Some(AccessToken { holder: Holder::App { .. }, .. }) => {
                        return Err(TokenRefusal::UnsupportedTokenType);
                    }
                    Some(AccessToken { holder: Holder::Person { grant, user }, .. }) => {
                        self.grants.find(user, grant).await?
                    }
                    None => None,
                }
            }
        };
        if let Some(grant) = grant.filter(|grant| grant.client == app.client.id) {
            self.grants.end(&grant).await?;
        }
        Ok(())
    }
}
