//! `/admin/sessions`: every live session of the site.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::locks::Staff;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Notice, Page, return_to as next};
use crate::i18n::When;
use crate::identity::App;
use crate::identity::accounts::directory;
use crate::identity::audit::Event;
use crate::identity::sessions::{Key, Listed};

use super::paging::address;
use super::staff_form::Act;

#[derive(Template)]
#[template(path = "admin/sessions.html")]
struct SessionsPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    listed: Listed,
    username: String,
    seen: When,
    since: When,
    is_this: bool,
}

#[derive(Deserialize)]
pub struct Place {
    #[serde(default)]
    after: String,
}

pub async fn list(staff: Staff, page: Page, query: web::Query<Place>, app: App) -> Answer {
    let (listed, after) = app.sessions.page(&query.after).await?;
    let ids = listed.iter().map(|listed| listed.session.user_id).collect();
    let names = app.db.run(move |conn| directory::names(conn, ids)).await?;
    let now = app.clock.now();
    let row = |listed: Listed| {
        Some(Row {
            username: names.get(&listed.session.user_id)?.clone(),
            seen: page.t.when(listed.seen_at, now),
            since: page.t.when(listed.session.signed_in_at, now),
            is_this: listed.key == staff.0.key,
            listed,
        })
    };
    let next = after.map(|after| address("/admin/sessions", &[("after", &after)]));
    page.show(&SessionsPage { page: &page, rows: listed.into_iter().filter_map(row).collect(), next })
}

/// Ends one session of anyone.
pub async fn end(mut act: Act, key: web::Path<String>) -> Answer {
    let key = Key::parse(&key).ok_or(AppError::NotFound)?;
    let owner = act.app.sessions.owner(&key).await?.ok_or(AppError::NotFound)?;
    // Noted first: an end that nobody finds in the trail would be worse than a line about one that failed.
    let entry = act.entry(Event::SessionEnded, Some(owner));
    act.app.act(Some(entry), act.checked(|_| Ok::<_, AppError>(()))).await?;
    act.app.sessions.end(&key).await?;
    let back = match act.fields.take("next") {
        place if place.is_empty() => "/admin/sessions".to_owned(),
        place => next::back(&place, &act.site),
    };
    Ok(see_other(&back).cookie(act.notice(Notice::SessionEnded)).finish())
}
