//! Changes, told through SQL to every process that keeps a near cache: the command line's, another node's.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, Db, DbError, Watch};
use crate::platform::schema::changes;
use crate::platform::schema::changes::dsl;

use super::{Source, Topic};
use crate::identity::sessions::Key;
use crate::identity::sessions::cache::NearCache;

/// Without an answer for so long, the near cache is bypassed.
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
    let mut watch = db.watch()?;
    let near = Arc::downgrade(near);
    let mut last = newest(watch.conn()?)?;
    let work = move || {
        while let Some(used) = near.upgrade() {
            let asked_at = Instant::now();
            let told = tell(&mut watch, &mut last, &used);
            if told.is_ok() {
                used.lease.renew(Source::Sql, asked_at, TRUST);
            }
            // Nobody but its users keeps it, however long the database is away.
            drop(used);
            if let Err(error) = told.and_then(|()| watch.wait()) {
                tracing::warn!(%error, "changes cannot be followed; the near cache is bypassed");
                begin_anew(&mut watch, &mut last, &near);
            }
        }
    };
    let thread = std::thread::Builder::new().name("sql-changes".to_owned()).spawn(work);
    thread.map(drop).map_err(|error| DbError::Unavailable(error.to_string()))
}

/// Once the database is back, nothing from before counts: not even which change was the newest, where a standby has taken
/// over that had not heard of it.
fn begin_anew(watch: &mut Watch, last: &mut i64, near: &Weak<NearCache>) {
    while let Some(near) = near.upgrade() {
        near.lease.lose(Source::Sql);
        watch.replace();
        match watch.conn().and_then(|conn| Ok(newest(conn)?)) {
            Ok(id) => {
                *last = id;
                near.lease.dismiss();
                tracing::info!("changes are followed again");
                return;
            }
            Err(error) => tracing::debug!(%error, "changes cannot be followed yet"),
        }
    }
}

/// Tells the near cache of what has changed since `last`.
fn tell(watch: &mut Watch, last: &mut i64, near: &NearCache) -> Result<(), DbError> {
    type News = (i64, Option<String>, Option<i64>, Option<String>);
    let news: Vec<News> = changes::table
        .filter(dsl::id.gt(*last))
        .order(dsl::id)
        .select((dsl::id, dsl::session_key, dsl::user_id, dsl::topic))
        .load(watch.conn()?)?;
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
        *last = id;
    }
    Ok(())
}

fn newest(conn: &mut Conn) -> QueryResult<i64> {
    let newest: Option<i64> = changes::table.select(diesel::dsl::max(dsl::id)).first(conn)?;
    Ok(newest.unwrap_or(0))
}
