//! `/board`: anyone reads posts; members write them.

mod links;
mod write;

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::board::{self, BoardRule, Post, Teaser, Wanted};
use crate::http::auth::allowed::{Allowed, Viewing};
use crate::http::{Answer, AppError, Client, Page};
use crate::i18n::When;
use crate::identity::access::Action;
use crate::identity::{App, Identity};

use links::{Piece, pieces};
pub use write::{ask_delete, create, delete, edit, new, save};

#[derive(Template)]
#[template(path = "board/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    search: &'a str,
    rows: Vec<Row<'a>>,
    /// The query of the next page, if there is one.
    next: Option<String>,
    is_first: bool,
}

struct Row<'a> {
    id: i64,
    title: &'a str,
    author: &'a str,
    at: When,
}

#[derive(Template)]
#[template(path = "board/post.html")]
struct PostPage<'a> {
    page: &'a Page,
    post: &'a Post,
    author: &'a str,
    at: When,
    edited: Option<When>,
    pieces: Vec<Piece<'a>>,
    may_change: bool,
    may_delete: bool,
}

pub async fn list(_: Allowed<BoardRule>, req: HttpRequest, page: Page, client: Client, app: App) -> Answer {
    let wanted = Wanted::parse(req.query_string());
    let found = board::search(&app, &client, &wanted).await?;
    let now = app.clock.now();
    page.show(&ListPage {
        page: &page,
        search: &wanted.search,
        next: found.older.map(|id| wanted.after(id)),
        is_first: wanted.before.is_none(),
        rows: found.teasers.iter().map(|teaser| row(teaser, &page, now)).collect(),
    })
}

fn row<'a>(teaser: &'a Teaser, page: &Page, now: i64) -> Row<'a> {
    Row {
        id: teaser.id,
        title: &teaser.title,
        author: page.t.author(teaser.author.as_deref()),
        at: page.t.when(teaser.created_at, now),
    }
}

pub async fn show(
    allowed: Allowed<BoardRule, Viewing>,
    id: web::Path<String>,
    page: Page,
    app: App,
) -> Answer {
    let post = find(&app, &id).await?;
    allowed.on(&post)?;
    let now = app.clock.now();
    page.show(&PostPage {
        page: &page,
        author: page.t.author(post.author.as_deref()),
        at: page.t.when(post.created_at, now),
        edited: post.edited_at.map(|at| page.t.when(at, now)),
        pieces: pieces(&post.body),
        may_change: allowed.may(Action::Change, &post),
        may_delete: allowed.may(Action::Delete, &post),
        post: &post,
    })
}

/// The post of an address. Whatever is no id as we write them is not there.
async fn find(app: &Identity, text: &str) -> Result<Post, AppError> {
    let id: i64 = text.parse().ok().filter(|id: &i64| id.to_string() == text).ok_or(AppError::NotFound)?;
    let found = app.db.run(move |conn| board::find(conn, id)).await.map_err(AppError::from)?;
    found.ok_or(AppError::NotFound)
}
