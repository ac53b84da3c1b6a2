//! `/api/auth/login`, `refresh` and `logout`: a client's way in, on and out. No expired or broken cookie stands in it.

use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use anyhow::Context;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

use super::refusals::{TooMany, Unauthorized, Unavailable, Unprocessable};
use crate::http::auth::cookies::device::Device;
use crate::http::form::Problems;
use crate::http::guard::Anyone;
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::{Answer, AppError, Body, Client, Page, Site};
use crate::i18n::field::Field;
use crate::identity::App;
use crate::identity::accounts::scope::{Scope, Scopes};
use crate::identity::credentials::password::Secret;

use super::token_response::{TokenPair, forget_all, hand_out};

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
    _: Anyone,
    Body(login): Body<Login>,
    page: Page,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let scopes = login.check(&page)?;
    let device = Device::of(req.headers(), &site.cookies);
    let (password, code) = (Secret::new(login.password), login.code.as_deref());
    let found = app.authenticate_at_once(&login.login, password, code, &device, &client).await?;
    let user = found.map_err(|refusal| {
        let text = refusal.text(&page.t.login);
        AppError::SignInFailed(Problems::one(refusal.field(), text))
    })?;
    let pair = app.welcome_client(&user, scopes, &device, &client).await?;
    let mut response = hand_out(&app, pair, login.cookies);
    if login.cookies {
        app.end_brought_by(req.headers(), None).await?;
        response.add_cookie(&app.cookie.expire()).context("a cookie is a header")?;
    }
    // Strangers' failures do not concern a client that keeps this cookie.
    let known = device.remember(user.id, &site.cookies);
    response.add_cookie(&known).context("a cookie is a header")?;
    Ok(response)
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
pub async fn refresh(
    _: Anyone,
    Body(refresh): Body<Refresh>,
    page: Page,
    client: Client,
    app: App,
    req: HttpRequest,
) -> Answer {
    let asked_for = scopes(refresh.scope.as_deref(), &page.t.field)?;
    let as_cookies = refresh.refresh_token.is_none();
    let cookie = || app.token_cookies.refresh(req.headers()).map(str::to_owned);
    let token = refresh.refresh_token.or_else(cookie).ok_or(AppError::Unauthorized)?;
    let next = app.refresh(&token, asked_for, &client).await?;
    let pair = next.ok_or_else(|| Problems::one("scope", page.t.field.bad_choice))?;
    Ok(hand_out(&app, pair, as_cookies))
}

/// Ends each session that the request names, and takes every cookie, whatever has expired or ended already. A body that
/// cannot be read is told once the rest is done.
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
    body: Result<Body<Logout>, AppError>,
    req: HttpRequest,
    client: Client,
    app: App,
) -> Answer {
    let refresh_token = body.as_ref().ok().and_then(|Body(logout)| logout.refresh_token.as_deref());
    app.sign_out(req.headers(), refresh_token, &client).await?;
    let response = match body {
        Ok(_) => HttpResponse::NoContent().insert_header(CLEAR_SITE_DATA).finish(),
        Err(error) => error.error_response(),
    };
    forget_all(&app, response)
}

impl Login {
    /// What is missing or unknown, told as the page does.
    fn check(&self, page: &Page) -> Result<Scopes, Problems> {
        let mut problems = Problems::default();
        if self.login.trim().is_empty() {
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

fn scopes(asked_for: Option<&str>, t: &Field) -> Result<Option<Scopes>, Problems> {
    let scopes =
        asked_for.map(|names| Scopes::parse(names).ok_or_else(|| Problems::one("scope", t.bad_choice)));
    scopes.transpose()
}

/// A text of scopes or null, for the description.
fn scope_schema() -> ObjectBuilder {
    let names = Scope::ALL.iter().map(|scope| scope.name()).collect::<Vec<_>>().join("|");
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some("What access tokens may do: names with spaces between them."))
        .pattern(Some(format!("^ *((({names}) +)*({names}))? *$")))
}
