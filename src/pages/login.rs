//! `/login` and `/logout`: sign-in with a name and password, and a second factor if the account has one;
//! sign-out with one click.

pub mod verify;

use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::{RequestingBrowser, passkey_challenge, proxy, session};
use crate::http::auth::locks;
use crate::http::auth::new_challenge::new_challenge;
use crate::http::auth::presented::presented;
use crate::http::auth::respond::respond;
use crate::http::guard::Anyone;
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::page::{come_back_in, with_cookies};
use crate::http::providers::ProviderButton;
use crate::http::return_to::{requested, with_next};
use crate::http::{Answer, AppError, Ctx, Fields, Flash, Page, Problems};
use crate::i18n::translate::Words;
use crate::identity::Identity;
use crate::identity::accounts::LinkRequests;
use crate::identity::credentials::{Ceremony, ChallengeBinding, PasskeyAnswer, Passkeys, Password};
use crate::identity::email::LinkPurpose;
use crate::identity::sign_in::{Issue, Outcome, Rejection, SignOut};
use crate::identity::unit_of_work::Failure;

use super::mailed_link;

/// Characters of a username or an address that is filled in.
const LONGEST_HINT: usize = 254;

#[derive(Template)]
#[template(path = "login/login.html")]
struct LoginPage<'a> {
    page: &'a Page,
    form: LoginForm,
    problems: Problems,
    open: bool,
    passkey: Option<Ceremony>,
    /// Whether mailed sign-in links are offered.
    by_mail: bool,
    /// Whether a link to a new password can be mailed.
    forgot: bool,
    providers: &'a [ProviderButton],
}

/// The typed values that may be shown again; the password is not one of them.
#[derive(Default)]
struct LoginForm {
    login: String,
    remember: bool,
    return_to: String,
}

pub async fn show(request: SignInRequest, mut ctx: Ctx, passkeys: web::Data<Passkeys>) -> Answer {
    let return_to = requested(ctx.request().query_string());
    let mut target = request.target(&return_to).await;
    if let Some(caller) = &request.caller {
        let mark = target.mark_visit(&return_to, ctx.headers(), &ctx.site);
        let mut response = target.redirect(&ctx.site);
        // A session from before the cookie domain was set does not have this cookie yet.
        let proxy = caller.active.as_ref().and_then(|active| proxy::for_session(&ctx.site, active));
        for cookie in [mark, proxy].into_iter().flatten() {
            response.cookie(cookie);
        }
        return Ok(response.finish());
    }
    ctx.page.form_target = target.origin;
    // Whom an app expects.
    let pairs = url::form_urlencoded::parse(ctx.request().query_string().as_bytes());
    let hint = pairs.into_iter().find(|(name, _)| name == "login_hint");
    let login = hint.map(|(_, hint)| hint.chars().take(LONGEST_HINT).collect()).unwrap_or_default();
    let form = LoginForm { return_to, login, ..LoginForm::default() };
    render(&ctx, &passkeys, StatusCode::OK, form, Problems::default()).await
}

pub async fn submit(
    request: SignInRequest,
    mut ctx: Ctx,
    mut fields: Fields,
    identity: web::Data<Identity>,
) -> Answer {
    let form = LoginForm {
        login: fields.take("login"),
        remember: fields.checked("remember"),
        return_to: fields.take("next"),
    };
    let password = Password::new(fields.take("password"));
    ctx.page.form_target = request.target(&form.return_to).await.origin;
    ctx.page.current_url = with_next("/login", &form.return_to);
    let problems = missing(&form, &password, &ctx.page);
    if !problems.is_empty() {
        let passkeys = &identity.credentials.passkeys;
        return render(&ctx, passkeys, StatusCode::UNPROCESSABLE_ENTITY, form, problems).await;
    }
    let attempt = request.attempt(Issue::Cookie { remember: form.remember }, &form.return_to);
    let outcome = identity.sign_in.password.with_password(&form.login, password, &attempt).await;
    finish(&request, &ctx, &identity, (form, outcome)).await
}

/// Sign-in with a passkey alone.
pub async fn by_passkey(
    request: SignInRequest,
    mut ctx: Ctx,
    mut fields: Fields,
    identity: web::Data<Identity>,
) -> Answer {
    let form = LoginForm {
        login: String::new(),
        remember: fields.checked("remember"),
        return_to: fields.take("next"),
    };
    ctx.page.form_target = request.target(&form.return_to).await.origin;
    ctx.page.current_url = with_next("/login", &form.return_to);
    let answer = PasskeyAnswer { answer: fields.take("passkey"), state: fields.take("passkey_state") };
    let browser = passkey_challenge::read(&ctx.site, ctx.headers());
    let attempt = request.attempt(Issue::Cookie { remember: form.remember }, &form.return_to);
    let outcome = identity.sign_in.passkey.with_passkey(&answer, browser.as_deref(), &attempt).await;
    finish(&request, &ctx, &identity, (form, outcome)).await
}

