//! `/sessions`: where one is signed in; end one, end all others.

use actix_web::web;
use askama::Template;

use crate::http::auth::locks::CurrentUser;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Client, Notice, Page, Site};
use crate::i18n::When;
use crate::identity::App;
use crate::identity::audit::{Entry, Event};
use crate::identity::sessions::trusted_devices as trusted;
use crate::identity::sessions::trusted_devices::Trusted;
use crate::identity::sessions::{Key, Kind, Listed};

#[derive(Template)]
#[template(path = "sessions/sessions.html")]
struct SessionsPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    trusted: Vec<TrustedRow>,
}

struct TrustedRow {
    trusted: Trusted,
    since: When,
    until: When,
}

struct Row {
    key: String,
    device: String,
    address: String,
    /// How long it stays.
    stays: &'static str,
    seen: When,
    since: When,
    is_this: bool,
    /// Held by a program, not a browser.
    is_app: bool,
}

pub async fn show(current: CurrentUser, page: Page, app: App) -> Answer {
    let listed = app.sessions.of_user(&current.user).await?;
    let now = app.clock.now();
    let mut rows: Vec<Row> = listed.into_iter().map(|listed| row(listed, &current.key, &page, now)).collect();
    rows.sort_by_key(|row| !row.is_this);
    let user = current.user.user.clone();
    let trusted = app.db.run(move |conn| trusted::of_user(conn, &user, now)).await?;
    let trusted = trusted.into_iter().map(|trusted| TrustedRow {
        since: page.t.when(trusted.created_at, now),
        until: page.t.when(trusted.expires_at, now),
        trusted,
    });
    page.show(&SessionsPage { page: &page, rows, trusted: trusted.collect() })
}

fn row(listed: Listed, this: &Key, page: &Page, now: i64) -> Row {
    let Listed { key, session, seen_at } = listed;
    let t = page.t;
    Row {
        is_this: key == *this,
        is_app: session.kind == Kind::Client,
        key: key.as_str().to_owned(),
        device: if session.device.is_empty() { t.sessions.unknown_device.to_owned() } else { session.device },
        address: session.address,
        stays: match session.kind {
            Kind::Browser => t.sessions.browser_only,
            Kind::Remembered => t.sessions.kept,
            Kind::Client => t.sessions.while_used,
        },
        seen: t.when(seen_at, now),
        since: t.when(session.signed_in_at, now),
    }
}

/// Ends one of the member's own sessions.
pub async fn end(
    current: CurrentUser,
    key: web::Path<String>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    app.end_own_session(&current.user, &key, &client).await?;
    if *key == current.key.as_str() {
        return Ok(see_other("/")
            .cookie(Notice::SignedOut.cookie(&site))
            .cookie(app.cookie.expire())
            .finish());
    }
    Ok(see_other("/sessions").cookie(Notice::SessionEnded.cookie(&site)).finish())
}

/// Ends every session but this one.
pub async fn end_others(current: CurrentUser, client: Client, app: App, site: web::Data<Site>) -> Answer {
    let mut response = see_other("/sessions");
    if let Some(id) = app.end_other_sessions(&current, &client).await? {
        response.cookie(app.session_cookie(&id, current.session.kind));
    }
    Ok(response.cookie(Notice::OthersEnded.cookie(&site)).finish())
}

/// Asks one of the member's devices for the second factor again.
pub async fn forget_device(
    current: CurrentUser,
    id: web::Path<i64>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let (user_id, id) = (current.user.id, *id);
    let entry = Entry::new(Event::DeviceForgotten, Some(user_id), &client, app.clock.now());
    let forget = app.act(Some(entry), move |conn| match trusted::remove(conn, user_id, id)? {
        true => Ok(()),
        false => Err(AppError::NotFound),
    });
    forget.await?;
    Ok(see_other("/sessions").cookie(Notice::DeviceForgotten.cookie(&site)).finish())
}
