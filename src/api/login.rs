//! `/api/auth/login`, `refresh` and `logout`: sign-in, refresh and sign-out for clients. Expired or broken
//! cookies do not block them.

use actix_web::web::Data;
use actix_web::{HttpResponse, ResponseError};
use anyhow::Context;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

use super::refusals::{TooMany, Unauthorized, Unavailable, Unprocessable};
use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::{device, session, tokens};
use crate::http::auth::presented::presented;
use crate::http::guard::Anyone;
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::page::with_cookies;
use crate::http::{Answer, AppError, Body, Ctx, Page, Problems};
use crate::i18n::FieldTexts;
use crate::i18n::translate::Words;
use crate::identity::Identity;
use crate::identity::accounts::{Scope, Scopes, name};
use crate::identity::credentials::Password;
use crate::identity::invalid::NameProblem;
use crate::identity::sign_in::{Issue, SignOut};
use crate::identity::tokens::{TokenError, Tokens};
use crate::identity::unit_of_work::Failure;

use super::token_response::{TokenPair, clear_cookies, issue_tokens};

/// Who signs in.
#[derive(Deserialize, ToSchema)]
pub struct Login {
    /// Username or email.
    #[serde(default)]
    #[schema(required, min_length = 1)]
    login: String,
    #[serde(default)]
    #[schema(required, min_length = 1, format = Password)]
    password: String,
    /// Of the authenticator app, or for recovery; where the account has a second factor.
    code: Option<String>,
    /// What access tokens may do, names with spaces between them; without it, everything.
    #[schema(schema_with = scope_schema)]
    scope: Option<String>,
    /// Whether the tokens come as HttpOnly cookies.
    #[serde(default)]
    cookies: bool,
}

#[derive(Deserialize, ToSchema)]
pub struct Refresh {
    /// Without it, that of the cookie.
    refresh_token: Option<String>,
    /// What the new access token may do; without it, all that was granted at sign-in.
    #[schema(schema_with = scope_schema)]
    scope: Option<String>,
}

#[derive(Deserialize, ToSchema)]
pub struct Logout {
    refresh_token: Option<String>,
}

/// Signs in, for a pair of tokens of a session of its own. An account with a second factor takes its code along: without
/// one, or with a wrong one, the answer is 401 with an entry at `#/code`.
#[utoipa::path(
    post,
    path = "/api/auth/login",
    tag = "auth",
    security(()),
    request_body = Login,
    responses(
        (status = 200, description = "The tokens; sent as cookies, they are missing here.", body = TokenPair),
        Unauthorized,
        Unprocessable,
        TooMany,
        Unavailable
    )
)]
pub async fn login(
    request: SignInRequest,
    ctx: Ctx,
    Body(login): Body<Login>,
    identity: Data<Identity>,
) -> Answer {
    let issue = Issue::Tokens { scopes: login.check(&ctx.page)? };
    let unseen = Problems::of_login(&login.login, ctx.page.t);
    if !unseen.is_empty() {
        return Err(AppError::SignInFailed(unseen));
    }
    // A browser that gets cookies does not need its other sessions; a program keeps its own.
    let attempt = if login.cookies { request.attempt(issue, "") } else { request.program_attempt(issue) };
    let (password, code) = (Password::new(login.password), login.code.as_deref());
    let found = identity.sign_in.password.authenticate(&login.login, password, code, &attempt).await?;
    let user = found.map_err(|rejection| {
        let text = rejection.text(&ctx.page.t.login);
        AppError::SignInFailed(Problems::one(rejection.field(), text))
    })?;
    let signed_in =
        identity.sign_in.stages.complete(&user, &attempt).await.map_err(|failure| match failure {
            Failure::AuthorityLost(_) => AppError::Unauthorized,
            failure => failure.into(),
        })?;
    let pair = signed_in.tokens.context("tokens were requested")?;
    let ended = login.cookies.then(|| session::expire(&ctx.site));
    // Failed attempts by others do not lock out a client with this cookie.
    let known = device::remember(&ctx.site, &request.device, &user);
    let response = issue_tokens(&ctx.site, pair, login.cookies);
    with_cookies(Ok(response), ended.into_iter().chain([known]))
}

