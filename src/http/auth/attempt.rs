//! The guard of every sign-in handler: what a sign-in needs from the request, as data.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use crate::http::client::client_of;
use crate::http::ctx::service;
use crate::http::error::AppError;
use crate::http::guard::Guard;
use crate::http::page::Page;
use crate::http::site::Site;
use crate::identity::accounts::KnownDevice;
use crate::identity::applications::Applications;
use crate::identity::sign_in::{Attempt, Issue};
use crate::identity::tokens::Presented;

use super::caller::Caller;
use super::cookies::device;
use super::presented::presented;
use super::redirect_target::RedirectTarget;

/// Open to anyone.
pub struct SignInRequest {
    /// The member who is already signed in, if the store answered immediately.
    pub caller: Option<Caller>,
    pub device: KnownDevice,
    pub site: web::Data<Site>,
    applications: web::Data<Applications>,
    req: HttpRequest,
}

impl SignInRequest {
    /// An attempt to sign in from this browser.
    pub fn attempt(&self, issue: Issue, return_to: &str) -> Attempt {
        Attempt {
            client: client_of(&self.req),
            device: self.device.clone(),
            issue,
            presented: presented(&self.site, self.req.headers(), None),
            return_to: return_to.to_owned(),
            trust_device: false,
        }
    }

    /// An attempt by a program, which does not end the program's other sessions.
    pub fn program_attempt(&self, issue: Issue) -> Attempt {
        Attempt { presented: Presented::default(), ..self.attempt(issue, "") }
    }

    /// The page of the request.
    pub fn page(&self) -> Page {
        Page::of(&self.req)
    }

    /// Where to redirect after sign-in.
    pub async fn target(&self, return_to: &str) -> RedirectTarget {
        RedirectTarget::find(return_to, &self.applications, &self.site).await
    }
}

impl Guard for SignInRequest {}

impl FromRequest for SignInRequest {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let of = || {
            let (site, applications) = (service::<Site>(req)?, service::<Applications>(req)?);
            let device = device::read(&site, req.headers());
            let caller = req.extensions().get::<Caller>().cloned();
            Ok(Self { caller, device, site, applications, req: req.clone() })
        };
        ready(of())
    }
}
