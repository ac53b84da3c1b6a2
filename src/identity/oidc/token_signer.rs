//! Signs what apps get, and reads the access tokens that it signed.

use std::sync::Arc;

use serde_json::Value;

use crate::identity::accounts::Member;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::keys::random_id;

use super::access_token::{AccessToken, AccessTokenKeys, Holder};
use super::claims::{self, AccessClaims, Authentication, IdClaims};
use super::client::OidcClient;
use super::clients::OidcClients;
use super::grant::Grant;
use super::keys::{OidcKeys, SigningKeys, TokenType};
use super::logout_queue::Leased;
use super::logout_token::LogoutClaims;
use super::scope_set::{OPENID, ScopeSet};
use super::subject::Subjects;

/// What an app gets from the token endpoint (RFC 6749 §5.1).
pub struct Issued {
    pub access_token: String,
    /// Seconds.
    pub expires_in: i64,
    pub scope: ScopeSet,
    pub refresh_token: Option<String>,
    pub id_token: Option<String>,
}

/// An access token to sign.
pub struct NewAccessToken<'w> {
    pub client: &'w OidcClient,
    pub holder: Holder,
    pub scope: ScopeSet,
    pub resource: Option<&'w str>,
    /// Of a person.
    pub grant: Option<&'w Grant>,
    pub now: Timestamp,
}

pub struct TokenSigner {
    issuer: String,
    clock: Clock,
    clients: Arc<OidcClients>,
    keys: Arc<OidcKeys>,
    access_keys: AccessTokenKeys,
    subjects: Subjects,
}

impl TokenSigner {
    pub fn new(
        issuer: String,
        (clock, clients): (Clock, Arc<OidcClients>),
        (keys, access_keys): (Arc<OidcKeys>, AccessTokenKeys),
        subjects: Subjects,
    ) -> Self {
        Self { issuer, clock, clients, keys, access_keys, subjects }
    }

    /// The tokens of a grant. `nonce` goes into the first ID token only (OpenID Connect Core 1.0 §12.2).
    pub async fn issue(
        &self,
        client: &OidcClient,
        member: &Member,
        grant: &Grant,
        (scope, nonce, resource): (ScopeSet, Option<&str>, Option<&str>),
    ) -> Result<Issued, Failure> {
        let now = self.clock.now();
        let wanted = NewAccessToken {
            client,
            holder: Holder::Person { grant: grant.id, user: grant.user_id },
            scope: scope.clone(),
            resource,
            grant: Some(grant),
            now,
        };
        let (access_token, expires_in) = self.access_token(wanted).await?;
        let id_token = match scope.contains(OPENID) {
            true => Some(self.id_token((client, member, grant), &scope, nonce, &access_token).await?),
            false => None,
        };
        Ok(Issued { access_token, expires_in, scope, refresh_token: None, id_token })
    }

    /// The text of an access token, and the seconds until it expires.
    pub async fn access_token(&self, wanted: NewAccessToken<'_>) -> Result<(String, i64), Failure> {
        let NewAccessToken { client, holder, scope, resource, grant, now } = wanted;
        let lifetime = client.registration.lifetimes.access(resource.is_some());
        let Some(resource) = resource else {
            let id = random_id();
            let token = AccessToken {
                holder,
                client: client.id,
                id,
                issued_at: now,
                expires_at: now + lifetime,
                scope,
                resource: None,
            };
            let text = match client.is_pairwise() {
                true => self.access_keys.seal(&token)?,
                false => self.access_keys.sign(&token)?,
            };
            return Ok((text, lifetime));
        };
        let sub = match &holder {
            Holder::Person { user, .. } => self.subjects.sub(client, *user),
            Holder::App { .. } => client.client_id.clone(),
        };
        let jti = self.access_keys.name(&holder, client.is_pairwise());
        let claims = AccessClaims {
            iss: &self.issuer,
            sub,
            aud: resource,
            client_id: &client.client_id,
            exp: now + lifetime,
            iat: now,
            jti: &jti,
            scope: &scope,
            authentication: grant.map(|grant| Authentication::of(&grant.details)),
        };
        let keys = self.keys.current().await?;
        Ok((keys.sign(client.registration.id_token_alg, TokenType::Access, &claims)?, lifetime))
    }

    async fn id_token(
        &self,
        (client, member, grant): (&OidcClient, &Member, &Grant),
        scope: &ScopeSet,
        nonce: Option<&str>,
        access_token: &str,
    ) -> Result<String, Failure> {
        let (now, alg) = (self.clock.now(), client.registration.id_token_alg);
        let details = &grant.details;
        let claims = IdClaims {
            iss: &self.issuer,
            sub: self.subjects.sub(client, grant.user_id),
            aud: &client.client_id,
            exp: now + client.registration.lifetimes.id(),
            iat: now,
            auth_time: details.auth_time,
            nonce,
            acr: claims::acr(details.two_factors),
            amr: &details.amr,
            sid: self.subjects.sid(client, &grant.sid),
            at_hash: claims::at_hash(access_token, alg),
            person: claims::of_member(member, scope, &details.claims.id_token),
        };
        Ok(self.keys.current().await?.sign(alg, TokenType::Id, &claims)?)
    }

    /// The keys by which it signs now.
    pub async fn keys(&self) -> Result<Arc<SigningKeys>, Failure> {
        self.keys.current().await
    }

    /// The text of a logout token for this app. Signing by RSA blocks for a while.
    pub fn logout_token(
        &self,
        keys: &SigningKeys,
        client: &OidcClient,
        (ended, now): (&Leased, Timestamp),
    ) -> anyhow::Result<String> {
        let sub = self.subjects.sub(client, ended.user_id);
        let sid = self.subjects.sid(client, &ended.sid);
        let claims = LogoutClaims::new((&self.issuer, &client.client_id), (&sub, &sid), ended, now);
        keys.sign(client.registration.id_token_alg, TokenType::Logout, &claims)
    }

    /// What a token of either form says, if this server signed it.
    pub async fn read_access(&self, text: &str) -> Result<Option<AccessToken>, Failure> {
        if let Some(token) = self.access_keys.open(text) {
            return Ok(Some(token));
        }
        if text.split('.').count() != 3 || text.len() > 16_000 {
            return Ok(None);
        }
        let claims = self.keys.current().await?.open(text, TokenType::Access);
        let all = self.clients.all().await?;
        Ok(claims.filter(|claims| claims["iss"] == self.issuer.as_str()).and_then(|claims| {
            let client = all.iter().find(|client| claims["client_id"] == client.client_id.as_str())?;
            of_claims(&claims, client.id, self.access_keys.holder(claims["jti"].as_str()?)?)
        }))
    }
}

/// The contents of an access token for an API, as `access_token` wrote them.
fn of_claims(claims: &Value, client: i64, holder: Holder) -> Option<AccessToken> {
    let time = |name: &str| claims[name].as_i64() as Option<Timestamp>;
    Some(AccessToken {
        holder,
        client,
        id: claims["jti"].as_str()?.to_owned(),
        issued_at: time("iat")?,
        expires_at: time("exp")?,
        scope: ScopeSet::parse(claims["scope"].as_str()?),
        resource: Some(claims["aud"].as_str()?.to_owned()),
    })
}
