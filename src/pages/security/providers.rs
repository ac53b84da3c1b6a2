//! `/security/providers/{name}`: the accounts elsewhere that sign the member in.

use actix_web::web;

use crate::http::auth::step_up::SteppedByFactor;
use crate::http::{Answer, Ctx, Flash, Problems};
use crate::identity::Identity;
use crate::identity::upstream::UnlinkError;

use super::render;

pub async fn unlink(
    stepped: SteppedByFactor,
    ctx: Ctx,
    name: web::Path<String>,
    identity: web::Data<Identity>,
) -> Answer {
    match identity.upstream.linked_accounts.unlink(&stepped.current, &name, ctx.client()).await {
        Ok(()) => Ok(ctx.done_about("/security", Flash::ProviderUnlinked, &name, [])),
        Err(UnlinkError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, ctx.page.t);
            render(&ctx.page, &stepped.current, &identity, problems).await
        }
        Err(error) => Err(error.into()),
    }
}
