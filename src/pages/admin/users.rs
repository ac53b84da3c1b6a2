//! `/admin/users`: every account, searched, filtered and paged.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::guards::Staff;
use crate::http::{Answer, Ctx, Page};
use crate::i18n::When;
use crate::identity::accounts::{Accounts, Found, Status, User};

use super::paging::{Paged, address, number};

/// The maximum length of a search in characters; the rest is ignored.
const SEARCH_MAX: usize = 100;

#[derive(Template)]
#[template(path = "admin/users.html")]
struct UsersPage<'a> {
    page: &'a Page,
    text: &'a str,
    status: Status,
    rows: Vec<UserRow>,
    next: Option<String>,
}

struct UserRow {
    user: User,
    since: When,
}

impl UserRow {
    fn initial(&self) -> String {
        self.user.username.chars().take(1).collect()
    }
}

impl UsersPage<'_> {
    /// The same search among these.
    fn address_of(&self, status: &Status) -> String {
        address("/admin/users", &[("q", self.text), ("status", status.code())])
    }

    fn nothing(&self) -> String {
        if self.text.is_empty() {
            self.page.t.admin.nothing.to_owned()
        } else {
            self.page.t.users.nobody_found(self.text)
        }
    }
}

/// The parameters of the search form and of the links between pages; invalid values are ignored.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    before: String,
}

pub async fn list(_: Staff, ctx: Ctx, query: web::Query<Search>, accounts: web::Data<Accounts>) -> Answer {
    let Search { q, status, before } = query.into_inner();
    let text: String = q.trim().chars().take(SEARCH_MAX).collect();
    let status = Status::parse(&status);
    let Found { users, rest_before } =
        accounts.search(text.clone(), status, number(&before), Paged::FETCH).await?;
    let Paged { rows, last } = Paged::of(users, |user| user.id);
    let next = last.or(rest_before).map(|id| {
        let fields = [("q", text.as_str()), ("status", status.code()), ("before", &id.to_string())];
        address("/admin/users", &fields)
    });
    let (page, now) = (&ctx.page, ctx.now);
    let row = |user: User| UserRow { since: page.when(user.created_at, now), user };
    let rows = rows.into_iter().map(row).collect();
    page.show(&UsersPage { page, text: &text, status, rows, next })
}
