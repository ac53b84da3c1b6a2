//! Who must have a second factor and has none yet: they are led to set one up, and reach nothing else until it is done.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;

use crate::config::Required;
use crate::db::DbError;

use super::caller::{Caller, Credentials};
use super::user::User;
use super::visitor::{admit, credentials, identity, pass};
use super::{Identity, member};

/// Where a second factor is set up.
pub const PAGE: &str = "/security/totp";

/// The lock of the pages on which a second factor is set up: as the members', and open to who must set one up first.
pub async fn lock(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = identity(&req);
    match credentials(&req, &app).await {
        Ok(Credentials::SetUpFirst(caller)) => pass(req, next, caller, &app).await,
        found => admit(found, req, next, &app).await,
    }
}

/// Pages on which a member has no business, and from which they are led on at once.
pub(super) fn leads_on(req: &ServiceRequest) -> bool {
    req.method().is_safe() && matches!(req.path(), "/" | "/login" | "/register")
}

impl Identity {
    /// Good, unless a second factor is asked of the user and there is none.
    pub(super) fn admitted(&self, caller: Caller) -> Credentials {
        match self.lacks_factor(&caller.user, caller.user.factor_asked) {
            true => Credentials::SetUpFirst(caller),
            false => Credentials::Good(caller),
        }
    }

    pub(super) fn lacks_factor(&self, user: &User, asked_by_a_group: bool) -> bool {
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
