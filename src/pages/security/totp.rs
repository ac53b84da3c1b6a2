//! `/security/totp`: set up an authenticator app, or remove it.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::cookies::{return_to, session, totp_secret};
use crate::http::auth::factor_setup::PAGE;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::{SteppedByFactor, ask_again};
use crate::http::page::{see_other, with_cookies};
use crate::http::{Answer, AppError, Ctx, Flash, Page, Problems};
use crate::i18n::When;
use crate::identity::Identity;
use crate::identity::credentials::{CredentialError, SecondFactors};
use crate::identity::sign_in::ReauthPolicy;

use super::qr::Qr;
use super::recovery_codes;

#[derive(Template)]
#[template(path = "security/totp.html")]
struct SetUpPage<'a> {
    page: &'a Page,
    problems: Problems,
    qr: Qr,
    uri: String,
    secret: String,
    /// The encrypted secret, which the form sends back.
    sealed: &'a str,
    /// Whether the member must finish this before using anything else.
    required: bool,
    /// Whether a passkey is accepted instead.
    passkeys: bool,
}

#[derive(Template)]
#[template(path = "security/totp_on.html")]
struct OnPage<'a> {
    page: &'a Page,
    since: When,
}

#[derive(Deserialize)]
pub struct ReturnQuery {
    /// Where to go afterwards.
    next: Option<String>,
}

pub async fn show(
    current: CurrentUser,
    ctx: Ctx,
    query: web::Query<ReturnQuery>,
    identity: web::Data<Identity>,
) -> Answer {
    if current.user.factors_since.is_some() && !current.methods().are_two_factors() {
        // The factor of this session was removed. The page asks for one that is left, and then comes back here.
        return Err(ask_again(ctx.request(), &current, ReauthPolicy::Factor).await?);
    }
    let factors = &identity.credentials.factors;
    let Some(new) = factors.begin_totp(current.user.id).await? else {
        return show_on(&ctx, &current, factors).await;
    };
    let earlier = totp_secret::read(&ctx.site, ctx.headers(), &current, ctx.now);
    let earlier = earlier.filter(|sealed| factors.open_totp(current.user.id, sealed).is_some());
    let cookie = earlier.is_none().then(|| totp_secret::issue(&ctx.site, &current, &new, ctx.now));
    let sealed = earlier.unwrap_or(new);
    let template = set_up_page(&ctx, &current, &identity, &sealed, Problems::default()).await?;
    let on = query.next.as_ref().map(|wanted| return_to::issue(&ctx.site, wanted));
    with_cookies(ctx.page.show(&template), cookie.into_iter().chain(on))
}

/// The page of an app that is set up.
async fn show_on(ctx: &Ctx, current: &CurrentUser, factors: &SecondFactors) -> Answer {
    let Some(since) = factors.overview(current.user.id).await?.totp else {
        return Ok(see_other("/security").finish());
    };
    let page = &ctx.page;
    page.show(&OnPage { page, since: page.when(since, ctx.now) })
}

/// Enables TOTP once a code proves that the app has the secret. Every remaining session has then been
/// authenticated with it, since all others end.
pub async fn submit(mut stepped: SteppedByFactor, ctx: Ctx, identity: web::Data<Identity>) -> Answer {
    let (code, sealed) = (stepped.fields.take("code"), stepped.fields.take("secret"));
    let current = &stepped.current;
    let enabled = identity.credentials.factors.enable_totp(current, sealed.clone(), &code, ctx.client());
    let (new_id, codes) = match enabled.await {
        Ok(enabled) => enabled,
        Err(CredentialError::NotFound) => return Ok(see_other(PAGE).finish()),
        Err(CredentialError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, ctx.page.t);
            return ctx.page.refuse(&set_up_page(&ctx, current, &identity, &sealed, problems).await?);
        }
        Err(error) => return Err(error.into()),
    };
    let shown = match codes {
        Some(codes) => recovery_codes::show_first(&ctx, &codes, &identity.applications).await,
        None => Ok(ctx.done("/security", Flash::AppAdded)),
    };
    // A secret that is used is not shown again.
    let session = session::issue(&ctx.site, &new_id, current.session.kind);
    with_cookies(shown, [session, totp_secret::expire(&ctx.site)])
}

pub async fn remove(stepped: SteppedByFactor, ctx: Ctx, factors: web::Data<SecondFactors>) -> Answer {
    let current = &stepped.current;
    let new_id = factors.disable_totp(current, ctx.client()).await?;
    let cookie = session::issue(&ctx.site, &new_id, current.session.kind);
    Ok(ctx.done_with("/security", Flash::AppRemoved, [cookie]))
}

async fn set_up_page<'a>(
    ctx: &'a Ctx,
    current: &CurrentUser,
    identity: &Identity,
    sealed: &'a str,
    problems: Problems,
) -> Result<SetUpPage<'a>, AppError> {
    let (user, credentials) = (&current.user, &identity.credentials);
    let secret = credentials.factors.open_totp(user.id, sealed).ok_or(AppError::BadRequest)?;
    let uri = secret.to_uri(&ctx.site.host, &user.username)?;
    Ok(SetUpPage {
        page: &ctx.page,
        problems,
        qr: Qr::of(&uri)?,
        uri,
        secret: secret.to_text(),
        sealed,
        required: identity.accounts.accounts.must_set_up_factor(user).await?,
        passkeys: credentials.passkeys.is_available(),
    })
}
