//! `/api/posts`: the board for programs.

mod shapes;

use std::num::NonZeroU32;

use actix_web::http::header::LOCATION;
use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse};

use super::refusals::{Conflict, NotFound, TooMany, Unprocessable};
use crate::board::{self, BoardRule, Draft, Post, Wanted, WriteError};
use crate::http::auth::allowed::Allowed;
use crate::http::auth::caller::Caller;
use crate::http::{Answer, AppError, Body, Client, Page};
use crate::identity::audit::Event;
use crate::identity::{App, Identity};
use crate::platform::near_cache::Topic;

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
pub async fn list(
    _: Allowed<BoardRule>,
    req: HttpRequest,
    client: Client,
    app: App,
) -> Result<Json<PostList>, AppError> {
    let wanted = Wanted::of_program(req.query_string())?;
    let found = board::search(&app, &client, &wanted).await?;
    let next = found.older.map(|id| format!("/api/posts?{}", wanted.after(id)));
    Ok(Json(PostList { posts: found.teasers.into_iter().map(Into::into).collect(), next }))
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
pub async fn create(
    _: Allowed<BoardRule>,
    caller: Caller,
    page: Page,
    Body(new): Body<NewPost>,
    app: App,
) -> Answer {
    let draft = Draft::parse(&new.title, &new.body, page.t)?;
    let id = board::publish(&app, caller.user.id, draft).await?;
    let made = find(&app, id).await?;
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
    id: web::Path<i64>,
    app: App,
) -> Result<Json<WholePost>, AppError> {
    let post = find(&app, *id).await?;
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
    id: web::Path<i64>,
    page: Page,
    Body(new): Body<PostReplacement>,
    client: Client,
    app: App,
) -> Result<Json<WholePost>, AppError> {
    edit(&allowed, *id, &page, new.into(), &client, &app).await
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
    id: web::Path<i64>,
    page: Page,
    Body(change): Body<PostChange>,
    client: Client,
    app: App,
) -> Result<Json<WholePost>, AppError> {
    edit(&allowed, *id, &page, change, &client, &app).await
}

async fn edit(
    allowed: &Allowed<BoardRule>,
    id: i64,
    page: &Page,
    change: PostChange,
    client: &Client,
    app: &Identity,
) -> Result<Json<WholePost>, AppError> {
    let post = find(app, id).await?;
    allowed.on(&post)?;
    let version = meant(change.version, &post);
    let title = change.title.as_ref().unwrap_or(&post.title);
    let draft = Draft::parse(title, change.body.as_ref().unwrap_or(&post.body), page.t)?;
    let entry = board::moderation(Event::PostEdited, allowed.current()?, &post, client, app.clock.now());
    let now = app.clock.now();
    app.act(entry, move |conn| board::change(conn, id, version, &draft, now)).await.map_err(stale)?;
    app.sessions.topic_changed(Topic::Posts).await;
    Ok(Json(find(app, id).await?.into()))
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
    id: web::Path<i64>,
    Body(meant_by_program): Body<PostVersion>,
    client: Client,
    app: App,
) -> Answer {
    let post = find(&app, *id).await?;
    allowed.on(&post)?;
    let version = meant(meant_by_program.version, &post);
    let entry = board::moderation(Event::PostDeleted, allowed.current()?, &post, &client, app.clock.now());
    app.act(entry, move |conn| board::delete(conn, post.id, version)).await.map_err(stale)?;
    app.sessions.topic_changed(Topic::Posts).await;
    Ok(HttpResponse::NoContent().finish())
}

async fn find(app: &Identity, id: i64) -> Result<Post, AppError> {
    app.db.run(move |conn| board::find(conn, id)).await?.ok_or(AppError::NotFound)
}

/// The version that was sent; without one, whatever is there is meant.
fn meant(sent: Option<NonZeroU32>, post: &Post) -> i64 {
    sent.map_or(post.version, |version| version.get().into())
}

fn stale(error: WriteError) -> AppError {
    match error {
        WriteError::Stale => AppError::Conflict,
        other => other.into(),
    }
}
