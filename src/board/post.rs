//! Posts on the board: plain functions on a connection, and the rule of who may do what. Shows no pages.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};

use crate::http::auth::caller::Caller;
use crate::http::{AppError, Client};
use crate::identity::Identity;
use crate::identity::access::rules::{And, IsAuthenticatedOrReadOnly, IsAuthor, ObjectPermissions, Or};
use crate::identity::access::{Model, Object};
use crate::identity::accounts::permission::Permission;
use crate::identity::audit::{Entry, Event};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, contains};
use crate::platform::near_cache::Topic;
use crate::platform::schema::{posts, users};

use super::draft::Draft;
use super::list_query::Wanted;

/// Anyone reads, members write; a post is changed by its author, or by who holds the permission.
pub type BoardRule = And<IsAuthenticatedOrReadOnly, Or<IsAuthor, ObjectPermissions<Post>>>;

pub struct Post {
    pub id: i64,
    /// Nobody, once the account is gone.
    pub author_id: Option<i64>,
    pub author: Option<String>,
    pub title: String,
    pub body: String,
    /// Grows with every edit.
    pub version: i64,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
}

/// A post as lists show it.
pub struct Teaser {
    pub id: i64,
    pub author: Option<String>,
    pub title: String,
    pub created_at: Timestamp,
}

impl Object for Post {
    fn author(&self) -> Option<i64> {
        self.author_id
    }
}

impl Model for Post {
    const ADD: Permission = Permission::AddPost;
    const CHANGE: Permission = Permission::ChangePost;
    const DELETE: Permission = Permission::DeletePost;
}

#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Changed or deleted since it was read.
    #[error("there is no such post, or not of this version any more")]
    Stale,
    #[error("the author's account is gone")]
    AuthorLeft,
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Error> for WriteError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Self::AuthorLeft,
            other => Self::Db(other.into()),
        }
    }
}

impl From<WriteError> for AppError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Stale => Self::NotFound,
            WriteError::AuthorLeft => Self::SessionOver,
            WriteError::Db(error) => error.into(),
        }
    }
}

/// Posts that one page of a search looks through.
const SEARCHED_AT_ONCE: i64 = 2_000;

/// Username and display name.
type Names = Option<(String, String)>;

fn name(names: Names) -> Option<String> {
    names.map(|(username, display_name)| match display_name.as_str() {
        "" => username,
        // Anyone may call themselves anything; the username is one of a kind.
        shown => format!("{shown} ({username})"),
    })
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Post>, DbError> {
    type Row = (i64, Option<i64>, String, String, i64, Timestamp, Option<Timestamp>);
    let found: Option<(Row, Names)> = posts::table
        .find(id)
        .left_join(users::table)
        .select((posts::all_columns, (users::username, users::display_name).nullable()))
        .first(conn)
        .optional()?;
    Ok(found.map(|((id, author_id, title, body, version, created_at, edited_at), names)| Post {
        id,
        author_id,
        author: name(names),
        title,
        body,
        version,
        created_at,
        edited_at,
    }))
}

/// One page of a list.
pub struct Found {
    pub teasers: Vec<Teaser>,
    /// Posts before this id may be on the next page.
    pub older: Option<i64>,
}

/// Newest first. A search looks through so many posts at a time and leaves the rest to the next page: whatever is asked
/// for, it takes no longer than that.
pub fn list(conn: &mut Conn, wanted: &Wanted) -> Result<Found, DbError> {
    let mut query = posts::table
        .left_join(users::table)
        .select((
            posts::id,
            posts::title,
            posts::created_at,
            (users::username, users::display_name).nullable(),
        ))
        .order(posts::id.desc())
        .limit(wanted.size + 1)
        .into_boxed();
    if let Some(before) = wanted.before {
        query = query.filter(posts::id.lt(before));
    }
    let mut floor = None;
    if !wanted.search.is_empty() {
        let newest: Option<i64> = posts::table.select(diesel::dsl::max(posts::id)).first(conn)?;
        let end = newest.unwrap_or(0).saturating_add(1).min(wanted.before.unwrap_or(i64::MAX));
        let begin = end - SEARCHED_AT_ONCE;
        floor = (begin > 1).then_some(begin);
        let found = contains(posts::title, &wanted.search).or(contains(posts::body, &wanted.search));
        query = query.filter(posts::id.ge(begin).and(found));
    }
    let mut rows: Vec<(i64, String, Timestamp, Names)> = query.load(conn)?;
    let more = rows.len() as i64 > wanted.size;
    rows.truncate(wanted.size as usize);
    let older = if more { rows.last().map(|row| row.0) } else { floor };
    let teasers = rows.into_iter().map(|(id, title, created_at, names)| Teaser {
        id,
        author: name(names),
        title,
        created_at,
    });
    Ok(Found { teasers: teasers.collect(), older })
}

/// The same, where everyone else may want to read meanwhile: searches take their turn.
pub async fn search(app: &Identity, client: &Client, wanted: &Wanted) -> Result<Found, AppError> {
    let _turn = match wanted.search.is_empty() {
        true => None,
        false => Some(app.limits.turn_to_search(client).await?),
    };
    let asked = wanted.clone();
    Ok(app.db.run(move |conn| list(conn, &asked)).await?)
}

/// Writes a new post, if its author has not written too many of late. Its id.
pub async fn publish(app: &Identity, author_id: i64, draft: Draft) -> Result<i64, AppError> {
    let attempt = app.limits.post(author_id).await?;
    let now = app.clock.now();
    let id = app.act(None, move |conn| create(conn, author_id, &draft, now)).await?;
    drop(attempt);
    app.sessions.topic_changed(Topic::Posts).await;
    Ok(id)
}

/// What one does to another's post is noted, and told to its author.
pub fn moderation(
    event: Event,
    current: &Caller,
    post: &Post,
    client: &Client,
    now: Timestamp,
) -> Option<Entry> {
    let actor = current.user.id;
    let entry = || Entry::by(actor, event, post.author_id, client, now).about(&post.title);
    (post.author_id != Some(actor)).then(entry)
}

pub fn create(conn: &mut Conn, author_id: i64, draft: &Draft, now: Timestamp) -> Result<i64, WriteError> {
    let row = (
        posts::author_id.eq(author_id),
        posts::title.eq(&draft.title),
        posts::body.eq(&draft.body),
        posts::created_at.eq(now),
    );
    Ok(diesel::insert_into(posts::table).values(row).returning(posts::id).get_result(conn)?)
}

/// Puts `draft` in the place of version `version`.
///
/// # Errors
/// `Stale` when someone else was faster.
pub fn change(
    conn: &mut Conn,
    id: i64,
    version: i64,
    draft: &Draft,
    now: Timestamp,
) -> Result<(), WriteError> {
    let row = (
        posts::title.eq(&draft.title),
        posts::body.eq(&draft.body),
        posts::version.eq(posts::version + 1),
        posts::edited_at.eq(now),
    );
    let this = posts::table.filter(posts::id.eq(id).and(posts::version.eq(version)));
    match diesel::update(this).set(row).execute(conn)? {
        0 => Err(WriteError::Stale),
        _ => Ok(()),
    }
}

/// Deletes version `version`, which is the one that was looked at.
///
/// # Errors
/// `Stale` when someone has changed it since.
pub fn delete(conn: &mut Conn, id: i64, version: i64) -> Result<(), WriteError> {
    let this = posts::table.filter(posts::id.eq(id).and(posts::version.eq(version)));
    match diesel::delete(this).execute(conn)? {
        0 => Err(WriteError::Stale),
        _ => Ok(()),
    }
}
