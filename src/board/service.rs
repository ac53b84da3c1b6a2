//! The service that lists, writes and moderates posts.

use std::sync::Arc;
use std::time::Duration;

use crate::identity::audit::{Client, Entry, Event};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::near_cache::{CachedList, Feed, Topic};
use crate::platform::rate_limit::{KeyedSemaphore, Limiter, Shared};

use super::draft::Draft;
use super::error::PostError;
use super::list_query::ListQuery;
use super::post::{self, Page, Post, PostSummary};

/// Posts that one member may write per hour.
const POSTS_PER_MEMBER: usize = 60;

/// How long a search waits for the previous one.
const SEARCH_WAIT: Duration = Duration::from_secs(2);

/// Posts on the dashboard.
const NEWEST: i64 = 5;

pub struct Board {
    db: Db,
    writer: Writer,
    newest: CachedList<Vec<PostSummary>>,
    posts: Limiter,
    searches: KeyedSemaphore,
}

/// The member who acts on a post, and their client.
pub struct Moderator<'m> {
    pub id: i64,
    pub client: &'m Client,
}

impl Board {
    pub fn new(db: Db, writer: Writer, clock: &Clock, feed: &Arc<Feed>, shared: Option<&Shared>) -> Self {
        Self {
            db,
            writer,
            newest: CachedList::new(Topic::Posts, feed),
            posts: Limiter::new(POSTS_PER_MEMBER, 3600, clock.clone()).shared("post", shared),
            searches: KeyedSemaphore::new(1, SEARCH_WAIT),
        }
    }

    /// The newest posts, cached.
    pub async fn newest(&self) -> Result<Arc<Vec<PostSummary>>, DbError> {
        let read = |conn: &mut _| {
            let query = ListQuery { size: NEWEST, ..ListQuery::default() };
            Ok(post::list(conn, &query)?.posts)
        };
        self.newest.get_or_load(&self.db, read).await
    }

    pub async fn find(&self, id: i64) -> Result<Option<Post>, DbError> {
        self.db.run(move |conn| post::find(conn, id)).await
    }

    /// One page of a list. Searches are expensive: one at a time per client, and one at a time in total.
    pub async fn search(&self, client: &Client, query: &ListQuery) -> Result<Page, Failure> {
        let mut permits = Vec::new();
        if !query.search.is_empty() {
            for subject in [&*client.rate_limit_subject(), ""] {
                permits.push(self.searches.acquire(subject).await.ok_or_else(Failure::busy)?);
            }
        }
        let query = query.clone();
        Ok(self.db.run(move |conn| post::list(conn, &query)).await?)
    }

    /// Writes a new post unless its author has reached the limit; returns its id.
    pub async fn publish(&self, author_id: i64, draft: Draft) -> Result<i64, PostError> {
        // Successes count towards this limit.
        let _attempt = self.posts.acquire(&author_id.to_string()).await.map_err(Failure::from)?;
        self.writer
            .of_user(author_id)
            .write(System, move |write| post::create(write, author_id, &draft))
            .await
    }

    /// Replaces a version of a post with a draft.
    pub async fn edit(
        &self,
        by: Moderator<'_>,
        post: &Post,
        version: i64,
        draft: Draft,
    ) -> Result<(), PostError> {
        let id = post.id;
        self.moderate(by, Event::PostEdited, post, move |write| post::change(write, id, version, &draft))
            .await
    }

    /// Deletes a version of a post.
    pub async fn delete(&self, by: Moderator<'_>, post: &Post, version: i64) -> Result<(), PostError> {
        let id = post.id;
        self.moderate(by, Event::PostDeleted, post, move |write| post::delete(write, id, version)).await
    }

    /// Does `work`. Changes to another member's post are recorded and shown to its author.
    async fn moderate(
        &self,
        Moderator { id: by, client }: Moderator<'_>,
        event: Event,
        post: &Post,
        work: impl FnOnce(&mut Write<'_>) -> Result<(), PostError> + Send + 'static,
    ) -> Result<(), PostError> {
        let (author, title, client) = (post.author_id, post.title.clone(), client.clone());
        let moderated = self.writer.write(System, move |write| {
            if author != Some(by) {
                write.record(Entry::by(by, event, author, &client, write.now()).about(title));
            }
            work(write)
        });
        moderated.await
    }
}
