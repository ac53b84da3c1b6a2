//! `/security/passkeys/{id}/rename`: gives a passkey another name. It opens nothing, so nobody is asked again who they are.

use actix_web::web;
use askama::Template;

use crate::http::auth::locks::CurrentUser;
use crate::http::form::Problems;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Client, Fields, Notice, Page, Site};
use crate::identity::App;
use crate::identity::audit::{self, Entry, Event};
use crate::identity::credentials::passkey_rows as passkey;
use crate::platform::db::Conn;

use super::passkeys::parse_name;

#[derive(Template)]
#[template(path = "security/passkey_name.html")]
struct NamePage<'a> {
    page: &'a Page,
    id: i64,
    typed: &'a str,
    problems: Problems,
}

pub async fn show(current: CurrentUser, id: web::Path<i64>, page: Page, app: App) -> Answer {
    let (user_id, id) = (current.user.id, *id);
    let name = app.db.run(move |conn| passkey::name_of(conn, user_id, id)).await?;
    let name = name.ok_or(AppError::NotFound)?;
    page.show(&NamePage { page: &page, id, typed: &name, problems: Problems::default() })
}

pub async fn submit(
    current: CurrentUser,
    id: web::Path<i64>,
    mut fields: Fields,
    page: Page,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let (user_id, id, typed) = (current.user.id, *id, fields.take("name"));
    let known = app.db.run(move |conn| passkey::name_of(conn, user_id, id)).await?;
    let before = known.ok_or(AppError::NotFound)?;
    let name = match parse_name(&typed, page.t) {
        Ok(name) => name,
        Err(text) => {
            let problems = Problems::one("name", text);
            return page.refuse(&NamePage { page: &page, id, typed: &typed, problems });
        }
    };
    if name != before {
        rename(&app, &current, id, name, &client).await?;
    }
    Ok(see_other("/security").cookie(Notice::Saved.cookie(&site)).finish())
}

/// Notes it under both names.
async fn rename(
    app: &App,
    current: &CurrentUser,
    id: i64,
    name: String,
    client: &Client,
) -> Result<(), AppError> {
    let user_id = current.user.id;
    let entry = Entry::new(Event::PasskeyRenamed, Some(user_id), client, app.clock.now());
    let work = move |conn: &mut Conn| {
        let before = passkey::rename(conn, user_id, id, &name)?.ok_or(AppError::NotFound)?;
        let entry = entry.about(format!("{before} → {name}"));
        audit::record(conn, &entry)?;
        Ok::<_, AppError>(entry)
    };
    app.act(None, work).await?.log();
    Ok(())
}
