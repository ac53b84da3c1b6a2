//! `/api/posts`: the board for programs.

use actix_web::http::header::LOCATION;
use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::clock::{Timestamp, rfc3339, rfc3339_or_null};
use crate::identity::access::Allowed;
use crate::identity::audit::Event;
use crate::identity::caller::Caller;
use crate::identity::near_cache::Topic;
use crate::identity::{App, Identity};
use crate::post::{self, BoardRule, Draft, Post, Wanted, WriteError};
use crate::web::{Answer, AppError, Client, JsonFields, Page};

#[derive(Serialize)]
pub struct List {
    posts: Vec<TeaserShape>,
    /// Where the next page is; null on the last.
    next: Option<String>,
}

#[derive(Serialize)]
struct TeaserShape {
    id: i64,
    title: String,
    /// Null once the account is gone.
    author: Option<String>,
    #[serde(serialize_with = "rfc3339")]
    created_at: Timestamp,
}

#[derive(Serialize)]
pub struct PostShape {
    id: i64,
    title: String,
    body: String,
    author_id: Option<i64>,
    author: Option<String>,
    /// Sent back with a change, it makes sure that nobody else's is overwritten.
    version: i64,
    #[serde(serialize_with = "rfc3339")]
    created_at: Timestamp,
    #[serde(serialize_with = "rfc3339_or_null")]
    edited_at: Option<Timestamp>,
}

impl From<Post> for PostShape {
    fn from(post: Post) -> Self {
        let Post { id, author_id, author, title, body, version, created_at, edited_at } = post;
        Self { id, title, body, author_id, author, version, created_at, edited_at }
    }
}

pub async fn list(
    _: Allowed<BoardRule>,
    req: HttpRequest,
    client: Client,
    app: App,
) -> Result<Json<List>, AppError> {
    let wanted = Wanted::parse(req.query_string());
    let found = post::search(&app, &client, &wanted).await?;
    let teasers = found.teasers.into_iter().map(|teaser| TeaserShape {
        id: teaser.id,
        title: teaser.title,
        author: teaser.author,
        created_at: teaser.created_at,
    });
    let next = found.older.map(|id| format!("/api/posts?{}", wanted.after(id)));
    Ok(Json(List { posts: teasers.collect(), next }))
}

pub async fn create(
    _: Allowed<BoardRule>,
    caller: Caller,
    page: Page,
    JsonFields(mut fields): JsonFields,
    app: App,
) -> Answer {
    let draft = Draft::parse(&fields.take("title"), &fields.take("body"), page.t)?;
    let id = post::publish(&app, caller.user.id, draft).await?;
    let made = find(&app, id).await?;
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, format!("/api/posts/{id}")))
        .json(PostShape::from(made)))
}

pub async fn show(
    allowed: Allowed<BoardRule>,
    id: web::Path<i64>,
    app: App,
) -> Result<Json<PostShape>, AppError> {
    let post = find(&app, *id).await?;
    allowed.on(&post)?;
    Ok(Json(post.into()))
}

/// PUT takes title and text; PATCH what is to change. With a version it must be the current one.
pub async fn change(
    allowed: Allowed<BoardRule>,
    id: web::Path<i64>,
    page: Page,
    JsonFields(mut fields): JsonFields,
    client: Client,
    req: HttpRequest,
    app: App,
) -> Result<Json<PostShape>, AppError> {
    let post = find(&app, *id).await?;
    allowed.on(&post)?;
    let keeps = *req.method() == actix_web::http::Method::PATCH;
    let mut taken = |name, old: &str| match fields.checked(name) || !keeps {
        true => fields.take(name),
        false => old.to_owned(),
    };
    let (title, body) = (taken("title", &post.title), taken("body", &post.body));
    let version = version(&mut fields, &post)?;
    let draft = Draft::parse(&title, &body, page.t)?;
    let entry = post::moderation(Event::PostEdited, allowed.current()?, &post, &client, app.clock.now());
    let (id, now) = (post.id, app.clock.now());
    app.act(entry, move |conn| post::change(conn, id, version, &draft, now)).await.map_err(stale)?;
    app.sessions.topic_changed(Topic::Posts).await;
    Ok(Json(find(&app, id).await?.into()))
}

pub async fn delete(
    allowed: Allowed<BoardRule>,
    id: web::Path<i64>,
    JsonFields(mut fields): JsonFields,
    client: Client,
    app: App,
) -> Answer {
    let post = find(&app, *id).await?;
    allowed.on(&post)?;
    let version = version(&mut fields, &post)?;
    let entry = post::moderation(Event::PostDeleted, allowed.current()?, &post, &client, app.clock.now());
    app.act(entry, move |conn| post::delete(conn, post.id, version)).await.map_err(stale)?;
    app.sessions.topic_changed(Topic::Posts).await;
    Ok(HttpResponse::NoContent().finish())
}

async fn find(app: &Identity, id: i64) -> Result<Post, AppError> {
    app.db.run(move |conn| post::find(conn, id)).await?.ok_or(AppError::NotFound)
}

/// The version that was sent; without one, whatever is there is meant.
fn version(fields: &mut crate::web::Fields, post: &Post) -> Result<i64, AppError> {
    match fields.take("version") {
        text if text.is_empty() => Ok(post.version),
        text => text.parse().map_err(|_| AppError::BadRequest),
    }
}

fn stale(error: WriteError) -> AppError {
    match error {
        WriteError::Stale => AppError::Conflict,
        other => other.into(),
    }
}
