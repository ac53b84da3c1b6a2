//! Changes, told through SQL to every process that keeps a near cache: the command line's, another node's.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Integer;

use crate::clock::Timestamp;
use crate::db::{Conn, Db, DbError, Pooled};
use crate::schema::changes::{self, dsl};

use super::near_cache::{NearCache, Source, Topic};
use super::session::Key;

/// How often a process looks for changes by others.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// Without a look for so long, the near cache is bypassed.
const TRUST: Duration = Duration::from_millis(500);
/// Everyone has seen a change after so many seconds, or has dropped their cache.
const KEPT: i64 = 3600;

/// The topic of a change that concerns more users than anyone wants to list.
const EVERYONE: &str = "everyone";

/// Forgets what everyone has seen.
pub fn purge(conn: &mut Conn, now: Timestamp) -> QueryResult<()> {
    diesel::delete(changes::table.filter(dsl::at.le(now - KEPT))).execute(conn).map(drop)
}

/// Waits until a change that was just committed is known to every process, or their near caches are bypassed. For the
/// command line, which has no other way to tell them.
pub fn wait_until_known() {
    std::thread::sleep(TRUST);
}

/// Starts the thread that follows the changes for as long as anyone uses the near cache.
pub fn follow(db: &Db, near: &Arc<NearCache>) -> Result<(), DbError> {
    let mut follower =
        Follower { db: db.clone(), held: None, version: None, last: newest(&mut *db.conn()?)? };
    let near = Arc::downgrade(near);
    let work = move || {
        let mut in_trouble = false;
        while let Some(near) = near.upgrade() {
            let looked_at = Instant::now();
            let looked = follower.look(&near);
            match &looked {
                Ok(()) => near.lease.renew(Source::Sql, looked_at, TRUST),
                Err(_) => near.lease.lose(Source::Sql),
            }
            match looked {
                Err(error) if !in_trouble => {
                    tracing::warn!(%error, "changes cannot be followed; the near cache is bypassed");
                    in_trouble = true;
                }
                Ok(()) if in_trouble => {
                    tracing::info!("changes are followed again");
                    in_trouble = false;
                }
                _ => {}
            }
            drop(near);
            std::thread::sleep(LOOK_EVERY);
        }
    };
    let thread = std::thread::Builder::new().name("sql-changes".to_owned()).spawn(work);
    thread.map(drop).map_err(|error| DbError::Unavailable(error.to_string()))
}

struct Follower {
    db: Db,
    /// Its connection, and the generation it is of.
    held: Option<(u64, Pooled)>,
    version: Option<i32>,
    last: i64,
}

impl Follower {
    /// One cheap look; a query only when something was written since the one before.
    fn look(&mut self, near: &NearCache) -> Result<(), DbError> {
        let generation = self.db.generation();
        self.held.take_if(|(held, _)| *held != generation);
        if self.held.is_none() {
            let mut conn = self.db.conn()?;
            // Perhaps another file, with a past of its own.
            self.last = newest(&mut conn)?;
            self.version = None;
            near.lease.dismiss();
            self.held = Some((generation, conn));
        }
        let Some((_, conn)) = &mut self.held else { return Ok(()) };
        let version = data_version(conn)?;
        if self.version == Some(version) {
            return Ok(());
        }
        type News = (i64, Option<String>, Option<i64>, Option<String>);
        let news: Vec<News> = changes::table
            .filter(dsl::id.gt(self.last))
            .order(dsl::id)
            .select((dsl::id, dsl::session_key, dsl::user_id, dsl::topic))
            .load(conn)?;
        for (id, session_key, user_id, topic) in news {
            if let Some(key) = session_key.as_deref().and_then(Key::parse) {
                near.sessions.invalidate(&key);
            }
            if let Some(user_id) = user_id {
                near.users.invalidate(&user_id);
            }
            match topic.as_deref() {
                // Rare enough to begin anew: a group's permissions concern every member of it.
                Some(EVERYONE) => near.lease.dismiss(),
                Some(name) => Topic::parse(name).into_iter().for_each(|topic| near.topics.changed(topic)),
                None => {}
            }
            self.last = id;
        }
        self.version = Some(version);
        Ok(())
    }
}

fn newest(conn: &mut Conn) -> QueryResult<i64> {
    let newest: Option<i64> = changes::table.select(diesel::dsl::max(dsl::id)).first(conn)?;
    Ok(newest.unwrap_or(0))
}

/// A number that changes whenever another connection has committed.
fn data_version(conn: &mut Conn) -> QueryResult<i32> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Integer)]
        data_version: i32,
    }
    diesel::sql_query("PRAGMA data_version").get_result::<Row>(conn).map(|row| row.data_version)
}
