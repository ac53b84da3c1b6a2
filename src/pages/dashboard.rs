//! `/dashboard`: the page after sign-in. Like every ordinary page, it queries neither the store nor SQL.

use actix_web::web;
use askama::Template;

use crate::board::Board;
use crate::http::auth::guards::CurrentUser;
use crate::http::{Answer, Ctx, Page};
use crate::i18n::When;
use crate::identity::applications::{Application, Applications};

#[derive(Template)]
#[template(path = "dashboard/dashboard.html")]
struct DashboardPage<'a> {
    page: &'a Page,
    /// Whether the member's address is not yet verified.
    unconfirmed: bool,
    apps: Vec<&'a Application>,
    posts: Vec<PostRow<'a>>,
}

struct PostRow<'a> {
    id: i64,
    title: &'a str,
    author: &'a str,
    at: When,
}

pub async fn show(
    current: CurrentUser,
    ctx: Ctx,
    applications: web::Data<Applications>,
    board: web::Data<Board>,
) -> Answer {
    let (now, page, t) = (ctx.now, &ctx.page, ctx.page.t);
    let applications = applications.all().await?;
    let newest = if ctx.site.has_board { board.newest().await? } else { Default::default() };
    let posts = newest.iter().map(|post| PostRow {
        id: post.id,
        title: &post.title,
        author: t.author(post.author.as_deref()),
        at: page.when(post.created_at, now),
    });
    page.show(&DashboardPage {
        page,
        unconfirmed: ctx.site.verifies_addresses && current.user.email_verified_at.is_none(),
        apps: applications.iter().filter(|app| app.is_open_to(&current.user)).collect(),
        posts: posts.collect(),
    })
}
