//! The guards: extractors that state in a handler's signature who may call it.

use std::future::{Ready, ready};
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::http::error::AppError;
use crate::http::guard::Guard;
use crate::identity::accounts::Scopes;
use crate::identity::sessions::ActiveSession;

use super::caller::{Caller, Carrier};

/// A member with an active session. Only routes locked for members provide one; an API token has no session.
#[derive(Clone)]
pub struct CurrentUser {
    active: Rc<ActiveSession>,
    pub carrier: Carrier,
    pub scopes: Scopes,
}

impl CurrentUser {
    /// The caller's session; none for an API token.
    pub fn of(caller: &Caller) -> Option<Self> {
        let active = caller.active.clone()?;
        Some(Self { active, carrier: caller.carrier, scopes: caller.scopes })
    }

    /// The same member after the session's id has changed.
    pub fn with_session(&self, active: ActiveSession) -> Self {
        Self { active: Rc::new(active), carrier: self.carrier, scopes: self.scopes }
    }
}

impl Guard for Caller {}
impl Guard for CurrentUser {}
impl Guard for Visitor {}
impl Guard for Staff {}

impl std::ops::Deref for CurrentUser {
    type Target = ActiveSession;

    fn deref(&self) -> &ActiveSession {
        &self.active
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

/// Open to anyone. Holds the member if there is one and the store answered immediately.
pub struct Visitor(pub Option<Caller>);

impl FromRequest for Visitor {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Visitor(req.extensions().get::<Caller>().cloned())))
    }
}

/// A member with the staff flag (Django REST framework's IsAdminUser). Only routes locked for staff provide one.
pub struct Staff(pub CurrentUser);

impl FromRequest for Staff {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let current = req.extensions().get::<Caller>().and_then(CurrentUser::of);
        ready(current.filter(|current| current.user.staff).map(Staff).ok_or_else(AppError::not_staff))
    }
}
