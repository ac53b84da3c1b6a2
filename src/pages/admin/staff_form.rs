//! The first argument of every sensitive staff action.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures_util::future::LocalBoxFuture;

use crate::http::auth::guards::Staff;
use crate::http::auth::step_up::Stepped;
use crate::http::guard::Guard;
use crate::http::{AppError, Ctx, Fields, Flash};

/// A form from a staff member who has authenticated recently. A member without the flag is denied before
/// anything else is checked. The services check the flag again inside their writes.
pub struct StaffForm {
    pub ctx: Ctx,
    pub fields: Fields,
    /// The staff member.
    pub actor: i64,
}

impl StaffForm {
    /// Redirects to `address` with a flash that confirms the change.
    pub fn done(&self, address: &str) -> HttpResponse {
        self.ctx.done(address, Flash::Done)
    }
}

impl Guard for StaffForm {}

impl FromRequest for StaffForm {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::from_request(req, payload).into_inner();
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let actor = staff?.0.user.id;
            let Stepped { fields, .. } = <Stepped>::from_request(&req, &mut payload).await?;
            Ok(Self { ctx: Ctx::of(&req)?, fields, actor })
        })
    }
}
