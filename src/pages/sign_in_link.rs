//! `/sign-in-link`: a mailed link, or its code, signs in without a password, if the setting allows it.

use actix_web::web;
use askama::Template;

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::RequestingBrowser;
use crate::http::auth::respond::respond;
use crate::http::{Answer, AppError, Ctx, Fields, Page, Site};
use crate::identity::Identity;
use crate::identity::accounts::LinkRequests;
use crate::identity::email::{LinkPurpose, LinkToken};
use crate::identity::sign_in::{Issue, LinkSignIn};

use super::mailed_link::{LinkQuery, LinkTexts, MailedLink, RequestForm, return_to};

const PURPOSES: &[LinkPurpose] = &[LinkPurpose::SignIn];

const LINK: MailedLink = MailedLink {
    path: "/sign-in-link",
    purpose: LinkPurpose::SignIn,
    code_purposes: PURPOSES,
    texts: |t| LinkTexts {
        title: t.sign_in_link.title,
        lead: t.sign_in_link.lead,
        submit: t.sign_in_link.submit,
        no_mail: t.sign_in_link.with_password,
        code_submit: t.sign_in_link.confirm_submit,
        over: t.verify_email.over,
        over_lead: t.sign_in_link.over_lead,
    },
};

#[derive(Template)]
#[template(path = "sign_in_link/confirm.html")]
struct ConfirmPage<'a> {
    page: &'a Page,
    token: &'a str,
}

pub async fn show(
    request: SignInRequest,
    mut ctx: Ctx,
    link: web::Query<LinkQuery>,
    links: web::Data<LinkRequests>,
) -> Answer {
    require_offered(&ctx.site)?;
    let Some(token) = link.into_inner().token() else {
        return LINK.ask(&ctx);
    };
    ctx.page.form_target = request.target(&return_to(&ctx)).await.origin;
    match links.is_valid(&token, PURPOSES).await? {
        true => ctx.page.show(&ConfirmPage { page: &ctx.page, token: token.as_str() }),
        false => LINK.over(&ctx),
    }
}

/// Requests a mail by name, or signs in with a link's token.
pub async fn submit(
    request: SignInRequest,
    ctx: Ctx,
    mut fields: Fields,
    identity: web::Data<Identity>,
) -> Answer {
    require_offered(&ctx.site)?;
    if fields.checked("token") {
        return sign_in(&request, &ctx, LinkToken::typed(fields.take("token")), &identity.sign_in.link).await;
    }
    LINK.send(&ctx, RequestForm::read(&mut fields), &identity.accounts.links).await
}

pub async fn show_code(request: SignInRequest, mut ctx: Ctx) -> Answer {
    require_offered(&ctx.site)?;
    ctx.page.form_target = request.target(&return_to(&ctx)).await.origin;
    LINK.ask_code(&ctx)
}

/// A correct code is exchanged for a link, which is used immediately.
pub async fn submit_code(
    request: SignInRequest,
    mut ctx: Ctx,
    mut fields: Fields,
    identity: web::Data<Identity>,
) -> Answer {
    require_offered(&ctx.site)?;
    ctx.page.form_target = request.target(&return_to(&ctx)).await.origin;
    match LINK.exchange_code(&ctx, fields.take("code"), &identity.accounts.links).await? {
        Some(token) => sign_in(&request, &ctx, token, &identity.sign_in.link).await,
        None => LINK.refuse_code(&ctx),
    }
}

async fn sign_in(request: &SignInRequest, ctx: &Ctx, token: LinkToken, sign_in: &LinkSignIn) -> Answer {
    let return_to = return_to(ctx);
    let attempt = request.attempt(Issue::Cookie { remember: false }, &return_to);
    let outcome = sign_in.with_link(token, &attempt).await?;
    let expired = RequestingBrowser::expire(&ctx.site);
    match respond(request, outcome, &return_to, Some(expired)).await? {
        Ok(response) => Ok(response),
        Err(_) => LINK.over(ctx),
    }
}

/// 404 if sign-in links are disabled.
fn require_offered(site: &Site) -> Result<(), AppError> {
    if site.sign_in_links { Ok(()) } else { Err(AppError::NotFound) }
}
