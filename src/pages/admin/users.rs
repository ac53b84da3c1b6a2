//! `/admin/users`: every account, searched, filtered and paged.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::guards::Staff;
use crate::http::{Answer, Ctx, Page};
use crate::i18n::When;
use crate::identity::accounts::{AccountTotals, Found, Order, Status, User, UserDirectory, UserQuery};

use super::paging::{Paged, address};
use super::sorting::Heads;

/// The maximum length of a search in characters; the rest is ignored.
const SEARCH_MAX: usize = 100;

#[derive(Template)]
#[template(path = "admin/users.html")]
struct UsersPage<'a> {
    page: &'a Page,
    text: &'a str,
    status: Status,
    totals: AccountTotals,
    heads: Heads,
    /// How many of all are on this page.
    count: String,
    rows: Vec<UserRow>,
    next: Option<String>,
}

struct UserRow {
    user: User,
    groups: Vec<String>,
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
        let sort = self.heads.code();
        address("/admin/users", &[("q", self.text), ("status", status.code()), ("sort", &sort)])
    }

    fn count_of(&self, status: &Status) -> String {
        self.page.t.number(self.totals.of(*status))
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
    #[serde(default)]
    sort: String,
}

pub async fn list(
    _: Staff,
    ctx: Ctx,
    query: web::Query<Search>,
    directory: web::Data<UserDirectory>,
) -> Answer {
    let Search { q, status, before, sort } = query.into_inner();
    let text: String = q.trim().chars().take(SEARCH_MAX).collect();
    let status = Status::parse(&status);
    let other = [("q", text.as_str()), ("status", status.code())];
    let heads = Heads::of("/admin/users", &["-since", "name"], &sort, &other);
    let order = Order { by_name: heads.is_by("name"), down: heads.is_down() };
    let wanted = UserQuery { text: text.clone(), status, order, after: before, count: Paged::FETCH };
    let (totals, Found { users, rest_after }) = (directory.totals().await?, directory.search(wanted).await?);
    let Paged { rows, last } = Paged::of(users, |user| order.place(user));
    let mut groups = directory.groups_of(rows.iter().map(|user| user.id).collect()).await?;
    let next = last.or(rest_after).map(|last| {
        let fields =
            [("q", text.as_str()), ("status", status.code()), ("sort", &heads.code()), ("before", &last)];
        address("/admin/users", &fields)
    });
    let (page, now) = (&ctx.page, ctx.now);
    let row = |user: User| UserRow {
        since: page.when(user.created_at, now),
        groups: groups.remove(&user.id).unwrap_or_default(),
        user,
    };
    let rows: Vec<UserRow> = rows.into_iter().map(row).collect();
    let shown = rows.len();
    let count = match text.is_empty() {
        true => page.t.users.shown_of(page.t.number(totals.of(status)), shown),
        false => page.t.users.shown(shown),
    };
    page.show(&UsersPage { page, text: &text, status, totals, heads, count, rows, next })
}
