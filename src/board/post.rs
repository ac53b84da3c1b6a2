//! Posts as rows, and the rules for reading and changing them.

use diesel::prelude::*;

use crate::identity::access::rules::{And, IsAuthenticatedOrReadOnly, IsAuthor, ObjectPermissions, Or};
use crate::identity::access::{Model, Object};
use crate::identity::accounts::Permission;
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, contains};
use crate::platform::near_cache::Topic;
use crate::platform::schema::{posts, users};

use super::draft::Draft;
use super::error::PostError;
use super::list_query::ListQuery;

/// Anyone reads, members write; only the author or a member with the permission changes a post.
pub type BoardRule = And<IsAuthenticatedOrReadOnly, Or<IsAuthor, ObjectPermissions<Post>>>;

pub struct Post {
    pub id: i64,
    /// None if the account was deleted.
    pub author_id: Option<i64>,
    pub author: Option<String>,
    pub title: String,
    pub body: String,
    /// Incremented by every edit.
    pub version: i64,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
}

/// A post as lists show it.
pub struct PostSummary {
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

/// Posts that a search reads for one page.
const SEARCHED_AT_ONCE: i64 = 2_000;

/// Username and display name.
type Names = Option<(String, String)>;

fn name(names: Names) -> Option<String> {
    names.map(|(username, display_name)| match display_name.as_str() {
        "" => username,
        // Display names are not unique; usernames are.
        shown => format!("{shown} ({username})"),
    })
}

pub(super) fn find(conn: &mut Conn, id: i64) -> Result<Option<Post>, DbError> {
    type PostRow = (i64, Option<i64>, String, String, i64, Timestamp, Option<Timestamp>);
    let found: Option<(PostRow, Names)> = posts::table
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
pub struct Page {
    pub posts: Vec<PostSummary>,
    /// If the next page has posts, they are older than this id.
    pub older: Option<i64>,
}

/// Newest first. A search reads a limited number of posts per page, so its duration is bounded whatever the query.
pub(super) fn list(conn: &mut Conn, asked: &ListQuery) -> Result<Page, DbError> {
    let mut query = posts::table
        .left_join(users::table)
        .select((
            posts::id,
            posts::title,
            posts::created_at,
            (users::username, users::display_name).nullable(),
        ))
        .order(posts::id.desc())
        .limit(asked.size + 1)
        .into_boxed();
    if let Some(before) = asked.before {
        query = query.filter(posts::id.lt(before));
    }
    let mut floor = None;
    if !asked.search.is_empty() {
        let newest: Option<i64> = posts::table.select(diesel::dsl::max(posts::id)).first(conn)?;
        let end = newest.unwrap_or(0).saturating_add(1).min(asked.before.unwrap_or(i64::MAX));
        let begin = end - SEARCHED_AT_ONCE;
        floor = (begin > 1).then_some(begin);
        let found = contains(posts::title, &asked.search).or(contains(posts::body, &asked.search));
        query = query.filter(posts::id.ge(begin).and(found));
    }
    let mut rows: Vec<(i64, String, Timestamp, Names)> = query.load(conn)?;
    let more = rows.len() as i64 > asked.size;
    rows.truncate(asked.size as usize);
    let older = if more { rows.last().map(|row| row.0) } else { floor };
    let found = rows.into_iter().map(|(id, title, created_at, names)| PostSummary {
        id,
        author: name(names),
        title,
        created_at,
    });
    Ok(Page { posts: found.collect(), older })
}

pub(super) fn create(write: &mut Write<'_>, author_id: i64, draft: &Draft) -> Result<i64, PostError> {
    let row = (
        posts::author_id.eq(author_id),
        posts::title.eq(&draft.title),
        posts::body.eq(&draft.body),
        posts::created_at.eq(write.now()),
    );
    let conn = write.topic(Topic::Posts);
    Ok(diesel::insert_into(posts::table).values(row).returning(posts::id).get_result(conn)?)
}

/// Replaces version `version` with `draft`.
///
/// # Errors
/// `Conflict` if the post has changed since.
pub(super) fn change(write: &mut Write<'_>, id: i64, version: i64, draft: &Draft) -> Result<(), PostError> {
    let row = (
        posts::title.eq(&draft.title),
        posts::body.eq(&draft.body),
        posts::version.eq(posts::version + 1),
        posts::edited_at.eq(write.now()),
    );
    let this = posts::table.filter(posts::id.eq(id).and(posts::version.eq(version)));
    match diesel::update(this).set(row).execute(write.topic(Topic::Posts))? {
        0 => Err(PostError::Conflict),
        _ => Ok(()),
    }
}

/// Deletes version `version`, the one that was shown.
///
/// # Errors
/// `Conflict` if the post has changed since.
pub(super) fn delete(write: &mut Write<'_>, id: i64, version: i64) -> Result<(), PostError> {
    let this = posts::table.filter(posts::id.eq(id).and(posts::version.eq(version)));
    match diesel::delete(this).execute(write.topic(Topic::Posts))? {
        0 => Err(PostError::Conflict),
        _ => Ok(()),
    }
}
