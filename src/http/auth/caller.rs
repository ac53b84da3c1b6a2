//! The caller of a request, and the carrier used: session cookie, access token, token cookies or API token.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use crate::identity::accounts::{ApiTokenGrant, Member, Scope, Scopes};
use crate::identity::sessions::ActiveSession;

/// What carries a session, or a user's rights, in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    SessionCookie,
    AccessToken,
    /// An access token in a cookie, for browser apps.
    TokenCookie,
    /// An API token, by its id. It belongs to no session.
    ApiToken(i64),
}

impl Carrier {
    /// The name that the API shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::SessionCookie => "cookie",
            Self::AccessToken => "access_token",
            Self::TokenCookie => "token_cookie",
            Self::ApiToken(_) => "api_token",
        }
    }
}

/// A member, whichever carrier they used.
#[derive(Clone)]
pub struct Caller(Rc<Call>);

pub struct Call {
    pub user: Arc<Member>,
    pub carrier: Carrier,
    pub scopes: Scopes,
    /// The session; none for an API token.
    pub active: Option<Rc<ActiveSession>>,
}

impl Caller {
    /// A caller with an active session. Called by the locks, and by a benchmark in their place.
    pub fn by_session(active: ActiveSession, carrier: Carrier, scopes: Scopes) -> Self {
        Self(Rc::new(Call { user: Arc::clone(&active.user), carrier, scopes, active: Some(Rc::new(active)) }))
    }

    pub fn by_api_token(user: Arc<Member>, grant: &ApiTokenGrant) -> Self {
        let carrier = Carrier::ApiToken(grant.id);
        Self(Rc::new(Call { user, carrier, scopes: grant.scopes, active: None }))
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

/// Scheme and credentials of a single `Authorization` header (RFC 9110 §11.6.2).
pub fn authorization(headers: &HeaderMap) -> Option<(&str, &str)> {
    let mut lines = headers.get_all(AUTHORIZATION);
    let (line, more): (&HeaderValue, _) = (lines.next()?, lines.next());
    let (scheme, credentials) = line.to_str().ok()?.split_once(' ')?;
    more.is_none().then_some((scheme, credentials.trim_matches(' ')))
}

pub(super) fn is_bearer(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("bearer")
}

/// The access token of a single `Authorization` header (RFC 6750 §2.1).
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    authorization(headers).filter(|(scheme, _)| is_bearer(scheme)).map(|(_, token)| token)
}
