//! The context of a request: what a handler needs besides its services.

use std::cell::OnceCell;
use std::future::{Ready, ready};

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};

use crate::identity::audit::Client;
use crate::platform::clock::Timestamp;

use super::client::client_of;
use super::error::AppError;
use super::flash::Flash;
use super::page::{Page, see_other};
use super::site::Site;

pub struct Ctx {
    pub page: Page,
    pub site: web::Data<Site>,
    /// The time of the request.
    pub now: Timestamp,
    client: OnceCell<Client>,
    req: HttpRequest,
}

impl Ctx {
    /// The context of a request.
    ///
    /// # Errors
    /// `Internal` if the server has no site, which is a bug in its setup.
    pub fn of(req: &HttpRequest) -> Result<Self, AppError> {
        let site = service::<Site>(req)?;
        Ok(Self {
            page: Page::of(req),
            now: site.clock.now(),
            site,
            client: OnceCell::new(),
            req: req.clone(),
        })
    }

    /// The client, for limits and the audit trail. Most pages do not need it, so it is read from the headers on demand.
    pub fn client(&self) -> &Client {
        self.client.get_or_init(|| client_of(&self.req))
    }

    pub fn headers(&self) -> &HeaderMap {
        self.req.headers()
    }

    pub fn request(&self) -> &HttpRequest {
        &self.req
    }

    /// Redirects to `address` with a flash.
    pub fn done(&self, address: &str, flash: Flash) -> HttpResponse {
        self.done_with(address, flash, [])
    }

    /// Redirects to `address` with a flash that names what was acted on.
    pub fn done_named(&self, address: &str, flash: Flash, name: &str) -> HttpResponse {
        redirect(address, flash.cookie_named(name, &self.site), [])
    }

    /// Redirects to `address` with a flash about a provider, and cookies.
    pub fn done_about(
        &self,
        address: &str,
        flash: Flash,
        provider: &str,
        cookies: impl IntoIterator<Item = Cookie<'static>>,
    ) -> HttpResponse {
        redirect(address, flash.cookie_about(provider, &self.site), cookies)
    }

    /// Redirects to `address` with a flash and cookies.
    pub fn done_with(
        &self,
        address: &str,
        flash: Flash,
        cookies: impl IntoIterator<Item = Cookie<'static>>,
    ) -> HttpResponse {
        redirect(address, flash.cookie(&self.site), cookies)
    }
}

fn redirect(
    address: &str,
    flash: Cookie<'static>,
    cookies: impl IntoIterator<Item = Cookie<'static>>,
) -> HttpResponse {
    let mut response = see_other(address);
    response.cookie(flash);
    for cookie in cookies {
        response.cookie(cookie);
    }
    response.finish()
}

/// A service of the server, for code outside handlers.
///
/// # Errors
/// `Internal` if the server lacks the service, which is a bug in its setup.
pub fn service<T: 'static>(req: &HttpRequest) -> Result<web::Data<T>, AppError> {
    let service = req.app_data::<web::Data<T>>().cloned();
    Ok(service.ok_or_else(|| anyhow::anyhow!("the server lacks {}", std::any::type_name::<T>()))?)
}

impl FromRequest for Ctx {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req))
    }
}
