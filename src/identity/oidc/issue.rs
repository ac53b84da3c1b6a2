//! Access tokens and ID tokens.

use crate::identity::accounts::Member;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Timestamp;
use crate::platform::keys::random_id;

use super::access_token::{AccessToken, Holder};
use super::claims::{self, AccessClaims, Authentication, IdClaims};
use super::client::OidcClient;
use super::grant::Grant;
use super::keys::TokenType;
use super::provider::OidcProvider;
use super::scope_set::{OPENID, ScopeSet};

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
pub(super) struct NewAccessToken<'w> {
    pub client: &'w OidcClient,
    pub holder: Holder,
    pub scope: ScopeSet,
    pub resource: Option<&'w str>,
    /// Of a person.
    pub grant: Option<&'w Grant>,
    pub now: Timestamp,
}

impl OidcProvider {
    /// The tokens of a grant. `nonce` goes into the first ID token only (OpenID Connect Core 1.0 §12.2).
    pub(super) async fn issue(
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
    pub(super) async fn access_token(&self, wanted: NewAccessToken<'_>) -> Result<(String, i64), Failure> {
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
}
