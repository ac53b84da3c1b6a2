//! Who asks for something behind a proxy: the one place that knows every way to bring a session there.

use actix_web::http::header::HeaderMap;

use super::Identity;
use super::session::{Live, Unknown};

impl Identity {
    /// The member who asks, by the session cookie where the app shares our host, or by the proxy cookie. None for a
    /// stranger, and for who has signed out.
    pub async fn asker(&self, headers: &HeaderMap) -> Result<Option<Live>, Unknown> {
        if let Some(id) = self.cookie.read(headers)
            && let Some(live) = self.sessions.check(&id).await?
        {
            return Ok(Some(live));
        }
        match self.proxy_cookie.read(headers) {
            Some(key) => self.sessions.check_key(&key).await,
            None => Ok(None),
        }
    }
}