/// Leads the browser on, or shows the form again.
async fn finish(
    request: &SignInRequest,
    ctx: &Ctx,
    identity: &Identity,
    (form, outcome): (LoginForm, Result<Outcome, Failure>),
) -> Answer {
    let passkeys = &identity.credentials.passkeys;
    let outcome = match outcome {
        Err(Failure::TooManyAttempts { retry_after }) => {
            return too_many(ctx, passkeys, form, retry_after).await;
        }
        outcome => outcome?,
    };
    match respond(request, outcome, &form.return_to, None).await? {
        Ok(response) => Ok(response),
        Err(Rejection::Unverified) => verify_first(ctx, form, &identity.accounts.links).await,
        Err(rejection) => {
            let problems = Problems::of_form(rejection.text(&ctx.page.t.login));
            render(ctx, passkeys, StatusCode::UNPROCESSABLE_ENTITY, form, problems).await
        }
    }
}

/// A new challenge for a page that stays open.
pub async fn renew_challenge(_: Anyone, ctx: Ctx, passkeys: web::Data<Passkeys>) -> Answer {
    let (passkey, cookie) = challenge(&ctx, &passkeys).await?;
    with_cookies(new_challenge(passkey), cookie)
}

#[derive(Template)]
#[template(path = "login/logout.html")]
struct LogoutPage<'a> {
    page: &'a Page,
}

/// Asks before anything ends, so that apps can link here and other sites cannot sign out a visitor.
pub async fn ask_sign_out(_: Anyone, req: HttpRequest) -> Answer {
    locks::show_member(&req).await?;
    let page = Page::of(&req);
    page.show(&LogoutPage { page: &page })
}

/// Ends the session; the browser deletes the cookie and all cached pages. Also works with a session that has
/// already ended.
pub async fn sign_out(_: Anyone, ctx: Ctx, sign_out: web::Data<SignOut>) -> Answer {
    sign_out.end_sessions(&presented(&ctx.site, ctx.headers(), None), ctx.client()).await?;
    let mut response = ctx.done_with("/", Flash::SignedOut, [session::expire(&ctx.site)]);
    let (name, value) = CLEAR_SITE_DATA;
    response.headers_mut().insert(name, value);
    Ok(response)
}

/// The password was correct, but the address must be verified first.
async fn verify_first(ctx: &Ctx, form: LoginForm, links: &Arc<LinkRequests>) -> Answer {
    let browser = RequestingBrowser::returning_to(form.return_to);
    let cookie = mailed_link::send(ctx, links, LinkPurpose::VerifyEmail, form.login, &browser).await?;
    Ok(ctx.done_with("/verify-email", Flash::MailSent, [cookie]))
}

fn missing(form: &LoginForm, password: &Password, page: &Page) -> Problems {
    let mut problems = Problems::of_login(&form.login, page.t);
    if password.is_empty() {
        problems.add("password", page.t.login.empty_password);
    }
    problems
}

/// The page after too many failures; `retry_after` is in seconds.
async fn too_many(ctx: &Ctx, passkeys: &Passkeys, form: LoginForm, retry_after: u64) -> Answer {
    let problems = Problems::of_form(ctx.page.t.too_many_failures(retry_after));
    let shown = render(ctx, passkeys, StatusCode::TOO_MANY_REQUESTS, form, problems).await;
    come_back_in(retry_after, shown)
}

/// A new challenge for the browser, and the cookie that ties it to this browser, if this site supports passkeys.
async fn challenge(
    ctx: &Ctx,
    passkeys: &Passkeys,
) -> Result<(Option<Ceremony>, Option<Cookie<'static>>), AppError> {
    let (browser, cookie) = passkey_challenge::renew(&ctx.site, ctx.headers());
    let passkey = passkeys.begin_assertion(&ChallengeBinding::browser(&browser)).await?;
    let cookie = passkey.is_some().then_some(cookie);
    Ok((passkey, cookie))
}

/// The page, each time with a new passkey challenge.
async fn render(
    ctx: &Ctx,
    passkeys: &Passkeys,
    status: StatusCode,
    form: LoginForm,
    problems: Problems,
) -> Answer {
    let (passkey, cookie) = challenge(ctx, passkeys).await?;
    let (open, by_mail, forgot) = (ctx.site.registration_open, ctx.site.sign_in_links, ctx.site.sends_mail);
    let providers = &ctx.site.providers;
    let template = LoginPage { page: &ctx.page, form, problems, open, passkey, by_mail, forgot, providers };
    with_cookies(ctx.page.show_as(status, &template), cookie)
}
