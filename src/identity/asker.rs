//! Who asks for something behind a proxy: the one place that knows every way to say so there.

use std::sync::Arc;

use actix_web::http::header::HeaderMap;

use super::Identity;
use super::caller::{Caller, Credentials};
use super::member::Member;
use super::session::Unknown;
use super::token::Scope;

impl Identity {
    /// The member who asks: by a token, by the session cookie where the app shares our host, or by the proxy cookie. None
    /// for a stranger, and for who has signed out.
    ///
    /// An `Authorization` header that is not ours is the app's own business, so unlike elsewhere it spoils no cookie.
    pub async fn asker(&self, headers: &HeaderMap) -> Result<Option<Arc<Member>>, Unknown> {
        if let Some(caller) = told_apart(self.api_caller(headers).await?) {
            return Ok(Some(Arc::clone(&caller.user)));
        }
        if let Some(caller) = told_apart(self.page_caller(headers).await?) {
            return Ok(Some(Arc::clone(&caller.user)));
        }
        let Some(key) = self.proxy_cookie.read(headers) else { return Ok(None) };
        Ok(self.sessions.check_key(&key).await?.map(|live| live.user))
    }
}

/// Apps are told whose profile it is, so a token must be good for reading it.
fn told_apart(credentials: Credentials) -> Option<Caller> {
    match credentials {
        Credentials::Good(caller) => Some(caller).filter(|caller| caller.may(Scope::ProfileRead)),
        Credentials::Nobody | Credentials::Refused => None,
    }
}
