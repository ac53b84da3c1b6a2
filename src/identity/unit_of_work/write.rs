//! One write: a transaction, its authority, its audit entries, and what it makes stale.
//!
//! To get a connection for writing, callers must name what the write makes stale. After the commit, and only then,
//! caches and other nodes are notified, once. Debug builds verify that nothing was left unnamed: triggers record
//! every change in the table `changes`.

use std::sync::Arc;

use crate::identity::audit::{self, Client, Entry, Event, Tally};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Conn, Db, DbError, Locks, delete_until, in_batches, take, transaction_with};
#[cfg(debug_assertions)]
use crate::platform::near_cache::follow_sql;
use crate::platform::near_cache::{Announce, Change, Feed, Topic};

use super::authority::{Authority, AuthorityLost, System};
use super::changes::{Changes, MovedSession};
use super::failure::Failure;

/// Sees every write at its end, inside the transaction: for data that must change together with what it belongs to.
pub trait Observer: Send + Sync {
    /// May write itself; what it makes stale is named in the same way.
    fn committing(&self, write: &mut Write<'_>) -> Result<(), DbError>;

    /// Sees the deletion of a user while what belongs to them is still there.
    fn deleting_user(&self, write: &mut Write<'_>, id: i64) -> Result<(), DbError>;
}

/// Deletes rows of one kind that have expired, at most as many as it is given; returns how many.
pub type Purge = fn(&mut Write<'_>, i64) -> Result<usize, DbError>;

/// Cheap to clone.
pub type Observers = Arc<[Box<dyn Observer>]>;

/// A write in progress.
pub struct Write<'c> {
    conn: &'c mut Conn,
    now: Timestamp,
    changes: Changes,
    entries: Vec<Entry>,
    observers: &'c [Box<dyn Observer>],
    locks: Locks,
}

impl Write<'_> {
    /// The time of the write.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Waits for further locks, for a subject that is only known by now. What was read before may have changed.
    ///
    /// A write that holds others may only wait for locks whose holders wait for no others, or two would wait for each
    /// other.
    pub(in crate::identity) fn wait_for(&mut self, locks: &Locks) -> Result<(), DbError> {
        if !self.locks.include(locks) {
            self.locks = std::mem::replace(&mut self.locks, Locks::All).and(locks);
            take(self.conn, locks)?;
        }
        Ok(())
    }

    /// The connection, for reading.
    pub fn read(&mut self) -> &mut Conn {
        self.conn
    }

    /// Adds an entry to the audit trail at the end of the transaction.
    pub fn record(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// The connection, for rows that a cached list shows.
    pub fn topic(&mut self, topic: Topic) -> &mut Conn {
        self.changes.topics.insert(topic);
        self.conn
    }

    /// The connection, for rows that determine what a user may do: their own, their groups, their API tokens.
    pub fn user(&mut self, id: i64) -> &mut Conn {
        debug_assert!(self.locks.include(&Locks::user(id)), "a write of user {id} without their lock");
        self.changes.users.insert(id);
        self.conn
    }

    /// Names several users whose rights change.
    pub fn users(&mut self, ids: &[i64]) {
        for id in ids {
            self.user(*id);
        }
    }

    /// The connection, for what concerns more users than can be named one by one.
    pub(in crate::identity) fn everyone(&mut self) -> &mut Conn {
        debug_assert!(self.locks == Locks::All, "a write of every user beside others");
        self.changes.everyone = true;
        self.conn
    }

    /// The connection, for users by their ids, after the first up to the second. Caches take it for everyone.
    pub(in crate::identity) fn range(&mut self, after: i64, last: i64) -> &mut Conn {
        self.changes.range = Some((after, last));
        self.conn
    }

    /// The connection, for the name, permissions and requirements of a group.
    pub(in crate::identity) fn group(&mut self, id: i64) -> &mut Conn {
        self.changes.groups.insert(id);
        self.conn
    }

    /// Deletes at most `most` rows of a table whose time in a column is `until` or before; returns how many. They make
    /// nothing stale.
    pub(in crate::identity) fn delete_until(
        &mut self,
        table_and_column: (&'static str, &'static str),
        until: Timestamp,
        most: i64,
    ) -> Result<usize, DbError> {
        delete_until(self.conn, table_and_column, until, most)
    }

    /// The connection, for ending a session.
    pub(in crate::identity) fn session(&mut self, key: &str) -> &mut Conn {
        self.changes.sessions.insert(key.to_owned());
        self.conn
    }

    /// Notes that a session continues under another key, or in another epoch of its user.
    pub(in crate::identity) fn move_session(&mut self, moved: MovedSession) {
        self.changes.moved.push(moved);
    }

    /// Shows observers what belongs to a user who is about to be deleted.
    pub(in crate::identity) fn deleting_user(&mut self, id: i64) -> Result<(), DbError> {
        let observers = self.observers;
        observers.iter().try_for_each(|observer| observer.deleting_user(self, id))
    }

    /// Ends what the user has allowed apps, in the session that goes on as well.
    pub(in crate::identity) fn disconnect_apps(&mut self, user_id: i64) {
        self.changes.disconnected.insert(user_id);
    }

    /// What has been named so far.
    pub(in crate::identity) fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The connection, for tables that no cache holds.
    pub(in crate::identity) fn uncached(&mut self) -> &mut Conn {
        self.conn
    }

    /// Revokes this user's sessions of epochs before `live_epoch`, or all of them: they are removed from the store.
    pub(in crate::identity) fn revoke(&mut self, user_id: i64, live_epoch: Option<i64>) {
        self.changes.revoked.insert(user_id, live_epoch);
    }
}

/// What remains to be done once a write is committed.
#[must_use]
struct Committed {
    changes: Changes,
    entries: Vec<Entry>,
}

/// Runs writes, and publishes their changes once they are committed; cheap to clone.
#[derive(Clone)]
pub struct Writer {
    db: Db,
    clock: Clock,
    feed: Arc<Feed>,
    announce: Announce,
    observers: Observers,
    tally: Arc<Tally>,
}

impl Writer {
    pub fn new(db: Db, clock: Clock, (feed, announce): (Arc<Feed>, Announce), observers: Observers) -> Self {
        Self { db, clock, feed, announce, observers, tally: Arc::default() }
    }

    /// Runs all of `work` or, on an error, none of it, while no other write runs on any node. Returns once local caches
    /// are updated and other nodes are notified.
    pub async fn write<T, E>(
        &self,
        by: impl Authority,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<Failure> + Send + 'static,
    {
        self.holding(Locks::All).write(by, work).await
    }

    /// A writer whose writes run beside those that hold none of these locks.
    pub fn holding(&self, locks: Locks) -> LockingWriter<'_> {
        LockingWriter { writer: self, locks }
    }

    /// A writer of what belongs to one account.
    pub fn of_user(&self, id: i64) -> LockingWriter<'_> {
        self.holding(Locks::user(id))
    }

    /// Repeats `step`, each time in a write of its own, until nothing is left for it: it is given how many rows to change
    /// at most, and returns how many it did. Other writes come in between.
    pub async fn write_in_batches(
        &self,
        step: impl Fn(&mut Write<'_>, i64) -> Result<usize, DbError> + Copy + Send + 'static,
    ) -> Result<(), Failure> {
        in_batches(async |most| self.write(System, move |write| Ok(step(write, most)?)).await).await
    }

    /// The same for the command line, where blocking is fine. Servers learn of it through SQL.
    pub fn write_blocking<T, E>(
        &self,
        by: impl Authority,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DbError> + From<Failure>,
    {
        let mut conn = self.db.conn()?;
        let now = self.clock.now();
        let setting = Setting { now, observers: &self.observers, locks: &Locks::All };
        transaction_with(&mut conn, &Locks::All, |conn| {
            let (done, committed) = unit(conn, setting, &by, work)?;
            let tally = Tally::default();
            committed.entries.iter().for_each(|entry| entry.count(&tally));
            audit::store_counts(conn, &tally.take())?;
            Ok(done)
        })
    }

    /// Records an event on its own. A failure is only logged: it must not block the event.
    pub async fn record(&self, event: Event, user_id: Option<i64>, client: &Client) {
        self.record_entry(Entry::new(event, user_id, client, self.clock.now()), client).await;
    }

    /// The same of an entry.
    pub async fn record_entry(&self, entry: Entry, client: &Client) {
        let event = entry.event();
        // Repeated failures are counted.
        let source = || Locks::named("failures", &client.rate_limit_subject());
        let locks = entry.user_id().map_or_else(source, Locks::user);
        let written = self.holding(locks).write(System, |write| {
            write.record(entry);
            Ok::<_, Failure>(())
        });
        if let Err(error) = written.await {
            tracing::error!(%error, event, "an event was not recorded");
        }
    }

    /// What the writes have counted.
    pub(in crate::identity) fn tally(&self) -> Arc<Tally> {
        Arc::clone(&self.tally)
    }

    async fn publish(&self, committed: Committed) {
        for entry in &committed.entries {
            entry.log();
            entry.count(&self.tally);
        }
        let changes: Vec<Change> = committed.changes.iter().collect();
        changes.iter().for_each(|change| self.feed.publish(change));
        self.announce.changes(&changes).await;
    }
}

/// A writer for writes that hold the same locks.
pub struct LockingWriter<'w> {
    writer: &'w Writer,
    locks: Locks,
}

impl LockingWriter<'_> {
    /// Runs all of `work` or, on an error, none of it. Returns once local caches are updated and other nodes are
    /// notified.
    pub async fn write<T, E>(
        self,
        by: impl Authority,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<Failure> + Send + 'static,
    {
        let Self { writer, locks } = self;
        let (now, observers, held) = (writer.clock.now(), Arc::clone(&writer.observers), locks.clone());
        let unit = move |conn: &mut Conn| {
            unit(conn, Setting { now, observers: &observers, locks: &held }, &by, work)
        };
        #[expect(clippy::disallowed_methods, reason = "this is the unit of work")]
        let (done, committed) = writer.db.write_with(locks, unit).await?;
        writer.publish(committed).await;
        Ok(done)
    }
}

/// What a write is given.
struct Setting<'s> {
    now: Timestamp,
    observers: &'s [Box<dyn Observer>],
    locks: &'s Locks,
}

fn unit<T, E>(
    conn: &mut Conn,
    Setting { now, observers, locks }: Setting<'_>,
    by: &impl Authority,
    work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
) -> Result<(T, Committed), E>
where
    E: From<DbError> + From<Failure>,
{
    if !by.still_holds(conn)? {
        return Err(Failure::from(lost(by)).into());
    }
    #[cfg(debug_assertions)]
    let before = follow_sql::newest(conn)?;
    let mut write = Write {
        conn,
        now,
        changes: Changes::default(),
        entries: Vec::new(),
        observers,
        locks: locks.clone(),
    };
    let done = work(&mut write)?;
    for observer in observers {
        observer.committing(&mut write)?;
    }
    let Write { changes, entries, .. } = write;
    for entry in &entries {
        audit::insert(conn, entry)?;
    }
    #[cfg(debug_assertions)]
    prove(conn, before, &changes)?;
    Ok((done, Committed { changes, entries }))
}

fn lost<A: Authority>(_: &A) -> AuthorityLost {
    A::LOST
}

/// Verifies that the transaction left no change unnamed.
#[cfg(debug_assertions)]
fn prove(conn: &mut Conn, before: i64, changes: &Changes) -> Result<(), DbError> {
    for (_, change) in follow_sql::own_since(conn, before)? {
        assert!(
            changes.cover(&change),
            "a write has not named what it makes stale: {change:?}, but {changes:?}"
        );
    }
    Ok(())
}
