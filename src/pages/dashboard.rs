//! `/dashboard`: the page after sign-in. Like every ordinary page, it queries neither the store nor SQL.

use actix_web::web;
use askama::Template;

use crate::board::Board;
use crate::http::auth::guards::CurrentUser;
use crate::http::{Answer, Ctx, Page};
use crate::i18n::When;
use crate::identity::accounts::User;
use crate::identity::applications::{Application, Applications};
use crate::identity::sessions::Session;

#[derive(Template)]
#[template(path = "dashboard/dashboard.html")]
struct DashboardPage<'a> {
    page: &'a Page,
    user: &'a User,
    session: &'a Session,
    greeting: String,
    device: &'a str,
    signed_in: When,
    password: When,
    failure: Option<When>,
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
        user: &current.user,
        session: &current.session,
        greeting: t.greeting(current.user.name()),
        device: if current.session.device.is_empty() {
            t.dashboard.unknown_device
        } else {
            &current.session.device
        },
        signed_in: page.when(current.session.signed_in_at, now),
        password: page.when(current.user.password_changed_at, now),
        failure: current.user.last_failure_at.map(|at| page.when(at, now)),
        apps: applications.iter().filter(|app| app.is_open_to(&current.user)).collect(),
        posts: posts.collect(),
    })
}
