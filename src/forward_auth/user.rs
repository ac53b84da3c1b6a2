//! The user of a request behind a proxy: the only module that knows every way to present credentials there.

use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::http::auth::authenticator::{Authenticator, Credentials};
use crate::http::auth::caller::{Caller, authorization};
use crate::http::auth::cookies::proxy;
use crate::http::site::Site;
use crate::identity::accounts::name::Login;
use crate::identity::accounts::{Member, Scope};
use crate::identity::sessions::{ActiveSession, SessionUnavailable};

/// A member, and whether they used a second factor.
pub struct ForwardAuthUser {
    pub member: Arc<Member>,
    /// Whether a second factor was used; false for an API token.
    pub two_factors: bool,
}

impl ForwardAuthUser {
    fn by_token(member: Arc<Member>) -> Self {
        Self { member, two_factors: false }
    }

    fn by_session(active: &ActiveSession) -> Self {
        Self { member: Arc::clone(&active.user), two_factors: active.methods().are_two_factors() }
    }

    fn from_caller(caller: &Caller) -> Self {
        match &caller.active {
            Some(active) => Self::by_session(active),
            None => Self::by_token(Arc::clone(&caller.user)),
        }
    }

    /// Identifies the user by a token, by the session cookie if the app shares our host, or by the proxy
    /// cookie. None for an anonymous request or a session that has ended.
    ///
    /// A foreign `Authorization` header belongs to the app, so unlike elsewhere it does not invalidate a cookie.
    pub async fn find(
        authenticator: &Authenticator,
        site: &Site,
        headers: &HeaderMap,
    ) -> Result<Option<Self>, SessionUnavailable> {
        let user = find_any(authenticator, site, headers).await?;
        // A member who must set up a second factor first has no access.
        Ok(user.filter(|user| !user.member.lacks_required_factor(site.second_factor)))
    }
}

async fn find_any(
    authenticator: &Authenticator,
    site: &Site,
    headers: &HeaderMap,
) -> Result<Option<ForwardAuthUser>, SessionUnavailable> {
    if let Some(caller) = with_profile_scope(authenticator.api(site, headers).await?) {
        return Ok(Some(ForwardAuthUser::from_caller(&caller)));
    }
    // Without this header, the session cookie has already been checked.
    if headers.contains_key(AUTHORIZATION) {
        if let Some(user) = by_basic(authenticator, headers).await? {
            return Ok(Some(ForwardAuthUser::by_token(user)));
        }
        if let Some(caller) = with_profile_scope(authenticator.page(site, headers).await?) {
            return Ok(Some(ForwardAuthUser::from_caller(&caller)));
        }
    }
    by_proxy_cookie(authenticator, site, headers).await
}

/// Another host of the domain can set a cookie beside ours, but not a valid one, unless with a session of its own.
/// So the sessions that are active count if all are of one user; otherwise the browser must sign in. Of several, one
/// with a second factor counts.
async fn by_proxy_cookie(
    authenticator: &Authenticator,
    site: &Site,
    headers: &HeaderMap,
) -> Result<Option<ForwardAuthUser>, SessionUnavailable> {
    let mut found: Option<ForwardAuthUser> = None;
    for key in proxy::read(site, headers) {
        let Some(active) = authenticator.reader().check_key(&key).await? else { continue };
        let user = ForwardAuthUser::by_session(&active);
        found = match found {
            Some(other) if other.member.id != user.member.id => return Ok(None),
            Some(other) if other.two_factors => Some(other),
            _ => Some(user),
        };
    }
    Ok(found)
}

/// Programs that only support Basic authentication send a name and a password; the password is an API token
/// of that user.
async fn by_basic(
    authenticator: &Authenticator,
    headers: &HeaderMap,
) -> Result<Option<Arc<Member>>, SessionUnavailable> {
    let Some((name, token)) = basic(headers) else { return Ok(None) };
    let Some((user, grant)) = authenticator.api_tokens().authenticate(&token).await? else { return Ok(None) };
    let login = Login::parse(&name);
    let is_theirs = [&user.username, &user.email].iter().any(|known| Login::parse(known) == login);
    Ok(Some(user).filter(|_| is_theirs && grant.scopes.contains(Scope::ProfileRead)))
}

/// Apps receive the user's profile, so a token must have the scope for reading it.
fn with_profile_scope(credentials: Credentials) -> Option<Caller> {
    match credentials {
        Credentials::Valid(caller) => Some(caller).filter(|caller| caller.may(Scope::ProfileRead)),
        Credentials::SetupRequired(_) | Credentials::Anonymous | Credentials::Invalid => None,
    }
}

/// Name and password of a single `Authorization` header (RFC 7617).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (_, encoded) = authorization(headers).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}
