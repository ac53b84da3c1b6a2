//! Which credentials of a request count, and which user they belong to.

use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, HeaderMap};

use crate::http::site::Site;
use crate::identity::accounts::Scopes;
use crate::identity::sessions::{SessionReader, SessionUnavailable};
use crate::identity::tokens::Tokens;
use crate::identity::tokens::api_tokens::{self, ApiTokens};

use super::caller::{Caller, Carrier, authorization, is_bearer};
use super::cookies::{session, tokens};

/// The result of checking a request's credentials.
pub enum Credentials {
    Valid(Caller),
    /// An active session whose user must set up a second factor before using anything else.
    SetupRequired(Caller),
    /// No credentials, or only the cookie of a session that has ended: a browser sends that cookie automatically.
    Anonymous,
    /// An invalid `Authorization` header. Clients send one deliberately, so any cookie beside it is ignored.
    Invalid,
}

pub struct Authenticator {
    reader: Arc<SessionReader>,
    tokens: Arc<Tokens>,
    api_tokens: Arc<ApiTokens>,
}

impl Authenticator {
    pub fn new(reader: Arc<SessionReader>, tokens: Arc<Tokens>, api_tokens: Arc<ApiTokens>) -> Self {
        Self { reader, tokens, api_tokens }
    }

    pub fn reader(&self) -> &SessionReader {
        &self.reader
    }

    pub fn api_tokens(&self) -> &ApiTokens {
        &self.api_tokens
    }

    /// Authenticates a request to a page. Only the session cookie counts there.
    pub async fn page(&self, site: &Site, headers: &HeaderMap) -> Result<Credentials, SessionUnavailable> {
        let Some(id) = session::read(site, headers) else { return Ok(Credentials::Anonymous) };
        Ok(match self.reader.check(&id).await? {
            Some(active) => {
                authenticated(Caller::by_session(active, Carrier::SessionCookie, Scopes::all()), site)
            }
            None => Credentials::Anonymous,
        })
    }

    /// Authenticates a request to the API.
    pub async fn api(&self, site: &Site, headers: &HeaderMap) -> Result<Credentials, SessionUnavailable> {
        if headers.contains_key(AUTHORIZATION) {
            let caller = match authorization(headers) {
                // The scheme that clients of Django REST framework use.
                Some((scheme, token))
                    if token.starts_with(api_tokens::PREFIX)
                        && (is_bearer(scheme) || scheme.eq_ignore_ascii_case("token")) =>
                {
                    self.by_api_token(token).await?
                }
                Some((scheme, token)) if is_bearer(scheme) => {
                    self.by_access_token(token, Carrier::AccessToken).await?
                }
                _ => None,
            };
            return Ok(caller.map_or(Credentials::Invalid, |caller| authenticated(caller, site)));
        }
        match self.page(site, headers).await? {
            Credentials::Anonymous => {}
            found => return Ok(found),
        }
        let Some(token) = tokens::access(site, headers) else { return Ok(Credentials::Anonymous) };
        let caller = self.by_access_token(token, Carrier::TokenCookie).await?;
        Ok(caller.map_or(Credentials::Anonymous, |caller| authenticated(caller, site)))
    }

    async fn by_access_token(
        &self,
        token: &str,
        carrier: Carrier,
    ) -> Result<Option<Caller>, SessionUnavailable> {
        let found = self.tokens.authenticate(token).await?;
        Ok(found.map(|(active, scopes)| Caller::by_session(active, carrier, scopes)))
    }

    async fn by_api_token(&self, token: &str) -> Result<Option<Caller>, SessionUnavailable> {
        let found = self.api_tokens.authenticate(token).await?;
        Ok(found.map(|(user, grant)| Caller::by_api_token(user, &grant)))
    }
}

fn authenticated(caller: Caller, site: &Site) -> Credentials {
    match caller.user.lacks_required_factor(site.second_factor) {
        true => Credentials::SetupRequired(caller),
        false => Credentials::Valid(caller),
    }
}
