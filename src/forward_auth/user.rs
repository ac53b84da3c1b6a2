//! Who asks for something behind a proxy: the one place that knows every way to say so there.

use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::http::auth::caller::{Caller, Credentials, authorization};
use crate::identity::Identity;
use crate::identity::accounts::member::Member;
use crate::identity::accounts::name::Login;
use crate::identity::accounts::scope::Scope;
use crate::identity::sessions::{Live, Unknown};

/// A member who asks, and how sure that is.
pub struct Known {
    pub member: Arc<Member>,
    /// Whether they have shown a second factor; by an API token nobody has.
    pub two_factors: bool,
}

impl Known {
    fn by_token(member: Arc<Member>) -> Self {
        Self { member, two_factors: false }
    }

    fn by_session(live: &Live) -> Self {
        Self { member: Arc::clone(&live.user), two_factors: live.session.methods.are_two_factors() }
    }
}

impl Identity {
    /// The member who asks: by a token, by the session cookie where the app shares our host, or by the proxy cookie. None
    /// for a stranger, and for who has signed out.
    ///
    /// An `Authorization` header that is not ours is the app's own business, so unlike elsewhere it spoils no cookie.
    pub async fn asker(&self, headers: &HeaderMap) -> Result<Option<Known>, Unknown> {
        let known = self.known(headers).await?;
        // Nothing is open to who must set up a second factor first.
        Ok(known.filter(|known| !self.lacks_factor(&known.member, known.member.factor_asked)))
    }

    async fn known(&self, headers: &HeaderMap) -> Result<Option<Known>, Unknown> {
        if let Some(caller) = told_apart(self.api_caller(headers).await?) {
            return Ok(Some(known_caller(&caller)));
        }
        // Without such a header the session cookie has been looked at by now.
        if headers.contains_key(AUTHORIZATION) {
            if let Some(user) = self.by_basic(headers).await? {
                return Ok(Some(Known::by_token(user)));
            }
            if let Some(caller) = told_apart(self.page_caller(headers).await?) {
                return Ok(Some(known_caller(&caller)));
            }
        }
        let Some(key) = self.proxy_cookie.read(headers) else { return Ok(None) };
        Ok(self.sessions.check_key(&key).await?.map(|live| Known::by_session(&live)))
    }

    /// Programs that know nothing else send a name and a password; the password is an API token of that name's.
    async fn by_basic(&self, headers: &HeaderMap) -> Result<Option<Arc<Member>>, Unknown> {
        let Some((name, token)) = basic(headers) else { return Ok(None) };
        let Some((user, held)) = self.check_api_token(&token).await? else { return Ok(None) };
        let login = Login::parse(&name);
        let is_theirs = [&user.username, &user.email].iter().any(|known| Login::parse(known) == login);
        Ok(Some(user).filter(|_| is_theirs && held.scopes.contains(Scope::ProfileRead)))
    }
}

fn known_caller(caller: &Caller) -> Known {
    match &caller.live {
        Some(live) => Known::by_session(live),
        None => Known::by_token(Arc::clone(&caller.user)),
    }
}

/// Apps are told whose profile it is, so a token must be good for reading it.
fn told_apart(credentials: Credentials) -> Option<Caller> {
    match credentials {
        Credentials::Good(caller) => Some(caller).filter(|caller| caller.may(Scope::ProfileRead)),
        Credentials::SetUpFirst(_) | Credentials::Nobody | Credentials::Refused => None,
    }
}

/// Name and password of the one `Authorization` header (RFC 7617).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (_, encoded) = authorization(headers).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}
