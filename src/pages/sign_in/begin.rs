//! `POST /sign-in/{name}`: sends the browser to the provider, by a page that goes on by itself.

use actix_web::web;

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::upstream as cookie;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::SteppedByFactor;
use crate::http::continue_page::continue_to;
use crate::http::page::with_cookies;
use crate::http::return_to::{back as own_page, with_next};
use crate::http::{Answer, AppError, Ctx, Fields, Flash};
use crate::identity::Identity;
use crate::identity::upstream::{Attempts, Begin, Intent, UpstreamError};

use super::outcome::{failed, unknown};

/// Begins a sign-in. Only our own pages can post here, so no other site signs anyone in.
pub async fn sign_in(
    _: SignInRequest,
    ctx: Ctx,
    mut fields: Fields,
    attempts: web::Data<Attempts>,
) -> Answer {
    let (return_to, remember) = (fields.take("next"), fields.checked("remember"));
    let place = with_next("/login", &return_to);
    send(&ctx, &attempts, Intent::SignIn { return_to, remember }, &place).await
}

/// Begins to link an account there, once the member has confirmed that it is them.
pub async fn link(stepped: SteppedByFactor, ctx: Ctx, attempts: web::Data<Attempts>) -> Answer {
    let user = &stepped.current.user;
    let intent = Intent::Link { user_id: user.id, epoch: user.epoch };
    send(&ctx, &attempts, intent, "/security").await
}

/// Asks the provider for a new proof that it is the member.
pub async fn step_up(
    current: CurrentUser,
    ctx: Ctx,
    mut fields: Fields,
    identity: web::Data<Identity>,
) -> Answer {
    let (wanted, then) = (fields.take("back"), fields.take("then"));
    let back = own_page(&wanted, &ctx.site);
    let then = (!then.is_empty()).then(|| own_page(&then, &ctx.site));
    let (user_id, epoch) = (current.user.id, current.user.epoch);
    let intent = Intent::StepUp { user_id, epoch, back: back.clone(), then };
    let name = name_in_path(&ctx)?;
    if !identity.upstream.step_up.can_prove(&current.user, &name).await? {
        return Err(AppError::NotFound);
    }
    send(&ctx, &identity.upstream.attempts, intent, &back).await
}

/// The page that leads to the provider; `place` is where the browser goes if that does not answer.
async fn send(ctx: &Ctx, attempts: &Attempts, intent: Intent, place: &str) -> Answer {
    let provider = name_in_path(ctx)?;
    let (browser, cookie) = cookie::renew(&ctx.site, ctx.headers());
    let begin = Begin { provider: provider.clone(), browser, intent };
    let address = match attempts.begin(begin, ctx.client()).await {
        Ok(address) => address,
        Err(UpstreamError::Unknown) => return Err(unknown()),
        Err(UpstreamError::Failed(failure)) => return Err(failure.into()),
        Err(problem) => return Ok(failed(ctx, &provider, place, (Flash::ProviderFailed, &problem))),
    };
    let title = ctx.page.t.oidc.continue_to(ctx.site.provider_label(&provider));
    with_cookies(continue_to(&ctx.page, title, &address), [cookie])
}

fn name_in_path(ctx: &Ctx) -> Result<String, AppError> {
    Ok(ctx.request().match_info().get("name").ok_or(AppError::NotFound)?.to_owned())
}
