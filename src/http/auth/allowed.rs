//! A handler's first argument that says by which rule one is let in.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use super::caller::Caller;
use crate::http::AppError;
use crate::http::guard::Guard;
use crate::http::problem::is_api;

use crate::identity::access::{Action, Asker, Denial, Object, Rule};

/// Says what a handler does.
pub trait Does: 'static {
    fn action(method: &Method) -> Action;
}

/// Whatever the method means; for the API, and for pages that show or add.
pub struct ByMethod;
/// A page that shows, also when it is posted to.
pub struct Viewing;
/// A page by which something is changed: its form, too.
pub struct Changing;
/// A page by which something is deleted: its confirmation, too.
pub struct Deleting;

impl Does for ByMethod {
    fn action(method: &Method) -> Action {
        Action::of(method)
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

/// Whoever rule `R` lets in to do `A`.
pub struct Allowed<R, A = ByMethod> {
    pub member: Option<Caller>,
    action: Action,
    /// A program asks, not a browser.
    is_api: bool,
    rule: PhantomData<(R, A)>,
}

impl<R: Rule, A> Allowed<R, A> {
    /// Asks the rule about an object, once it is loaded.
    ///
    /// # Errors
    /// 403; 404 to who must not learn that the object is there; sign-in first for who is not signed in.
    pub fn on(&self, object: &dyn Object) -> Result<(), AppError> {
        R::decide_on(&self.asker(self.action), object).map_err(|denial| self.refusal(denial))
    }

    /// The member; where the rule lets in visitors too, they have to sign in first.
    pub fn current(&self) -> Result<&Caller, AppError> {
        let nobody = || self.refusal(Denial { rule: R::name(), hidden: false });
        self.member.as_ref().ok_or_else(nobody)
    }

    /// Whether they may do this to the object, too; for buttons.
    pub fn may(&self, action: Action, object: &dyn Object) -> bool {
        let asker = self.asker(action);
        R::decide(&asker).and_then(|()| R::decide_on(&asker, object)).is_ok()
    }

    fn asker(&self, action: Action) -> Asker<'_> {
        Asker { member: self.member.as_ref().map(|current| &*current.user), action }
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
        let verdict = R::decide(&allowed.asker(action));
        ready(match verdict {
            Ok(()) => Ok(allowed),
            Err(denial) => Err(allowed.refusal(denial)),
        })
    }
}
