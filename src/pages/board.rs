//! `/board`: anyone reads posts; members write them.

mod links;
pub mod write;

use actix_web::web;
use askama::Template;

use crate::board::{Board, BoardRule, ListQuery, Post, PostSummary};
use crate::http::auth::allowed::{Allowed, Viewing};
use crate::http::{Answer, AppError, Ctx, Page};
use crate::i18n::When;
use crate::identity::access::Action;
use crate::platform::clock::Timestamp;

use links::{Piece, pieces};

#[derive(Template)]
#[template(path = "board/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    search: &'a str,
    rows: Vec<PostRow<'a>>,
    /// The query of the next page, if there is one.
    next: Option<String>,
    is_first: bool,
}

struct PostRow<'a> {
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

pub async fn list(_: Allowed<BoardRule>, ctx: Ctx, board: web::Data<Board>) -> Answer {
    let query = ListQuery::parse(ctx.request().query_string());
    let found = board.search(ctx.client(), &query).await?;
    ctx.page.show(&ListPage {
        page: &ctx.page,
        search: &query.search,
        next: found.older.map(|id| query.after(id)),
        is_first: query.before.is_none(),
        rows: found.posts.iter().map(|post| row(post, &ctx.page, ctx.now)).collect(),
    })
}

fn row<'a>(post: &'a PostSummary, page: &Page, now: Timestamp) -> PostRow<'a> {
    PostRow {
        id: post.id,
        title: &post.title,
        author: page.t.author(post.author.as_deref()),
        at: page.when(post.created_at, now),
    }
}

pub async fn show(
    allowed: Allowed<BoardRule, Viewing>,
    id: web::Path<String>,
    ctx: Ctx,
    board: web::Data<Board>,
) -> Answer {
    let post = find(&board, &id).await?;
    allowed.on(&post)?;
    let (page, now) = (&ctx.page, ctx.now);
    page.show(&PostPage {
        page,
        author: page.t.author(post.author.as_deref()),
        at: page.when(post.created_at, now),
        edited: post.edited_at.map(|at| page.when(at, now)),
        pieces: pieces(&post.body),
        may_change: allowed.may(Action::Change, &post),
        may_delete: allowed.may(Action::Delete, &post),
        post: &post,
    })
}

/// The post at an address. An id not written in its canonical form is not found.
async fn find(board: &Board, text: &str) -> Result<Post, AppError> {
    let id: i64 = text.parse().ok().filter(|id: &i64| id.to_string() == text).ok_or(AppError::NotFound)?;
    board.find(id).await?.ok_or(AppError::NotFound)
}
