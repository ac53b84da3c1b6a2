//! The database, whichever engine is behind it: reads and writes with a deadline each.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::web;
use diesel::connection::TransactionManager;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout, timeout_at};

use crate::platform::metrics::{self, Work};
use crate::platform::work_queue::WorkQueue;

use super::conn::Conn;
use super::error::{DbError, OpenError};
use super::manager::{POOL_SIZE, Pooled};
use super::pool::Pool;
use super::url::DatabaseUrl;
use super::watch::Watch;
use super::write_progress::WriteProgress;
use super::{postgres, sqlite};

/// How long a request waits for its turn to read and for what it reads, before it is told to come back.
const READ_DEADLINE: Duration = Duration::from_secs(2);

/// Writes that may wait, and for how long, before they are told to come back.
const MAX_WAITING_WRITES: usize = 1_000;
pub(super) const WRITE_DEADLINE: Duration = Duration::from_secs(5);
/// How long a write that has begun may take. One that takes longer is undone.
const WORK_DEADLINE: Duration = Duration::from_secs(5);
/// How long the database may take to confirm it.
const COMMIT_DEADLINE: Duration = Duration::from_secs(5);

/// The door to SQL: a pool of connections, cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(super) pool: Pool,
    /// The one thread that writes, as there is one writer at a time: readers never wait for a thread that waits for a lock.
    writer: WorkQueue,
    /// Turns to read: whoever waits for one can still leave, and slow readers never take the writer's connection.
    readers: Arc<Semaphore>,
    calls: Arc<AtomicU64>,
}

impl Db {
    /// Opens the database, makes SQLite's where there is none, and brings its tables up to date.
    pub fn open(url: &DatabaseUrl) -> Result<Db, OpenError> {
        let pool = match url {
            DatabaseUrl::Sqlite(path) => Pool::Sqlite(sqlite::open(path)?),
            DatabaseUrl::Postgres(server) => Pool::Postgres(postgres::open(url, server)?),
        };
        Ok(Db {
            pool,
            writer: WorkQueue::start("sql-write", 1, MAX_WAITING_WRITES, || ()),
            readers: Arc::new(Semaphore::new(POOL_SIZE as usize)),
            calls: Arc::default(),
        })
    }

    /// Reads on a thread of its own. For writing there is `write`.
    pub async fn run<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let waiting = metrics::waiting_for(Work::SqlRead);
        let deadline = Instant::now() + READ_DEADLINE;
        let turn = timeout_at(deadline, Arc::clone(&self.readers).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(DbError::busy().into()) };
        let pool = self.pool.clone();
        let job = move || {
            // Kept until the work is done, even if nobody waits for it any more.
            let _turn = turn;
            let mut conn = pool.get()?;
            let _working = waiting.over();
            work(&mut conn)
        };
        match timeout_at(deadline, web::block(job)).await {
            Ok(Ok(done)) => done,
            _ => Err(DbError::busy().into()),
        }
    }

    /// Does all of `work` or, on an error, nothing of it. Its turn must come within the deadline; once it has begun, its
    /// end is waited for, so that nobody is told of a failure that was none. Only a database that does not answer at all
    /// is left: then nothing is written, unless it was the very last word that got lost.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let pool = self.pool.clone();
        // Whoever is first decides: the work goes on, or the deadline has passed.
        let progress = Arc::new(WriteProgress::default());
        let of_the_job = Arc::clone(&progress);
        let waiting = metrics::waiting_for(Work::SqlWrite);
        let job = move || {
            of_the_job.begin()?;
            let mut conn = pool.get_to_write()?;
            let _working = waiting.over();
            transaction(&mut conn, |conn| {
                let done = work(conn)?;
                of_the_job.commit()?;
                Ok(done)
            })
        };
        let done = self.writer.run(job);
        tokio::pin!(done);
        let waits = [
            (WriteProgress::WAITING, WRITE_DEADLINE),
            (WriteProgress::WORKING, WORK_DEADLINE),
            (WriteProgress::COMMITTING, COMMIT_DEADLINE),
        ];
        for (at, longest) in waits {
            match timeout(longest, &mut done).await {
                Ok(done) => return done.unwrap_or_else(|_| Err(DbError::busy().into())),
                Err(_) if progress.leave(at) => break,
                Err(_) => {}
            }
        }
        Err(DbError::busy().into())
    }

    /// Carries what has been written from the log beside SQLite's file into the file itself, while everybody reads and
    /// writes on: who loses the log, or copies the file alone, loses little.
    pub async fn settle(&self) -> Result<(), DbError> {
        let settle = |conn: &mut Conn| match conn {
            Conn::Sqlite(conn) => Ok::<_, DbError>(sqlite::settle(conn)?),
            Conn::Postgres(_) => Ok(()),
        };
        self.uncounted().run(settle).await
    }

    /// The same database, for what the house does on its own: it does not count among the calls.
    pub fn uncounted(&self) -> Db {
        Db { calls: Arc::default(), ..self.clone() }
    }

    /// How often SQL has been asked for anything so far.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// A connection for the command line, where blocking is fine.
    pub fn conn(&self) -> Result<Pooled, DbError> {
        self.pool.get()
    }

    /// Looks out for changes by others, for as long as it is kept.
    pub fn watch(&self) -> Result<Watch, DbError> {
        Watch::new(self.pool.clone())
    }
}

/// Does all of `work` or, on an error, nothing of it, while no other process writes.
pub fn transaction<T, E>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
where
    E: From<diesel::result::Error>,
{
    match conn {
        Conn::Sqlite(conn) => sqlite::begin(conn)?,
        Conn::Postgres(conn) => postgres::begin(conn)?,
    }
    let done = work(conn).and_then(|done| {
        match conn {
            Conn::Sqlite(conn) => sqlite::commit(conn)?,
            Conn::Postgres(conn) => postgres::commit(conn)?,
        }
        Ok(done)
    });
    if done.is_err() {
        // One that cannot even roll back is not used again.
        let _ = Conn::rollback_transaction(conn);
    }
    done
}
