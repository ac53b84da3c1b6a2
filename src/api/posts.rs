//! `/api/posts`: the board for programs.

mod query;
mod shapes;

use std::num::NonZeroU32;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json, Path};

use super::refusals::{Conflict, NotFound, TooMany, Unprocessable};
use crate::board::{Board, BoardRule, Draft, Moderator, Post, PostError};
use crate::http::auth::allowed::Allowed;
use crate::http::{Answer, AppError, Body, Ctx};

use query::list_query;
use shapes::{NewPost, PostChange, PostList, PostReplacement, PostVersion, WholePost};

/// Posts, newest first, page by page.
#[utoipa::path(
    get,
    path = "/api/posts",
    tag = "posts",
    security((), ("bearer" = ["posts:read"])),
    params(
        ("q" = Option<String>, Query, description = "What to look for in title and text."),
        ("before" = Option<i64>, Query, minimum = 1, description = "Only posts with a lower id."),
        ("size" = Option<i64>, Query, minimum = 1, maximum = 100, description = "How many there are on a page."),
    ),
    responses(
        (status = 200, description = "One page. `next` leads to the following one.", body = PostList),
        Unprocessable
    )
)]
pub async fn list(_: Allowed<BoardRule>, ctx: Ctx, board: Data<Board>) -> Result<Json<PostList>, AppError> {
    let query = list_query(ctx.request().query_string())?;
    let found = board.search(ctx.client(), &query).await?;
    let next = found.older.map(|id| format!("/api/posts?{}", query.after(id)));
    Ok(Json(PostList { posts: found.posts.into_iter().map(Into::into).collect(), next }))
}

/// Writes a post.
#[utoipa::path(
    post,
    path = "/api/posts",
    tag = "posts",
    security(("bearer" = ["posts:write"])),
    request_body = NewPost,
    responses(
        (status = 201, description = "It is written.", body = WholePost, headers(("Location" = String))),
        Unprocessable,
        TooMany
    )
)]
pub async fn create(allowed: Allowed<BoardRule>, Body(new): Body<NewPost>, board: Data<Board>) -> Answer {
    let draft = Draft::parse(&new.title, &new.body)?;
    let id = board.publish(allowed.current()?.user.id, draft).await?;
    let made = find(&board, id).await?;
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, format!("/api/posts/{id}")))
        .json(WholePost::from(made)))
}

/// One post.
#[utoipa::path(
    get,
    path = "/api/posts/{id}",
    tag = "posts",
    security((), ("bearer" = ["posts:read"])),
    params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, description = "The post.", body = WholePost), NotFound)
)]
pub async fn show(
    allowed: Allowed<BoardRule>,
    id: Path<i64>,
    board: Data<Board>,
) -> Result<Json<WholePost>, AppError> {
    let post = find(&board, *id).await?;
    allowed.on(&post)?;
    Ok(Json(post.into()))
}

/// Puts another title and text in a post's place.
#[utoipa::path(
    put,
    path = "/api/posts/{id}",
    tag = "posts",
    security(("bearer" = ["posts:write"])),
    params(("id" = i64, Path, minimum = 1)),
    request_body = PostReplacement,
    responses(
        (status = 200, description = "The post as it is now.", body = WholePost),
        NotFound,
        Conflict,
        Unprocessable
    )
)]
pub async fn replace(
    allowed: Allowed<BoardRule>,
    ctx: Ctx,
    (id, Body(new)): (Path<i64>, Body<PostReplacement>),
    board: Data<Board>,
) -> Result<Json<WholePost>, AppError> {
    edit(&allowed, *id, new.into(), &ctx, &board).await
}

/// Changes a post's title, its text, or both.
#[utoipa::path(
    patch,
    path = "/api/posts/{id}",
    tag = "posts",
    security(("bearer" = ["posts:write"])),
    params(("id" = i64, Path, minimum = 1)),
    request_body = Option<PostChange>,
    responses(
        (status = 200, description = "The post as it is now.", body = WholePost),
        NotFound,
        Conflict,
        Unprocessable
    )
)]
pub async fn change(
    allowed: Allowed<BoardRule>,
    ctx: Ctx,
    (id, Body(change)): (Path<i64>, Body<PostChange>),
    board: Data<Board>,
) -> Result<Json<WholePost>, AppError> {
    edit(&allowed, *id, change, &ctx, &board).await
}

async fn edit(
    allowed: &Allowed<BoardRule>,
    id: i64,
    change: PostChange,
    ctx: &Ctx,
    board: &Board,
) -> Result<Json<WholePost>, AppError> {
    let post = find(board, id).await?;
    allowed.on(&post)?;
    let version = expected_version(change.version, &post);
    let title = change.title.as_ref().unwrap_or(&post.title);
    let draft = Draft::parse(title, change.body.as_ref().unwrap_or(&post.body))?;
    let by = Moderator { id: allowed.current()?.user.id, client: ctx.client() };
    board.edit(by, &post, version, draft).await.map_err(conflict)?;
    Ok(Json(find(board, id).await?.into()))
}

/// Deletes a post.
#[utoipa::path(
    delete,
    path = "/api/posts/{id}",
    tag = "posts",
    security(("bearer" = ["posts:write"])),
    params(("id" = i64, Path, minimum = 1)),
    request_body = Option<PostVersion>,
    responses(
        (status = 204, description = "It is gone."),
        NotFound,
        Conflict,
        Unprocessable
    )
)]
pub async fn delete(
    allowed: Allowed<BoardRule>,
    ctx: Ctx,
    (id, Body(sent)): (Path<i64>, Body<PostVersion>),
    board: Data<Board>,
) -> Answer {
    let post = find(&board, *id).await?;
    allowed.on(&post)?;
    let by = Moderator { id: allowed.current()?.user.id, client: ctx.client() };
    board.delete(by, &post, expected_version(sent.version, &post)).await.map_err(conflict)?;
    Ok(HttpResponse::NoContent().finish())
}

async fn find(board: &Board, id: i64) -> Result<Post, AppError> {
    board.find(id).await?.ok_or(AppError::NotFound)
}

/// The version that was sent; without one, the current version.
fn expected_version(sent: Option<NonZeroU32>, post: &Post) -> i64 {
    sent.map_or(post.version, |version| version.get().into())
}

fn conflict(error: PostError) -> AppError {
    match error {
        PostError::Conflict => AppError::Conflict,
        other => other.into(),
    }
}
