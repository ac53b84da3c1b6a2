//! `/password-reset`: a mailed link or code, requested by name, sets a new password once.

pub mod recovery;

use actix_web::web;
use askama::Template;

use crate::http::auth::cookies::RequestingBrowser;
use crate::http::guard::Anyone;
use crate::http::page::see_other;
use crate::http::return_to::with_next;
use crate::http::{Answer, Ctx, Fields, Flash, Page, Problems};
use crate::identity::Identity;
use crate::identity::accounts::LinkRequests;
use crate::identity::credentials::{CredentialError, MAILED, Password, PasswordReset};
use crate::identity::email::{LinkPurpose, LinkToken};

use super::mailed_link::{LinkQuery, LinkTexts, MailedLink, RequestForm, return_to};

const LINK: MailedLink = MailedLink {
    path: "/password-reset",
    purpose: LinkPurpose::PasswordReset,
    code_purposes: MAILED,
    texts: |t| LinkTexts {
        title: t.password_reset.ask_title,
        lead: t.password_reset.ask_lead,
        submit: t.password_reset.ask_submit,
        no_mail: t.layout.login,
        code_submit: t.password_reset.code_submit,
        over: t.password_reset.over,
        over_lead: t.password_reset.over_lead,
    },
};

#[derive(Template)]
#[template(path = "password_reset/password_reset.html")]
struct ResetPage<'a> {
    page: &'a Page,
    token: &'a str,
    username: &'a str,
    problems: Problems,
}

pub async fn show(
    _: Anyone,
    ctx: Ctx,
    query: web::Query<LinkQuery>,
    reset: web::Data<PasswordReset>,
) -> Answer {
    let Some(token) = query.into_inner().token() else { return LINK.ask(&ctx) };
    let Some(user) = reset.owner(&token).await? else { return LINK.over(&ctx) };
    let (page, problems) = (&ctx.page, Problems::default());
    page.show(&ResetPage { page, token: token.as_str(), username: &user.username, problems })
}

/// Requests a mail by name, or sets the new password with a link's token.
pub async fn submit(_: Anyone, ctx: Ctx, mut fields: Fields, identity: web::Data<Identity>) -> Answer {
    if fields.checked("token") {
        return choose(&ctx, fields, &identity.accounts.reset).await;
    }
    LINK.send(&ctx, RequestForm::read(&mut fields), &identity.accounts.links).await
}

pub async fn show_code(_: Anyone, ctx: Ctx) -> Answer {
    LINK.ask_code(&ctx)
}

/// A correct code is exchanged for a link. The browser still knows where it was going.
pub async fn submit_code(_: Anyone, ctx: Ctx, mut fields: Fields, links: web::Data<LinkRequests>) -> Answer {
    let Some(token) = LINK.exchange_code(&ctx, fields.take("code"), &links).await? else {
        return LINK.refuse_code(&ctx);
    };
    Ok(see_other(&address(&token)).finish())
}

async fn choose(ctx: &Ctx, mut fields: Fields, reset: &PasswordReset) -> Answer {
    let (page, token) = (&ctx.page, LinkToken::typed(fields.take("token")));
    let Some(user) = reset.owner(&token).await? else { return LINK.over(ctx) };
    let new = Password::new(fields.take("new_password"));
    match reset.reset(token.clone(), &user, new, ctx.client()).await {
        Ok(true) => {
            let expired = RequestingBrowser::expire(&ctx.site);
            Ok(ctx.done_with(&with_next("/login", &return_to(ctx)), Flash::PasswordSet, [expired]))
        }
        // Another request has used the same link in the meantime.
        Ok(false) => LINK.over(ctx),
        Err(CredentialError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, page.t);
            page.refuse(&ResetPage { page, token: token.as_str(), username: &user.username, problems })
        }
        Err(error) => Err(error.into()),
    }
}

/// The link's target.
fn address(token: &LinkToken) -> String {
    format!("{}?token={}", LINK.path, token.as_str())
}
