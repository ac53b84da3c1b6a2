//! `/admin/users`: every account, searched and filtered, page by page.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::locks::Staff;
use crate::http::{Answer, Page};
use crate::i18n::When;
use crate::identity::App;
use crate::identity::accounts::directory;
use crate::identity::accounts::directory::Status;
use crate::identity::accounts::user::User;

use super::paging::{Paged, whole};

/// Characters of a search; more are not looked at.
const SEARCH_MAX: usize = 100;

#[derive(Template)]
#[template(path = "admin/users.html")]
struct UsersPage<'a> {
    page: &'a Page,
    text: &'a str,
    status: Status,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    user: User,
    since: When,
}

/// What the search form and the links between pages send; nonsense reads as nothing.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    before: String,
}

pub async fn list(_: Staff, page: Page, query: web::Query<Search>, app: App) -> Answer {
    let Search { q, status, before } = query.into_inner();
    let (text, status, before) =
        (q.trim().chars().take(SEARCH_MAX).collect::<String>(), Status::parse(&status), whole(&before));
    let wanted = text.clone();
    let users =
        app.db.run(move |conn| directory::search(conn, &wanted, status, before, Paged::FETCH)).await?;
    let Paged { rows, last } = Paged::of(users, |user| user.id);
    let next = last.map(|id| {
        let fields = [("q", text.as_str()), ("status", status.code()), ("before", &id.to_string())];
        super::paging::address("/admin/users", &fields)
    });
    let now = app.clock.now();
    let rows = rows.into_iter().map(|user| Row { since: page.t.when(user.created_at, now), user }).collect();
    page.show(&UsersPage { page: &page, text: &text, status, rows, next })
}
