//! The guards: locks for routes, and the extractors that say in a handler's signature who may call it.

use std::future::{Future, Ready, ready};
use std::rc::Rc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::guard::Guard;
use crate::http::page::see_other;
use crate::http::problem::is_api;
use crate::http::{AppError, Notice, Site};

use super::caller::{Caller, Carrier, Credentials};
use super::cookies::device::Device;
use super::factor_setup as set_up;
use crate::identity::access::Rule;
use crate::identity::access::rules::IsAdminUser;
use crate::identity::accounts::scope::{Scope, Scopes};
use crate::identity::accounts::user::NoLongerStaff;
use crate::identity::sessions::{Live, Unknown};
use crate::identity::sign_in::step_up::NewCookie;
use crate::identity::{App, Identity};

/// A member, by a live session. Only routes locked for members have one; an API token brings no session.
#[derive(Clone)]
pub struct CurrentUser {
    live: Rc<Live>,
    pub carrier: Carrier,
    pub scopes: Scopes,
}

impl CurrentUser {
    /// The session that a caller has brought.
    pub fn of(caller: &Caller) -> Option<Self> {
        let live = caller.live.clone()?;
        Some(Self { live, carrier: caller.carrier, scopes: caller.scopes })
    }

    /// The same member, once the session goes on under another id.
    pub fn going_on_as(&self, live: Live) -> Self {
        Self { live: Rc::new(live), carrier: self.carrier, scopes: self.scopes }
    }
}

impl Guard for Caller {}
impl Guard for CurrentUser {}
impl Guard for Visitor {}
impl Guard for Staff {}

impl std::ops::Deref for CurrentUser {
    type Target = Live;

    fn deref(&self) -> &Live {
        &self.live
    }
}

impl FromRequest for CurrentUser {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller_of(req).and_then(|caller| CurrentUser::of(&caller).ok_or(AppError::NeedsSession)))
    }
}

impl FromRequest for Caller {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller_of(req))
    }
}

fn caller_of(req: &HttpRequest) -> Result<Caller, AppError> {
    let caller = req.extensions().get::<Caller>().cloned();
    caller.ok_or_else(|| anyhow::anyhow!("{} lacks its member lock", req.path()).into())
}

/// Anyone; with the member, if one comes and the store said so at once.
pub struct Visitor(pub Option<Caller>);

impl FromRequest for Visitor {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Visitor(req.extensions().get::<Caller>().cloned())))
    }
}

/// A member with the staff flag (Django REST framework's IsAdminUser). Only routes locked for staff have one.
pub struct Staff(pub CurrentUser);

impl FromRequest for Staff {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let current = req.extensions().get::<Caller>().and_then(CurrentUser::of);
        ready(current.filter(|current| current.user.staff).map(Staff).ok_or_else(not_staff))
    }
}

impl From<NoLongerStaff> for AppError {
    fn from(_: NoLongerStaff) -> Self {
        not_staff()
    }
}

fn not_staff() -> AppError {
    AppError::Denied { rule: IsAdminUser::name(), hidden: false }
}

/// The lock of what is for anyone: looks whether a member comes, but never waits for the store. Only a program that
/// wants to change something, or says who it is, waits: an outage must not tell it that nobody is signed in.
pub async fn open(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = identity(&req);
    if is_api(req.path()) && (!req.method().is_safe() || req.headers().contains_key(AUTHORIZATION)) {
        return match app.api_caller(req.headers()).await {
            Ok(Credentials::Nobody) => Ok(next.call(req).await?.map_into_boxed_body()),
            found => admit(found, req, next, &app).await,
        };
    }
    match glance(&app, credentials(&req, &app)).await {
        Some(Credentials::Good(caller)) => pass(req, next, caller, &app).await,
        Some(Credentials::SetUpFirst(_)) if set_up::leads_on(&req) => {
            let answer = set_up::to_set_up(&req);
            Ok(req.into_response(answer))
        }
        _ => Ok(next.call(req).await?.map_into_boxed_body()),
    }
}

/// The lock of what is members' only: live goes in, ended goes to sign-in (a program gets 401), unknown is 503.
pub async fn member(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = identity(&req);
    admit(credentials(&req, &app).await, req, next, &app).await
}

pub(crate) async fn admit(
    found: Result<Credentials, Unknown>,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    app: &Identity,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match found {
        Ok(Credentials::Good(caller)) => pass(req, next, caller, app).await,
        Ok(Credentials::SetUpFirst(_)) if is_api(req.path()) => Ok(req.error_response(AppError::SetUpFirst)),
        Ok(Credentials::SetUpFirst(_)) => {
            let answer = set_up::to_set_up(&req);
            Ok(req.into_response(answer))
        }
        Ok(Credentials::Refused) => Ok(req.error_response(AppError::BadToken)),
        Ok(Credentials::Nobody) if is_api(req.path()) => Ok(req.error_response(AppError::Unauthorized)),
        Ok(Credentials::Nobody) => {
            let answer = to_sign_in(&req, app);
            Ok(req.into_response(answer))
        }
        Err(unknown) => Ok(req.error_response(AppError::from(unknown))),
    }
}