/// The next pair, for a refresh token, which works once: when repeated within 10 seconds it gets the same pair again,
/// when repeated later it ends its session.
#[utoipa::path(
    post,
    path = "/api/auth/refresh",
    tag = "auth",
    security(()),
    request_body = Option<Refresh>,
    responses(
        (status = 200, description = "The tokens, by the way that the refresh token came.", body = TokenPair),
        Unauthorized,
        Unprocessable,
        Unavailable
    )
)]
pub async fn refresh(_: Anyone, ctx: Ctx, Body(refresh): Body<Refresh>, service: Data<Tokens>) -> Answer {
    let t = &ctx.page.t.field;
    let scopes = scopes(refresh.scope.as_deref(), t)?;
    let as_cookies = refresh.refresh_token.is_none();
    let token = refresh.refresh_token.or_else(|| of_this_browser(&ctx, &service));
    let token = token.ok_or(AppError::Unauthorized)?;
    match service.refresh(&token, scopes, ctx.client()).await {
        Ok(pair) => Ok(issue_tokens(&ctx.site, pair, as_cookies)),
        Err(TokenError::ScopesExceeded) => Err(Problems::one("scope", t.bad_choice).into()),
        Err(error) => Err(error.into()),
    }
}

/// The refresh token in the cookies of this browser's session, which the access cookie names.
fn of_this_browser(ctx: &Ctx, service: &Tokens) -> Option<String> {
    let access = tokens::access(&ctx.site, ctx.headers())?;
    let found = service.newest_of_session(access, &tokens::refresh(&ctx.site, ctx.headers()))?;
    Some(found.as_str().to_owned())
}

/// Ends each session that the request names, and takes every cookie, whatever has expired or ended already. A body that
/// cannot be read is reported once the rest is done.
#[utoipa::path(
    post,
    path = "/api/auth/logout",
    tag = "auth",
    security(()),
    request_body = Option<Logout>,
    responses((status = 204, description = "What was named has ended."), Unprocessable, Unavailable)
)]
pub async fn logout(
    _: Anyone,
    ctx: Ctx,
    body: Result<Body<Logout>, AppError>,
    sign_out: Data<SignOut>,
) -> Answer {
    let refresh_token = body.as_ref().ok().and_then(|Body(logout)| logout.refresh_token.as_deref());
    let presented = presented(&ctx.site, ctx.headers(), refresh_token);
    sign_out.end_sessions(&presented, ctx.client()).await?;
    let response = match body {
        Ok(_) => HttpResponse::NoContent().insert_header(CLEAR_SITE_DATA).finish(),
        Err(error) => error.error_response(),
    };
    clear_cookies(&ctx.site, response)
}

impl Login {
    /// Reports missing or unknown values with the same messages as the page.
    fn check(&self, page: &Page) -> Result<Scopes, Problems> {
        let mut problems = Problems::default();
        if name::Login::problem(&self.login) == Some(NameProblem::Empty) {
            problems.add("login", page.t.login.empty_login);
        }
        if self.password.is_empty() {
            problems.add("password", page.t.login.empty_password);
        }
        match scopes(self.scope.as_deref(), &page.t.field) {
            Ok(scopes) if problems.is_empty() => Ok(scopes.unwrap_or_else(Scopes::all)),
            Ok(_) => Err(problems),
            Err(_) => {
                problems.add("scope", page.t.field.bad_choice);
                Err(problems)
            }
        }
    }
}

fn scopes(asked_for: Option<&str>, t: &FieldTexts) -> Result<Option<Scopes>, Problems> {
    let scopes =
        asked_for.map(|names| Scopes::parse(names).ok_or_else(|| Problems::one("scope", t.bad_choice)));
    scopes.transpose()
}

/// A scope string or null, for the OpenAPI description.
fn scope_schema() -> ObjectBuilder {
    let names = Scope::ALL.iter().map(|scope| scope.name()).collect::<Vec<_>>().join("|");
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some("What access tokens may do: names with spaces between them."))
        .pattern(Some(format!("^ *((({names}) +)*({names}))? *$")))
}
