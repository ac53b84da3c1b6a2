//! `/api/auth/login`, `refresh` and `logout`: a client's way in, on and out. No expired or broken cookie stands in it.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::i18n::field::Field;
use crate::identity::App;
use crate::identity::device::Device;
use crate::identity::password::Secret;
use crate::identity::token::Scopes;
use crate::web::form::Problems;
use crate::web::guard::Anyone;
use crate::web::headers::CLEAR_SITE_DATA;
use crate::web::{Answer, AppError, Body, Client, Page, Site};

use super::pair::{forget_all, hand_out};

/// Who signs in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Login {
    /// Username or email.
    login: String,
    password: String,
    /// Of the authenticator app, or for recovery; where the account has a second factor.
    code: Option<String>,
    /// What access tokens may do, names with spaces between them; without it, everything.
    scope: Option<String>,
    /// Whether the tokens come as HttpOnly cookies.
    cookies: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Refresh {
    /// Without it, that of the cookie.
    refresh_token: Option<String>,
    /// What the new access token may do; without it, all that was granted at sign-in.
    scope: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Logout {
    refresh_token: Option<String>,
}

/// 200 with a pair; 401 for a wrong name or password, or a disabled account; and for an account with a second factor
/// without its code, which the problem then tells at `#/code`.
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
    let pair = app.welcome_client(&user, scopes, &client).await?;
    if login.cookies {
        app.end_brought_by(req.headers(), None).await?;
    }
    Ok(hand_out(&app, pair, &user, login.cookies))
}

/// 200 with the next pair; 401, and the cookies gone, when the refresh token is good for nothing.
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
    let (pair, user) = next.ok_or_else(|| Problems::one("scope", page.t.field.bad_choice))?;
    Ok(hand_out(&app, pair, &user, as_cookies))
}

/// 204, whatever has expired or ended already: each session that the request names is ended, and every cookie is gone.
/// A body that cannot be read is told, once the rest is done.
pub async fn logout(
    _: Anyone,
    body: Result<Body<Logout>, AppError>,
    req: HttpRequest,
    client: Client,
    app: App,
) -> Answer {
    let refresh_token = body.as_ref().ok().and_then(|Body(logout)| logout.refresh_token.as_deref());
    app.sign_out(req.headers(), refresh_token, &client).await?;
    body?;
    let mut response = HttpResponse::NoContent();
    response.insert_header(CLEAR_SITE_DATA);
    Ok(forget_all(&app, response))
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
