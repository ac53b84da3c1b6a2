//! `/sign-in/{name}/register`: the first sign-in asks for a username, once.

use actix_web::web;
use askama::Template;

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::{RequestingBrowser, upstream as cookie};
use crate::http::auth::respond::session_cookies;
use crate::http::page::see_other;
use crate::http::return_to::with_next;
use crate::http::{Answer, Ctx, Fields, Flash, Page, Problems};
use crate::identity::accounts::AccountError;
use crate::identity::sign_in::Issue;
use crate::identity::upstream::{Newcomer, NewcomerError, NewcomerForm, Newcomers, Suggested, UpstreamError};

use super::outcome::{failed, flash_of, unknown};

#[derive(Template)]
#[template(path = "sign_in/register.html")]
struct RegisterPage<'a> {
    page: &'a Page,
    provider: String,
    name: &'a str,
    suggested: Suggested,
    problems: Problems,
}

pub async fn show(
    _: SignInRequest,
    ctx: Ctx,
    name: web::Path<String>,
    newcomers: web::Data<Newcomers>,
) -> Answer {
    let browser = cookie::read(&ctx.site, ctx.headers());
    match newcomers.suggested(&name, browser.as_deref()).await {
        Ok(suggested) => {
            let provider = ctx.site.provider_label(&name);
            let problems = Problems::default();
            ctx.page.show(&RegisterPage { page: &ctx.page, provider, name: &name, suggested, problems })
        }
        Err(problem) => gone(&ctx, &name, problem),
    }
}

pub async fn submit(
    request: SignInRequest,
    mut ctx: Ctx,
    mut fields: Fields,
    newcomers: web::Data<Newcomers>,
) -> Answer {
    let name = ctx.request().match_info().get("name").unwrap_or_default().to_owned();
    ctx.page.current_url = format!("/sign-in/{name}/register");
    let browser = cookie::read(&ctx.site, ctx.headers());
    let mut suggested = match newcomers.suggested(&name, browser.as_deref()).await {
        Ok(suggested) => suggested,
        Err(problem) => return gone(&ctx, &name, problem),
    };
    suggested.username = fields.take("username");
    if !suggested.email_is_proved {
        suggested.email = fields.take("email");
    }
    let return_to = suggested.return_to.clone();
    let mail_browser = RequestingBrowser::returning_to(return_to.clone());
    let form = NewcomerForm {
        username: suggested.username.clone(),
        email: suggested.email.clone(),
        mail_browser: Some(mail_browser.hash()),
    };
    let attempt = request.attempt(Issue::Cookie { remember: suggested.remember }, &return_to);
    match newcomers.register((&name, browser.as_deref()), form, &attempt).await {
        Ok(Newcomer::SignedIn(signed_in)) => {
            let cookies = session_cookies(&ctx.site, &request.device, &signed_in);
            let target = request.target(&return_to).await;
            Ok(target.welcome(ctx.page, &ctx.site, cookies)?)
        }
        Ok(Newcomer::Created) => Ok(ctx.done(&with_next("/login", &return_to), Flash::Welcome)),
        Ok(Newcomer::ByMail) => {
            Ok(see_other("/verify-email").cookie(mail_browser.cookie(&ctx.site)).finish())
        }
        Err(NewcomerError::Account(AccountError::Invalid(invalid))) => {
            let problems = Problems::translate(&invalid, ctx.page.t);
            let provider = ctx.site.provider_label(&name);
            ctx.page.refuse(&RegisterPage { page: &ctx.page, provider, name: &name, suggested, problems })
        }
        Err(NewcomerError::Account(AccountError::NotFound)) => gone(&ctx, &name, UpstreamError::Stale),
        Err(NewcomerError::NotAdmitted) => Ok(ctx.done_about("/login", Flash::ProviderClosed, &name, [])),
        Err(NewcomerError::Upstream(problem)) => gone(&ctx, &name, problem),
        Err(NewcomerError::Account(error)) => Err(error.into()),
    }
}

/// The person has waited too long, or has done this already.
fn gone(ctx: &Ctx, name: &str, problem: UpstreamError) -> Answer {
    match problem {
        UpstreamError::Unknown => Err(unknown()),
        UpstreamError::Failed(failure) => Err(failure.into()),
        problem => Ok(failed(ctx, name, "/login", (flash_of(&problem), &problem))),
    }
}
