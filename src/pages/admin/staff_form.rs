//! The first argument of every sensitive staff action.

use std::collections::BTreeSet;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures_util::future::LocalBoxFuture;

use crate::http::auth::guards::Staff;
use crate::http::auth::step_up::{Question, Recent, Stepped, asked, of_form};
use crate::http::guard::Guard;
use crate::http::{Answer, AppError, Ctx, Fields, Flash, service, upload};
use crate::identity::accounts::{StaffActor, UserDirectory};
use crate::identity::sign_in::ReauthPolicy;

/// A form from a staff member who has authenticated recently. A member without the flag is denied before
/// anything else is checked. The services check the flag again inside their writes.
pub struct StaffForm {
    pub ctx: Ctx,
    pub fields: Fields,
    actor: i64,
}

impl StaffForm {
    /// The member of staff.
    pub fn by(&self) -> StaffActor {
        StaffActor { id: self.actor, client: self.ctx.client().clone() }
    }

    /// Redirects to `address` with a flash that says what was done to what.
    pub fn done(&self, address: &str, flash: Flash, name: &str) -> HttpResponse {
        self.ctx.done_named(address, flash, name)
    }

    /// The same of a user.
    pub async fn done_to(&self, address: &str, flash: Flash, user_id: i64) -> Answer {
        let directory = service::<UserDirectory>(self.ctx.request())?;
        let names = directory.usernames(vec![user_id]).await?;
        Ok(self.done(address, flash, names.get(&user_id).map_or("", String::as_str)))
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

/// The same for a form with a file.
pub struct StaffUpload(pub StaffForm);

impl Guard for StaffUpload {}

impl FromRequest for StaffUpload {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::from_request(req, payload).into_inner();
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let current = staff?.0;
            let actor = current.user.id;
            let fields = upload::fields(&req, payload).await?;
            let (_, fields) = of_form(&req, current, fields, (ReauthPolicy::Either, Recent::Counts)).await?;
            Ok(Self(StaffForm { ctx: Ctx::of(&req)?, fields, actor }))
        })
    }
}

/// A form of an act that asks first. `confirm` shows the question.
pub struct AskedForm {
    pub staff: Staff,
    pub ctx: Ctx,
    fields: Fields,
}

impl AskedForm {
    /// # Errors
    /// The page with the question, unless it is answered; with a request for a proof, unless there is a recent one.
    pub async fn confirm(self, question: &Question) -> Result<StaffForm, AppError> {
        let Self { staff, ctx, fields } = self;
        let actor = staff.0.user.id;
        let (_, fields) = asked(ctx.request(), staff.0, fields, question).await?;
        Ok(StaffForm { ctx, fields, actor })
    }
}

impl Guard for AskedForm {}

impl FromRequest for AskedForm {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::from_request(req, payload).into_inner();
        let (req, fields) = (req.clone(), Fields::from_request(req, payload));
        Box::pin(async move { Ok(Self { staff: staff?, ctx: Ctx::of(&req)?, fields: fields.await? }) })
    }
}

/// The groups whose boxes are checked.
pub fn chosen_groups(fields: &Fields) -> BTreeSet<i64> {
    let chosen = fields.all().filter_map(|(name, _)| name.strip_prefix("group-"));
    // An invalid number is treated as a group that does not exist: if it were dropped, the app might be open to everyone.
    chosen.map(|id| id.parse().unwrap_or_default()).collect()
}
