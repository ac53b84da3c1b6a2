//! Who must have a second factor and has none yet: they are led to set one up, and reach nothing else until it is done.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::config::Required;
use crate::http::page::{Confined, see_other};
use crate::platform::db::DbError;

use super::caller::{Caller, Credentials};
use super::locks::{admit, credentials, identity, pass};
use crate::identity::Identity;
use crate::identity::accounts::member;
use crate::identity::accounts::user::User;

/// Where a second factor is set up.
pub const PAGE: &str = "/security/totp";

/// The lock of the pages on which a second factor is set up: as the members', and open to who must set one up first.
pub async fn lock(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = identity(&req);
    match credentials(&req, &app).await {
        Ok(Credentials::SetUpFirst(caller)) => {
            req.extensions_mut().insert(Confined);
            pass(req, next, caller, &app).await
        }
        found => admit(found, req, next, &app).await,
    }
}

/// To the page where it is set up, which leads on to the one that was asked for, if that was a page.
pub(crate) fn to_set_up(req: &ServiceRequest) -> HttpResponse {
    let address = match req.path() {
        "/" | "/register" => PAGE.to_owned(),
        _ if !req.method().is_safe() => PAGE.to_owned(),
        "/login" => {
            let said = url::form_urlencoded::parse(req.query_string().as_bytes());
            let wanted = said.into_iter().find(|(name, _)| name == "next" || name == "rd");
            wanted.map_or_else(|| PAGE.to_owned(), |(_, wanted)| page_before(&wanted))
        }
        path => page_before(req.uri().path_and_query().map_or(path, |place| place.as_str())),
    };
    see_other(&address).finish()
}

/// The address of the page, with the way on from there.
pub fn page_before(wanted: &str) -> String {
    format!("{PAGE}?next={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC))
}

/// Pages on which a member has no business, and from which they are led on at once.
pub(crate) fn leads_on(req: &ServiceRequest) -> bool {
    req.method().is_safe() && matches!(req.path(), "/" | "/login" | "/register")
}

impl Identity {
    /// Good, unless a second factor is asked of the user and there is none.
    pub(crate) fn admitted(&self, caller: Caller) -> Credentials {
        match self.lacks_factor(&caller.user, caller.user.factor_asked) {
            true => Credentials::SetUpFirst(caller),
            false => Credentials::Good(caller),
        }
    }

    pub(crate) fn lacks_factor(&self, user: &User, asked_by_a_group: bool) -> bool {
        let asked = match self.config.require_second_factor {
            Required::Nobody => asked_by_a_group,
            Required::Staff => asked_by_a_group || user.staff,
            Required::Everyone => true,
        };
        asked && user.factors_since.is_none()
    }

    /// The same for somebody who is only about to sign in.
    pub async fn must_set_up(&self, user: &User) -> Result<bool, DbError> {
        let id = user.id;
        let asked = self.db.run(move |conn| member::is_asked_by_a_group(conn, id)).await?;
        Ok(self.lacks_factor(user, asked))
    }
}
