//! Who asks, and by which carrier: session cookie, access token, token cookies or API token.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use crate::identity::Identity;
use crate::identity::accounts::member::Member;
use crate::identity::accounts::scope::{Scope, Scopes};
use crate::identity::sessions::{Live, Unknown};
use crate::identity::tokens::api_tokens as api_token;
use crate::identity::tokens::api_tokens::HeldToken;

/// What brought the request its rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    SessionCookie,
    AccessToken,
    /// An access token in a cookie, for browser apps.
    TokenCookie,
    /// By its id. It is of no session.
    ApiToken(i64),
}

impl Carrier {
    /// As the API tells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::SessionCookie => "cookie",
            Self::AccessToken => "access_token",
            Self::TokenCookie => "token_cookie",
            Self::ApiToken(_) => "api_token",
        }
    }
}

/// A member, by whichever carrier.
#[derive(Clone)]
pub struct Caller(Rc<Call>);

pub struct Call {
    pub user: Arc<Member>,
    pub carrier: Carrier,
    pub scopes: Scopes,
    /// The session that was brought.
    pub live: Option<Rc<Live>>,
}

impl Caller {
    /// Whoever has brought this live session. The locks call it; and a measurement, in their place.
    pub fn by_session(live: Live, carrier: Carrier, scopes: Scopes) -> Self {
        Self(Rc::new(Call { user: Arc::clone(&live.user), carrier, scopes, live: Some(Rc::new(live)) }))
    }

    pub fn by_api_token(user: Arc<Member>, token: &HeldToken) -> Self {
        let carrier = Carrier::ApiToken(token.id);
        Self(Rc::new(Call { user, carrier, scopes: token.scopes, live: None }))
    }

    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(scope)
    }
}

impl std::ops::Deref for Caller {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.0
    }
}

/// What the credentials of a request come to.
pub enum Credentials {
    Good(Caller),
    /// A live session, whose user must set up a second factor before anything else is open to them.
    SetUpFirst(Caller),
    /// None were brought, or only a cookie whose session has ended: a browser cannot help bringing that.
    Nobody,
    /// An `Authorization` header that is no good. Whoever sends one means it, so no cookie beside it counts.
    Refused,
}

impl Identity {
    /// Who brings this request to a page: only the session cookie counts there.
    pub async fn page_caller(&self, headers: &HeaderMap) -> Result<Credentials, Unknown> {
        let Some(id) = self.cookie.read(headers) else { return Ok(Credentials::Nobody) };
        Ok(match self.sessions.check(&id).await? {
            Some(live) => self.admitted(Caller::by_session(live, Carrier::SessionCookie, Scopes::all())),
            None => Credentials::Nobody,
        })
    }

    /// Who brings this request to the API.
    pub async fn api_caller(&self, headers: &HeaderMap) -> Result<Credentials, Unknown> {
        if headers.contains_key(AUTHORIZATION) {
            let caller = match authorization(headers) {
                // As Django REST framework's clients announce it, too.
                Some((scheme, token))
                    if token.starts_with(api_token::PREFIX)
                        && (is_bearer(scheme) || scheme.eq_ignore_ascii_case("token")) =>
                {
                    self.api_token_caller(token).await?
                }
                Some((scheme, token)) if is_bearer(scheme) => {
                    self.token_caller(token, Carrier::AccessToken).await?
                }
                _ => None,
            };
            return Ok(caller.map_or(Credentials::Refused, |caller| self.admitted(caller)));
        }
        match self.page_caller(headers).await? {
            Credentials::Nobody => {}
            found => return Ok(found),
        }
        let Some(token) = self.token_cookies.access(headers) else { return Ok(Credentials::Nobody) };
        let caller = self.token_caller(token, Carrier::TokenCookie).await?;
        Ok(caller.map_or(Credentials::Nobody, |caller| self.admitted(caller)))
    }

    async fn token_caller(&self, token: &str, carrier: Carrier) -> Result<Option<Caller>, Unknown> {
        let found = self.check_access(token).await?;
        Ok(found.map(|(live, scopes)| Caller::by_session(live, carrier, scopes)))
    }

    async fn api_token_caller(&self, token: &str) -> Result<Option<Caller>, Unknown> {
        let found = self.check_api_token(token).await?;
        Ok(found.map(|(user, held)| Caller::by_api_token(user, &held)))
    }
}

/// Scheme and credentials of the one `Authorization` header (RFC 9110 §11.6.2).
pub fn authorization(headers: &HeaderMap) -> Option<(&str, &str)> {
    let mut lines = headers.get_all(AUTHORIZATION);
    let (line, more): (&HeaderValue, _) = (lines.next()?, lines.next());
    let (scheme, credentials) = line.to_str().ok()?.split_once(' ')?;
    more.is_none().then_some((scheme, credentials.trim_matches(' ')))
}

fn is_bearer(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("bearer")
}

/// The access token of the one `Authorization` header (RFC 6750 §2.1).
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    authorization(headers).filter(|(scheme, _)| is_bearer(scheme)).map(|(_, token)| token)
}
