//! `/password-reset`: a new password by a one-time link. Opening the link consumes nothing.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::identity::App;
use crate::identity::audit::{self, Entry, Event};
use crate::identity::password::Secret;
use crate::identity::password_link::{self, Token};
use crate::identity::user::User;
use crate::web::form::Problems;
use crate::web::guard::Anyone;
use crate::web::page::see_other;
use crate::web::{Answer, AppError, Client, Fields, Notice, Page, Site};

#[derive(Template)]
#[template(path = "password_reset/password_reset.html")]
struct ResetPage<'a> {
    page: &'a Page,
    token: &'a str,
    username: &'a str,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "password_reset/over.html")]
struct OverPage<'a> {
    page: &'a Page,
}

#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

pub async fn show(_: Anyone, page: Page, query: web::Query<Link>, app: App) -> Answer {
    let token = Token::typed(query.into_inner().token);
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

pub async fn submit(
    _: Anyone,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
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
    let entry = Entry::new(Event::PasswordReset, Some(id), client, now);
    let line = entry.clone();
    let set = app.change_user(id, None, move |conn| {
        let set = password_link::set_password(conn, &token, id, &hash, now)?;
        if set {
            audit::record(conn, &line)?;
        }
        Ok::<_, AppError>(set)
    });
    let set = set.await?;
    if set {
        entry.log();
    }
    Ok(set)
}

/// The link was used, has expired, or never was one; nobody is told which.
fn over(page: &Page) -> Answer {
    page.show_as(StatusCode::GONE, &OverPage { page })
}
