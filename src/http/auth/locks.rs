//! The locks of routes: which requests reach a handler.

use std::future::Future;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::api_path::is_api;
use crate::http::ctx::service;
use crate::http::error::AppError;
use crate::http::flash::Flash;
use crate::http::layout::{PageMember, SetupOnly};
use crate::http::page::see_other;
use crate::http::site::Site;
use crate::identity::accounts::{Member, Scope};
use crate::identity::sessions::SessionUnavailable;

use super::authenticator::{Authenticator, Credentials};
use super::caller::Caller;
use super::cookies::{device, session};
use super::factor_setup::{redirect_to_setup, redirects_members};
use super::step_up::NewCookie;
use super::unsent_form::{refuse_foreign, sign_in_first};

/// What a lock needs.
struct Lock {
    authenticator: web::Data<Authenticator>,
    site: web::Data<Site>,
}

impl Lock {
    fn of(req: &HttpRequest) -> Result<Self, AppError> {
        Ok(Self { authenticator: service(req)?, site: service(req)? })
    }

    async fn credentials(&self, req: &HttpRequest) -> Result<Credentials, SessionUnavailable> {
        match is_api(req.path()) {
            true => self.authenticator.api(&self.site, req.headers()).await,
            false => self.authenticator.page(&self.site, req.headers()).await,
        }
    }

    /// The caller, if known immediately. Skips a store that is failing.
    async fn try_authenticate(
        &self,
        looked_up: impl Future<Output = Result<Credentials, SessionUnavailable>>,
    ) -> Option<Credentials> {
        if !self.authenticator.reader().cache().is_trusted() {
            return None;
        }
        tokio::time::timeout(self.site.auth_timeout, looked_up).await.ok()?.ok()
    }
}

/// The lock for public routes: identifies members without waiting for the store. It waits only for programs
/// that change something or send credentials: an outage must not make them appear signed out.
pub async fn open(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let lock = Lock::of(req.request())?;
    if is_api(req.path()) && (!req.method().is_safe() || req.headers().contains_key(AUTHORIZATION)) {
        return match lock.credentials(req.request()).await {
            Ok(Credentials::Anonymous) => Ok(next.call(req).await?.map_into_boxed_body()),
            found => authorize(found, req, next, &lock).await,
        };
    }
    match lock.try_authenticate(lock.credentials(req.request())).await {
        Some(Credentials::Valid(caller)) => continue_as(req, next, caller, &lock).await,
        Some(Credentials::SetupRequired(_)) if redirects_members(&req) => {
            let answer = redirect_to_setup(&req);
            Ok(req.into_response(answer))
        }
        _ => Ok(next.call(req).await?.map_into_boxed_body()),
    }
}

/// The lock for members' routes: an active session passes, an ended one is redirected to sign-in (401 for a
/// program), and an unknown state is 503.
pub async fn member(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let lock = Lock::of(req.request())?;
    authorize(lock.credentials(req.request()).await, req, next, &lock).await
}

/// The lock for the setup pages of a second factor: like the members' lock, but also open to members who must
/// set one up.
pub async fn factor_setup(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let lock = Lock::of(req.request())?;
    match lock.credentials(req.request()).await {
        Ok(Credentials::SetupRequired(caller)) => {
            if let Some(answer) = refuse_foreign(req.request(), caller.user.id, &lock.site) {
                return Ok(req.into_response(answer));
            }
            req.extensions_mut().insert(SetupOnly);
            continue_as(req, next, caller, &lock).await
        }
        found => authorize(found, req, next, &lock).await,
    }
}

/// The lock for staff pages: like the members' lock, then 403 for members without the staff flag.
pub async fn staff(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let lock = Lock::of(req.request())?;
    match lock.credentials(req.request()).await {
        Ok(Credentials::Valid(caller)) if !caller.user.staff => {
            req.extensions_mut().insert(PageMember::of(&caller.user));
            Ok(req.error_response(AppError::not_staff()))
        }
        found => authorize(found, req, next, &lock).await,
    }
}

async fn authorize(
    found: Result<Credentials, SessionUnavailable>,
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    lock: &Lock,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let is_api = is_api(req.path());
    match found {
        Ok(Credentials::Valid(caller)) => match refuse_foreign(req.request(), caller.user.id, &lock.site) {
            Some(answer) => Ok(req.into_response(answer)),
            None => continue_as(req, next, caller, lock).await,
        },
        Ok(Credentials::SetupRequired(_)) if is_api => Ok(req.error_response(AppError::SetUpFirst)),
        Ok(Credentials::SetupRequired(_)) => {
            let answer = redirect_to_setup(&req);
            Ok(req.into_response(answer))
        }
        Ok(Credentials::Invalid) => Ok(req.error_response(AppError::BadToken)),
        Ok(Credentials::Anonymous) if is_api => Ok(req.error_response(AppError::Unauthorized)),
        Ok(Credentials::Anonymous) => {
            let stored = Box::pin(sign_in_first(&mut req)).await;
            let answer = stored.unwrap_or_else(|| redirect_to_sign_in(&req, &lock.site));
            Ok(req.into_response(answer))
        }
        Err(unavailable) => Ok(req.error_response(AppError::from(unavailable))),
    }
}