/// The lock of the staff's pages: as the members', and then 403 for whoever lacks the staff flag.
pub async fn staff(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = identity(&req);
    match credentials(&req, &app).await {
        Ok(Credentials::Good(caller)) if !caller.user.staff => {
            req.extensions_mut().insert(caller.user.on_page());
            Ok(req.error_response(not_staff()))
        }
        found => admit(found, req, next, &app).await,
    }
}

/// What a token needs for a method of a resource, on top of the resource's lock.
pub async fn scope(
    scope: Scope,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let caller = req.extensions().get::<Caller>().cloned();
    match caller.filter(|caller| !caller.may(scope)) {
        None => {}
        Some(caller) if caller.live.is_none() && !scope.is_for_api_tokens() => {
            return Ok(req.error_response(AppError::NeedsSession));
        }
        Some(_) => return Ok(req.error_response(AppError::OutOfScope(scope.name()))),
    }
    Ok(next.call(req).await?.map_into_boxed_body())
}

/// The answer where there is nothing: as calm for a member as any other page.
pub async fn not_found(req: HttpRequest, app: App) -> AppError {
    let found = glance(&app, app.page_caller(req.headers())).await;
    if let Some(Credentials::Good(caller)) = found {
        req.extensions_mut().insert(caller.user.on_page());
    }
    AppError::NotFound
}

pub(crate) async fn credentials(req: &ServiceRequest, app: &Identity) -> Result<Credentials, Unknown> {
    match is_api(req.path()) {
        true => app.api_caller(req.headers()).await,
        false => app.page_caller(req.headers()).await,
    }
}

/// Who asks, if it can be told at once. A store in trouble is not asked.
async fn glance(
    app: &Identity,
    looked_up: impl Future<Output = Result<Credentials, Unknown>>,
) -> Option<Credentials> {
    if !app.sessions.near_cache().lease.is_alive() {
        return None;
    }
    tokio::time::timeout(app.config.auth_timeout, looked_up).await.ok()?.ok()
}

/// Hands the request on with its member, and the renewed cookie back.
pub(crate) async fn pass(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    caller: Caller,
    app: &Identity,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let live = caller.live.clone();
    let idle = app.config.lifetimes.remembered.idle;
    let renewed = live.and_then(|live| Some((app.cookie.reissue(&live, req.headers(), idle)?, live)));
    let resigned = Device::resigned(req.request(), app.config.trusted_device);
    req.extensions_mut().insert(caller.user.on_page());
    req.extensions_mut().insert(caller);
    let mut res = next.call(req).await?.map_into_boxed_body();
    resigned.iter().for_each(|cookie| offer(&mut res, cookie));
    let stepped_up = res.request().extensions_mut().remove::<NewCookie>();
    if let Some(NewCookie(cookie)) = stepped_up {
        offer(&mut res, &cookie);
        return Ok(res);
    }
    if let Some((cookie, live)) = renewed
        && app.sessions.has_ended(&live.key).await.is_ok_and(|ended| !ended)
    {
        offer(&mut res, &cookie);
    }
    Ok(res)
}

/// Adds a cookie, unless the handler has set it already (sign-out, a new id).
fn offer(res: &mut ServiceResponse<BoxBody>, cookie: &Cookie<'_>) {
    let prefix = format!("{}=", cookie.name());
    let is_set =
        res.headers().get_all(SET_COOKIE).any(|value| value.as_bytes().starts_with(prefix.as_bytes()));
    if let (false, Ok(value)) = (is_set, HeaderValue::try_from(cookie.to_string())) {
        res.headers_mut().append(SET_COOKIE, value);
    }
}

/// Sign-in comes back to the page that was asked for, if that was a page.
fn to_sign_in(req: &ServiceRequest, app: &Identity) -> HttpResponse {
    let wanted = req.uri().path_and_query().map_or("/", |place| place.as_str());
    let address = match *req.method() {
        Method::GET | Method::HEAD => {
            format!("/login?next={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC))
        }
        _ => "/login".to_owned(),
    };
    let site = req.app_data::<web::Data<Site>>();
    match (site, app.cookie.read(req.headers())) {
        (Some(site), Some(_)) => {
            // The dead cookie stays: by the time this answer arrives, the browser may hold a newer one.
            see_other(&address).cookie(Notice::SessionOver.cookie(site)).finish()
        }
        _ => see_other(&address).finish(),
    }
}

pub(crate) fn identity(req: &ServiceRequest) -> App {
    req.app_data::<App>().expect("the app has its identity").clone()
}
