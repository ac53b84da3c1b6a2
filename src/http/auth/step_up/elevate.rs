//! An elevated session and its cookie.

use actix_web::cookie::Cookie;
use actix_web::{HttpMessage, HttpRequest};

use crate::http::auth::caller::Carrier;
use crate::http::auth::cookies::session;
use crate::http::auth::guards::CurrentUser;
use crate::http::client::client_of;
use crate::http::ctx::service;
use crate::http::error::AppError;
use crate::http::site::Site;
use crate::identity::audit::Client;
use crate::identity::sessions::{Method, SessionReader};
use crate::identity::sign_in::{AcceptedProofs, Reauth, ReauthPolicy, StepUp};

/// The cookie of a session whose id changed in this request, to be added to the response.
pub struct NewCookie(pub Cookie<'static>);

/// A member performing a sensitive action.
pub struct Step<'a> {
    pub req: &'a HttpRequest,
    pub current: &'a CurrentUser,
    pub client: Client,
    pub accepted: AcceptedProofs,
}

impl<'a> Step<'a> {
    pub fn new(req: &'a HttpRequest, current: &'a CurrentUser, policy: ReauthPolicy) -> Self {
        Self { req, current, client: client_of(req), accepted: policy.accepted_from(&current.user) }
    }

    pub fn reauth(&self) -> Reauth<'_> {
        Reauth {
            active: self.current,
            by_cookie: self.current.carrier == Carrier::SessionCookie,
            accepted: self.accepted,
            client: &self.client,
        }
    }

    /// The member with the session's new id; the response sets its cookie.
    pub async fn elevate(&self, method: Method) -> Result<CurrentUser, AppError> {
        let (step_up, site) = (service::<StepUp>(self.req)?, service::<Site>(self.req)?);
        let id = step_up.elevate(self.current, method, &self.client).await?;
        let cookie = session::issue(&site, &id, self.current.session.kind);
        self.req.extensions_mut().insert(NewCookie(cookie));
        let active = service::<SessionReader>(self.req)?.check(&id).await?;
        Ok(self.current.with_session(active.ok_or(AppError::SessionOver)?))
    }
}
