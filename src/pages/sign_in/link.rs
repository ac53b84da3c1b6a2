//! `/sign-in/{name}/link`: the address belongs to an account here. Its owner signs in to that first, and then says whether to
//! link.

use actix_web::web;
use askama::Template;

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::upstream as cookie;
use crate::http::auth::redirect_target::RedirectTarget;
use crate::http::auth::step_up::SteppedByFactor;
use crate::http::{Answer, Ctx, Page};
use crate::identity::Identity;
use crate::identity::upstream::{LinkedAccounts, UpstreamError};

use super::outcome::{failed, flash_of, flash_of_link, unknown};

#[derive(Template)]
#[template(path = "sign_in/link.html")]
struct LinkPage<'a> {
    page: &'a Page,
    provider: String,
    name: &'a str,
    /// How the person is known there.
    label: String,
    /// The member who is signed in.
    username: Option<&'a str>,
}

pub async fn show(
    request: SignInRequest,
    ctx: Ctx,
    name: web::Path<String>,
    linked_accounts: web::Data<LinkedAccounts>,
) -> Answer {
    let browser = cookie::read(&ctx.site, ctx.headers());
    let label = match linked_accounts.waiting_label(&name, browser.as_deref()).await {
        Ok((label, _)) => label,
        Err(problem) => return gone(&ctx, &name, problem),
    };
    let username = request.caller.as_ref().map(|caller| caller.user.username.as_str());
    let provider = ctx.site.provider_label(&name);
    ctx.page.show(&LinkPage { page: &ctx.page, provider, name: &name, label, username })
}

pub async fn submit(
    stepped: SteppedByFactor,
    ctx: Ctx,
    name: web::Path<String>,
    identity: web::Data<Identity>,
) -> Answer {
    let browser = cookie::read(&ctx.site, ctx.headers());
    let place = (name.as_str(), browser.as_deref());
    let (linked, return_to) =
        match identity.upstream.linked_accounts.link_waiting(place, &stepped.current, ctx.client()).await {
            Ok(done) => done,
            Err(problem) => return gone(&ctx, &name, problem),
        };
    if linked.is_err() || return_to.is_empty() {
        return Ok(ctx.done_about("/security", flash_of_link(linked), &name, []));
    }
    // On to where the person was going when they came by the provider.
    let target = RedirectTarget::find(&return_to, &identity.applications, &ctx.site).await;
    match target.origin {
        Some(_) => target.answer_to_form(&ctx.page, &ctx.site),
        None => Ok(ctx.done_about(&target.address, flash_of_link(linked), &name, [])),
    }
}

fn gone(ctx: &Ctx, name: &str, problem: UpstreamError) -> Answer {
    match problem {
        UpstreamError::Unknown => Err(unknown()),
        UpstreamError::Failed(failure) => Err(failure.into()),
        problem => Ok(failed(ctx, name, "/login", (flash_of(&problem), &problem))),
    }
}
