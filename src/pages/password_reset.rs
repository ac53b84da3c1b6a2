//! `/password-reset`: asked for by name, a mail brings a link and a code; either leads to a new password, once. Opening
//! the link consumes nothing.

pub mod recovery;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde::Deserialize;

use crate::http::auth::cookies::device::Device;
use crate::http::auth::cookies::requesting_browser::Asked;
use crate::http::form::Problems;
use crate::http::guard::Anyone;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Client, Fields, Notice, Page, Site};
use crate::identity::accounts::user::User;
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::password::Secret;
use crate::identity::credentials::reset as password_link;
use crate::identity::credentials::reset::{Done, MAILED, Token};
use crate::identity::email::notice;
use crate::identity::email::token::Purpose;
use crate::identity::{App, Identity};

#[derive(Template)]
#[template(path = "password_reset/password_reset.html")]
struct ResetPage<'a> {
    page: &'a Page,
    token: &'a str,
    username: &'a str,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "password_reset/ask.html")]
struct AskPage<'a> {
    page: &'a Page,
    login: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "password_reset/code.html")]
struct CodePage<'a> {
    page: &'a Page,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "password_reset/over.html")]
struct OverPage<'a> {
    page: &'a Page,
}

#[derive(Deserialize)]
pub struct Link {
    token: Option<String>,
}

pub async fn show(_: Anyone, page: Page, query: web::Query<Link>, app: App) -> Answer {
    let Some(token) = query.into_inner().token else {
        return page.show(&AskPage { page: &page, login: String::new(), problems: Problems::default() });
    };
    let token = Token::typed(token);
    match owner(&app, &token).await? {
        Some(user) => page.show(&ResetPage {
            page: &page,
            token: token.as_str(),
            username: &user.username,
            problems: Problems::default(),
        }),
        None => over(&page),
    }
}

/// A name asks for a mail; a link's token sets the new password.
pub async fn submit(
    _: Anyone,
    page: Page,
    fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    match fields.checked("token") {
        true => choose(page, fields, client, app, site).await,
        false => ask(page, fields, client, app, site, req).await,
    }
}

/// The same answer to everyone, before anybody has looked who it is.
async fn ask(
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let login = fields.take("login");
    if login.trim().is_empty() {
        let problems = Problems::one("login", page.t.login.empty_login);
        return page.refuse(&AskPage { page: &page, login, problems });
    }
    let asked = Asked::random();
    let cookie = asked.cookie(&site.cookies);
    let device = Device::of(req.headers(), &site.cookies);
    Identity::mail_to_owner(&app, login, Purpose::PasswordReset, asked, device, client).await?;
    Ok(see_other("/password-reset/code").cookie(cookie).finish())
}

pub async fn show_code(_: Anyone, page: Page) -> Answer {
    page.show(&CodePage { page: &page, problems: Problems::default() })
}

/// A right code becomes a link.
pub async fn submit_code(
    _: Anyone,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let asked = Asked::by_whom(req.headers(), &site.cookies);
    let link = app.link_for_code(asked, MAILED, fields.take("code"));
    let Some(token) = app.try_code(&client, link).await? else {
        let problems = Problems::one("code", page.t.field.wrong_code);
        return page.refuse(&CodePage { page: &page, problems });
    };
    let place = format!("/password-reset?token={}", token.as_str());
    Ok(see_other(&place).cookie(Asked::forget(&site.cookies)).finish())
}

async fn choose(page: Page, mut fields: Fields, client: Client, app: App, site: web::Data<Site>) -> Answer {
    let token = Token::typed(fields.take("token"));
    let Some(user) = owner(&app, &token).await? else { return over(&page) };
    let new = Secret::new(fields.take("new_password"));
    let hash = match app.hash_new(new, user.known_facts(), &client).await? {
        Ok(hash) => hash,
        Err(problem) => {
            let problems = Problems::one("new_password", problem.text(&page.t.field));
            return page.refuse(&ResetPage {
                page: &page,
                token: token.as_str(),
                username: &user.username,
                problems,
            });
        }
    };
    if !use_up(&app, token, user.id, hash, &client).await? {
        return over(&page);
    }
    Ok(see_other("/login").cookie(Notice::PasswordSet.cookie(&site)).finish())
}

async fn owner(app: &App, token: &Token) -> Result<Option<User>, AppError> {
    let (token, now) = (token.clone(), app.clock.now());
    Ok(app.db.run(move |conn| password_link::user_of(conn, &token, now)).await?)
}

/// Sets the password, unless someone was quicker with the same link.
async fn use_up(app: &App, token: Token, id: i64, hash: String, client: &Client) -> Result<bool, AppError> {
    let now = app.clock.now();
    let [reset, removed] =
        [Event::PasswordReset, Event::FactorsRemoved].map(|event| Entry::new(event, Some(id), client, now));
    let told = app.notice(notice::Notice::PasswordChanged, client);
    let used = app.change_user_telling(id, move |conn| {
        let lines = match password_link::set_password(conn, &token, id, &hash, now)? {
            Done::TooLate => return Ok((false, Vec::new())),
            Done::PasswordSet => vec![reset],
            Done::Recovered => vec![reset, removed],
        };
        told.queue_to(conn, id)?;
        Ok::<_, AppError>((true, lines))
    });
    used.await
}

/// The link was used, has expired, or never was one; nobody is told which.
fn over(page: &Page) -> Answer {
    page.show_as(StatusCode::GONE, &OverPage { page })
}
