//! `/security/passkeys`: add passkeys, name them and remove them.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use crate::http::auth::cookies::session;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::new_challenge::new_challenge;
use crate::http::auth::step_up::SteppedByFactor;
use crate::http::page::with_cookies;
use crate::http::{Answer, AppError, Ctx, Flash, Page, Problems};
use crate::i18n::When;
use crate::identity::Identity;
use crate::identity::credentials::{
    Ceremony, ChallengeBinding, CredentialError, NamedPasskey, PasskeyAnswer, Passkeys,
};

use super::recovery_codes;

#[derive(Template)]
#[template(path = "security/passkey.html")]
struct NewPage<'a> {
    page: &'a Page,
    typed: &'a str,
    problems: Problems,
    ceremony: Ceremony,
}

#[derive(Template)]
#[template(path = "security/passkeys.html")]
struct ListPage<'a> {
    page: &'a Page,
    problems: Problems,
    passkeys: Vec<PasskeyRow>,
}

struct PasskeyRow {
    id: i64,
    name: String,
    added: When,
    used: Option<When>,
}

pub async fn show(current: CurrentUser, ctx: Ctx, identity: web::Data<Identity>) -> Answer {
    if !identity.credentials.passkeys.is_available() {
        return Err(AppError::NotFound);
    }
    let list = list(&ctx, &current, &identity, Problems::default()).await?;
    ctx.page.show(&list)
}

async fn list<'a>(
    ctx: &'a Ctx,
    current: &CurrentUser,
    identity: &Identity,
    problems: Problems,
) -> Result<ListPage<'a>, AppError> {
    let (page, now) = (&ctx.page, ctx.now);
    let factors = identity.credentials.factors.overview(current.user.id).await?;
    let row = |named: NamedPasskey| PasskeyRow {
        id: named.id,
        added: page.when(named.created_at, now),
        used: named.used_at.map(|at| page.when(at, now)),
        name: named.name,
    };
    Ok(ListPage { page, problems, passkeys: factors.passkeys.into_iter().map(row).collect() })
}

/// The page for adding a passkey. It requires POST, so that the step-up is complete before it appears.
pub async fn ask(stepped: SteppedByFactor, ctx: Ctx, passkeys: web::Data<Passkeys>) -> Answer {
    show_new(&ctx.page, &passkeys, &stepped.current, &ctx.client().device, Problems::default()).await
}

/// A new challenge for the page that adds a passkey, if it stays open.
pub async fn renew_new(current: CurrentUser, passkeys: web::Data<Passkeys>) -> Answer {
    new_challenge(passkeys.begin_registration(&current).await?)
}

/// A new challenge for a page that asks a member for a passkey, if it stays open.
pub async fn renew_shown(current: CurrentUser, passkeys: web::Data<Passkeys>) -> Answer {
    new_challenge(passkeys.begin_assertion(&ChallengeBinding::session(&current)).await?)
}

/// Adds a passkey. As with every change of factors, all other sessions end.
pub async fn add(mut stepped: SteppedByFactor, ctx: Ctx, identity: web::Data<Identity>) -> Answer {
    let typed = stepped.fields.take("name");
    let (answer, state) = (stepped.fields.take("passkey"), stepped.fields.take("passkey_state"));
    let (current, passkeys) = (&stepped.current, &identity.credentials.passkeys);
    let answer = PasskeyAnswer { answer, state };
    let registered = match passkeys.register(current, &typed, &answer, ctx.client()).await {
        Ok(registered) => registered,
        Err(CredentialError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, ctx.page.t);
            return show_new(&ctx.page, passkeys, current, &typed, problems).await;
        }
        Err(error) => return Err(error.into()),
    };
    let cookie = session::issue(&ctx.site, &registered.id, current.session.kind);
    let Some(codes) = registered.codes else {
        return done(&ctx, Flash::NamedPasskeyAdded, typed.trim(), cookie);
    };
    with_cookies(recovery_codes::show_first(&ctx, &codes, &identity.applications).await, [cookie])
}

/// Removes a passkey, unless it is the last sign-in method.
pub async fn remove(
    stepped: SteppedByFactor,
    ctx: Ctx,
    id: web::Path<i64>,
    identity: web::Data<Identity>,
) -> Answer {
    let (current, passkeys) = (&stepped.current, &identity.credentials.passkeys);
    let name = passkeys.name(current.user.id, *id).await?.unwrap_or_default();
    match passkeys.remove(current, *id, ctx.client()).await {
        Ok(new_id) => {
            let cookie = session::issue(&ctx.site, &new_id, current.session.kind);
            done(&ctx, Flash::NamedPasskeyRemoved, &name, cookie)
        }
        Err(CredentialError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, ctx.page.t);
            ctx.page.refuse(&list(&ctx, current, &identity, problems).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Back to the list, which says what was done to which passkey. The session continues under another cookie.
fn done(ctx: &Ctx, flash: Flash, name: &str, cookie: Cookie<'static>) -> Answer {
    with_cookies(Ok(ctx.done_named("/security/passkeys", flash, name)), [cookie])
}

async fn show_new(
    page: &Page,
    passkeys: &Passkeys,
    current: &CurrentUser,
    typed: &str,
    problems: Problems,
) -> Answer {
    let ceremony = passkeys.begin_registration(current).await?.ok_or(AppError::NotFound)?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page.show_as(status, &NewPage { page, typed, problems, ceremony })
}
