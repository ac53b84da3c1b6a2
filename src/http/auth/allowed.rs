//! A handler's first argument, which names the rule that allows the request.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::http::api_path::is_api;
use crate::http::error::AppError;
use crate::http::guard::Guard;
use crate::identity::access::{Action, Denial, Object, Rule, RuleContext};

use super::caller::Caller;

/// The action that a handler performs.
pub trait Does: 'static {
    fn action(method: &Method) -> Action;
}

/// The action that the method implies; other methods count as viewing. For the API, and for pages that show or add.
pub struct ByMethod;
/// A page that only shows, even for POST.
pub struct Viewing;
/// A page that changes something, including its form.
pub struct Changing;
/// A page that deletes something, including its confirmation.
pub struct Deleting;

impl Does for ByMethod {
    fn action(method: &Method) -> Action {
        match *method {
            Method::POST => Action::Add,
            Method::PUT | Method::PATCH => Action::Change,
            Method::DELETE => Action::Delete,
            _ => Action::View,
        }
    }
}

impl Does for Viewing {
    fn action(_: &Method) -> Action {
        Action::View
    }
}

impl Does for Changing {
    fn action(_: &Method) -> Action {
        Action::Change
    }
}

impl Does for Deleting {
    fn action(_: &Method) -> Action {
        Action::Delete
    }
}

/// A request for which rule `R` allows action `A`.
pub struct Allowed<R, A = ByMethod> {
    pub member: Option<Caller>,
    action: Action,
    /// Whether the request is for the API.
    is_api: bool,
    rule: PhantomData<(R, A)>,
}

impl<R: Rule, A> Allowed<R, A> {
    /// Checks the rule against an object, once it is loaded.
    ///
    /// # Errors
    /// 403; 404 if the caller must not learn that the object exists; a redirect to sign-in for an anonymous caller.
    pub fn on(&self, object: &dyn Object) -> Result<(), AppError> {
        R::decide_on(&self.context(self.action), object).map_err(|denial| self.refusal(denial))
    }

    /// The member. If the rule also allows anonymous callers, they must sign in first.
    pub fn current(&self) -> Result<&Caller, AppError> {
        let refusal = || self.refusal(Denial { rule: R::name(), hidden: false });
        self.member.as_ref().ok_or_else(refusal)
    }

    /// Whether the caller may also do this to the object; used to show or hide buttons.
    pub fn may(&self, action: Action, object: &dyn Object) -> bool {
        let context = self.context(action);
        R::decide(&context).and_then(|()| R::decide_on(&context, object)).is_ok()
    }

    fn context(&self, action: Action) -> RuleContext<'_> {
        RuleContext { member: self.member.as_ref().map(|current| &*current.user), action }
    }

    fn refusal(&self, denial: Denial) -> AppError {
        match (&self.member, self.is_api) {
            (None, true) if !denial.hidden => AppError::Unauthorized,
            (None, false) if !denial.hidden => AppError::SessionOver,
            _ => AppError::Denied { rule: denial.rule, hidden: denial.hidden },
        }
    }
}

impl<R, A> Guard for Allowed<R, A> {}

impl<R: Rule, A: Does> FromRequest for Allowed<R, A> {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let member = req.extensions().get::<Caller>().cloned();
        let (action, is_api) = (A::action(req.method()), is_api(req.path()));
        let allowed = Self { member, action, is_api, rule: PhantomData };
        let verdict = R::decide(&allowed.context(action));
        ready(match verdict {
            Ok(()) => Ok(allowed),
            Err(denial) => Err(allowed.refusal(denial)),
        })
    }
}
