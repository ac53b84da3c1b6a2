//! Reads changes from SQL: those of every process that shares the database, including the command line.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, Db, DbError, Watch, delete_until};
use crate::platform::outage::Outage;
use crate::platform::schema::changes::{self, dsl};

use super::change::{Change, Topic};
use super::feed::Feed;
use super::lease::Source;

/// Without an answer for this long, the near cache is bypassed.
const TRUST: Duration = Duration::from_millis(500);
/// After this many seconds every node has read a change or dropped its cache.
const RETENTION: i64 = 3600;

/// The mark that is there while many users change at once.
const EVERYONE_TOLD: &str = "everyone_told";

/// The topic of a change that concerns every user.
const EVERYONE: &str = "everyone";

static OUTAGE: Outage = Outage::new(
    "changes cannot be read from the database; the near cache is bypassed",
    "changes are read from the database again",
);

/// Deletes changes that every node has read.
pub fn purge(conn: &mut Conn, now: Timestamp, most: i64) -> Result<usize, DbError> {
    delete_until(conn, ("changes", "at"), now - RETENTION, most)
}

/// Waits until every process has read a change that was just committed, or bypasses its near cache. For the command
/// line, which has no other way to notify them.
pub fn wait_until_known() {
    std::thread::sleep(TRUST);
}

/// The id of the newest change, to verify later that a write has named all its changes.
pub fn newest(conn: &mut Conn) -> Result<i64, DbError> {
    let newest: Option<i64> = changes::table.select(diesel::dsl::max(dsl::id)).first(conn)?;
    Ok(newest.unwrap_or(0))
}

/// The changes after the one with this id, with their ids, in order: in which they became visible as well.
pub fn since(conn: &mut Conn, id: i64) -> Result<Vec<(i64, Change)>, DbError> {
    rows(conn, Box::new(dsl::id.gt(id)))
}

/// The changes that this transaction has made after the one with this id. On PostgreSQL others may be making theirs.
#[cfg(debug_assertions)]
pub fn own_since(conn: &mut Conn, id: i64) -> Result<Vec<(i64, Change)>, DbError> {
    use diesel::connection::SimpleConnection;
    if let Conn::Sqlite(_) = conn {
        return since(conn, id);
    }
    // They are otherwise recorded when the transaction ends.
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    let own = diesel::dsl::sql::<diesel::sql_types::Bool>("xmin::text::bigint = txid_current() % 4294967296");
    rows(conn, Box::new(dsl::id.gt(id).and(own)))
}

type Which = Box<
    dyn BoxableExpression<
            changes::table,
            <Conn as diesel::Connection>::Backend,
            SqlType = diesel::sql_types::Bool,
        >,
>;

fn rows(conn: &mut Conn, which: Which) -> Result<Vec<(i64, Change)>, DbError> {
    type ChangeRow = (i64, Option<String>, Option<i64>, Option<String>, Option<i64>);
    let rows: Vec<ChangeRow> = changes::table
        .filter(which)
        .order(dsl::id)
        .select((dsl::id, dsl::session_key, dsl::user_id, dsl::topic, dsl::group_id))
        .load(conn)?;
    let changes = rows.into_iter().flat_map(|(id, session_key, user_id, topic, group_id)| {
        let topic = topic.and_then(|name| match name.as_str() {
            EVERYONE => Some(group_id.map_or(Change::Everyone, Change::Group)),
            name => Topic::parse(name).map(Change::Topic),
        });
        let named = [session_key.map(Change::Session), user_id.map(Change::User), topic];
        named.into_iter().flatten().map(move |change| (id, change))
    });
    Ok(changes.collect())
}

/// Runs `work`, which changes many users. One change stands for all, rather than one for each.
pub fn tell_everyone<T>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, DbError>,
) -> Result<T, DbError> {
    use crate::platform::schema::marks;
    silence(conn, "on")?;
    // On SQLite the triggers are silent while it is there. On both engines its end is a change of everyone.
    let mark = (marks::name.eq(EVERYONE_TOLD), marks::at.eq(0));
    diesel::insert_into(marks::table).values(mark).execute(conn)?;
    let done = work(conn)?;
    diesel::delete(marks::table.find(EVERYONE_TOLD)).execute(conn)?;
    silence(conn, "")?;
    Ok(done)
}

/// Silences the triggers of PostgreSQL that tell of single users, or lets them tell again, in this transaction.
fn silence(conn: &mut Conn, value: &str) -> Result<(), DbError> {
    if let Conn::Postgres(conn) = conn {
        let setting = diesel::sql_query("SELECT set_config('munjigi.everyone_told', $1, TRUE)");
        setting.bind::<diesel::sql_types::Text, _>(value).execute(conn)?;
    }
    Ok(())
}

/// Starts the thread that follows the changes for as long as the feed is used.
pub fn follow(db: &Db, feed: &Arc<Feed>) -> Result<(), DbError> {
    let mut watch = db.watch()?;
    let feed = Arc::downgrade(feed);
    let mut last = newest(watch.conn()?)?;
    let work = move || {
        while let Some(used) = feed.upgrade() {
            let asked_at = Instant::now();
            let applied = apply(&mut watch, &mut last, &used);
            if applied.is_ok() {
                used.lease.renew(Source::Sql, asked_at, TRUST);
                OUTAGE.worked();
            }
            // Only its users keep the feed alive, however long the database is unavailable.
            drop(used);
            if let Err(error) = applied.and_then(|()| watch.wait()) {
                OUTAGE.failed(&error);
                reset_feed(&mut watch, &mut last, &feed);
            }
        }
    };
    let thread = std::thread::Builder::new().name("sql-changes".to_owned()).spawn(work);
    thread.map(drop).map_err(|error| DbError::Unavailable(error.to_string()))
}

/// When the database is back, nothing from before is trusted, not even the newest change's id: a standby that had not
/// received it may have taken over.
fn reset_feed(watch: &mut Watch, last: &mut i64, feed: &Weak<Feed>) {
    while let Some(feed) = feed.upgrade() {
        feed.lease.revoke(Source::Sql);
        watch.replace();
        match watch.conn().and_then(newest) {
            Ok(id) => {
                *last = id;
                feed.lease.invalidate_all();
                return;
            }
            Err(error) => OUTAGE.failed(&error),
        }
    }
}

fn apply(watch: &mut Watch, last: &mut i64, feed: &Feed) -> Result<(), DbError> {
    for (id, change) in since(watch.conn()?, *last)? {
        feed.publish(&change);
        *last = id;
    }
    Ok(())
}
