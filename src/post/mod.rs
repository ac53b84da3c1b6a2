//! Posts on the board: plain functions on a connection, and the rule of who may do what. Shows no pages.

mod draft;
mod newest;
mod wanted;

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};

use crate::clock::Timestamp;
use crate::db::{Conn, DbError};
use crate::identity::access::rules::{And, IsAuthenticatedOrReadOnly, IsAuthor, ObjectPermissions, Or};
use crate::identity::access::{Model, Object, Permission};
use crate::schema::{posts, users};
use crate::web::AppError;

pub use draft::Draft;
pub use newest::Newest;
pub use wanted::Wanted;

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

/// Username and display name.
type Names = Option<(String, String)>;

fn name(names: Names) -> Option<String> {
    names.map(|(username, display_name)| if display_name.is_empty() { username } else { display_name })
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

/// Newest first, at most `count` of what is wanted.
pub fn list(conn: &mut Conn, wanted: &Wanted, count: i64) -> Result<Vec<Teaser>, DbError> {
    let mut query = posts::table
        .left_join(users::table)
        .select((
            posts::id,
            posts::title,
            posts::created_at,
            (users::username, users::display_name).nullable(),
        ))
        .order(posts::id.desc())
        .limit(count)
        .into_boxed();
    if let Some(before) = wanted.before {
        query = query.filter(posts::id.lt(before));
    }
    if let Some(pattern) = wanted.pattern() {
        let (title, body) = (posts::title.like(pattern.clone()), posts::body.like(pattern));
        query = query.filter(title.escape(wanted::ESCAPE).or(body.escape(wanted::ESCAPE)));
    }
    let rows: Vec<(i64, String, Timestamp, Names)> = query.load(conn)?;
    let teasers = rows.into_iter().map(|(id, title, created_at, names)| Teaser {
        id,
        author: name(names),
        title,
        created_at,
    });
    Ok(teasers.collect())
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

pub fn delete(conn: &mut Conn, id: i64) -> Result<(), WriteError> {
    match diesel::delete(posts::table.find(id)).execute(conn)? {
        0 => Err(WriteError::Stale),
        _ => Ok(()),
    }
}