/// The scope that a token needs for a method of a resource, in addition to the resource's lock.
pub async fn scope(
    scope: Scope,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let caller = req.extensions().get::<Caller>().cloned();
    match caller.filter(|caller| !caller.may(scope)) {
        None => {}
        Some(caller) if caller.active.is_none() && !scope.is_for_api_tokens() => {
            return Ok(req.error_response(AppError::NeedsSession));
        }
        Some(_) => return Ok(req.error_response(AppError::OutOfScope(scope.name()))),
    }
    Ok(next.call(req).await?.map_into_boxed_body())
}

/// The handler for unknown paths. Members see the usual layout.
pub async fn not_found(req: HttpRequest) -> AppError {
    show_member(&req).await.err().unwrap_or(AppError::NotFound)
}

/// Identifies the member for the layout of a page that is open to anyone, without waiting for the store.
pub async fn show_member(req: &HttpRequest) -> Result<(), AppError> {
    let lock = Lock::of(req)?;
    let page = lock.authenticator.page(&lock.site, req.headers());
    if let Some(Credentials::Valid(caller)) = lock.try_authenticate(page).await {
        req.extensions_mut().insert(PageMember::of(&caller.user));
    }
    Ok(())
}

/// Passes the request on with its member, and adds the renewed cookie to the response.
async fn continue_as(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    caller: Caller,
    lock: &Lock,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let site = &lock.site;
    let active = caller.active.clone();
    let renewed = active.and_then(|active| Some((session::reissue(site, &active, req.headers())?, active)));
    let member = caller.active.as_ref().map(|active| Arc::clone(&active.user));
    req.extensions_mut().insert(PageMember::of(&caller.user));
    req.extensions_mut().insert(caller);
    let mut res = next.call(req).await?.map_into_boxed_body();
    let member = member_from_now_on(&res, member, lock).await;
    let devices = device::renewed(site, res.request().headers(), member.as_ref().map(|member| &member.user));
    devices.iter().for_each(|cookie| add_cookie_unless_set(&mut res, cookie));
    let stepped_up = res.request().extensions_mut().remove::<NewCookie>();
    if let Some(NewCookie(cookie)) = stepped_up {
        add_cookie_unless_set(&mut res, &cookie);
        return Ok(res);
    }
    if let Some((cookie, active)) = renewed
        && Box::pin(lock.authenticator.reader().has_ended(&active.key)).await.is_ok_and(|ended| !ended)
    {
        add_cookie_unless_set(&mut res, &cookie);
    }
    Ok(res)
}

/// The member with the epoch that they have after the request: with a session's new id may come a new epoch.
async fn member_from_now_on(
    res: &ServiceResponse<BoxBody>,
    member: Option<Arc<Member>>,
    lock: &Lock,
) -> Option<Arc<Member>> {
    let Some(id) = session::set_by(&lock.site, res.headers()) else {
        // Without a cookie for the session, a write may have changed the epoch: the next page renews it.
        return member.filter(|_| res.request().method().is_safe());
    };
    let active = lock.authenticator.reader().check(&id).await.ok()?;
    active.map(|active| active.user)
}

/// Adds a cookie, unless the handler has already set it (on sign-out or for a new id).
fn add_cookie_unless_set(res: &mut ServiceResponse<BoxBody>, cookie: &Cookie<'_>) {
    let prefix = format!("{}=", cookie.name());
    let is_set =
        res.headers().get_all(SET_COOKIE).any(|value| value.as_bytes().starts_with(prefix.as_bytes()));
    if let (false, Ok(value)) = (is_set, HeaderValue::try_from(cookie.to_string())) {
        res.headers_mut().append(SET_COOKIE, value);
    }
}

/// Redirects to sign-in, which returns to the requested page if the request was for a page.
fn redirect_to_sign_in(req: &ServiceRequest, site: &Site) -> HttpResponse {
    let wanted = req.uri().path_and_query().map_or("/", |place| place.as_str());
    let address = match *req.method() {
        Method::GET | Method::HEAD => {
            format!("/login?next={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC))
        }
        _ => "/login".to_owned(),
    };
    let mut response = see_other(&address);
    if session::read(site, req.headers()).is_some() {
        // Do not expire the old cookie: by the time this response arrives, the browser may have a newer one.
        response.cookie(Flash::SessionOver.cookie(site));
    }
    response.finish()
}
