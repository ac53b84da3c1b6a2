//! The database on either engine: reads and writes with deadlines.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use diesel::connection::TransactionManager;
use diesel::r2d2::R2D2Connection;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout, timeout_at};

use crate::platform::metrics::{self, Work};
use crate::platform::work_queue::WorkQueue;

use super::conn::Conn;
use super::error::{DbError, OpenError};
use super::locks::Locks;
use super::manager::{POOL_SIZE, Pooled};
use super::pool::Pool;
use super::sqlite::Check;
use super::url::DatabaseUrl;
use super::watch::Watch;
use super::write_progress::WriteProgress;
use super::{postgres, sqlite};

/// Time-out of a read, including the wait for a connection.
const READ_DEADLINE: Duration = Duration::from_secs(2);

/// The same for a search, including the wait for others.
const SEARCH_DEADLINE: Duration = Duration::from_secs(10);

/// How many writes may wait, and for how long.
const MAX_WAITING_WRITES: usize = 1_000;
pub(super) const WRITE_DEADLINE: Duration = Duration::from_secs(5);
/// How long a write may take once it has begun. One that takes longer is rolled back.
const WORK_DEADLINE: Duration = Duration::from_secs(5);
/// How long the commit may take.
const COMMIT_DEADLINE: Duration = Duration::from_secs(5);

/// A pool of connections; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(super) pool: Pool,
    /// The threads that write, one on SQLite: readers never wait for a thread that waits for a lock.
    writer: WorkQueue,
    /// Permits to read: waiting for one can be cancelled, and slow readers never take a writer's connection.
    readers: Arc<Semaphore>,
    /// Permits to search.
    searchers: Arc<Semaphore>,
    calls: Arc<AtomicU64>,
}

impl Db {
    /// Opens the database, creates SQLite's file if it is missing, and runs migrations.
    pub fn open(url: &DatabaseUrl) -> Result<Db, OpenError> {
        Self::open_checked(url, Check::Whole)
    }

    fn open_checked(url: &DatabaseUrl, check: Check) -> Result<Db, OpenError> {
        let pool = match url {
            DatabaseUrl::Sqlite(path) => Pool::Sqlite(sqlite::open(path, check)?),
            DatabaseUrl::Postgres(server) => Pool::Postgres(postgres::open(url, server)?),
        };
        Ok(Db {
            writer: WorkQueue::start("sql-write", pool.writers(), MAX_WAITING_WRITES, || ()),
            pool,
            readers: Arc::new(Semaphore::new(POOL_SIZE as usize)),
            searchers: Arc::new(Semaphore::new(1)),
            calls: Arc::default(),
        })
    }

    /// The same for a command, and only of a database that exists: one in the wrong folder must not make another. It does
    /// not read the whole file for damage, which the server does.
    ///
    /// # Errors
    /// `OpenError::Missing` if there is no file.
    pub fn open_existing(url: &DatabaseUrl) -> Result<Db, OpenError> {
        match url {
            DatabaseUrl::Sqlite(path) if !sqlite::exists(path) => Err(OpenError::Missing(path.clone())),
            _ => Self::open_checked(url, Check::Begin),
        }
    }

    /// Its name.
    pub fn engine(&self) -> &'static str {
        match self.pool {
            Pool::Sqlite(_) => "SQLite",
            Pool::Postgres(_) => "PostgreSQL",
        }
    }

    /// Reads on a blocking thread. For writes there is `write`.
    pub async fn run<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.read(Arc::clone(&self.readers), READ_DEADLINE, work).await
    }

    /// The same for searches, which may read much: one at a time, on a connection of their own, so that they keep no other
    /// read waiting. They wait for each other longer.
    pub async fn search<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.read(Arc::clone(&self.searchers), SEARCH_DEADLINE, work).await
    }

    async fn read<T, E>(
        &self,
        turns: Arc<Semaphore>,
        patience: Duration,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let waiting = metrics::waiting_for(Work::SqlRead);
        let deadline = Instant::now() + patience;
        let turn = timeout_at(deadline, turns.acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(DbError::busy().into()) };
        let pool = self.pool.clone();
        let job = move || {
            // Held until the work is done, even if the caller is dropped.
            let _turn = turn;
            let mut conn = pool.get()?;
            let _working = waiting.over();
            work(&mut conn)
        };
        match timeout_at(deadline, tokio::task::spawn_blocking(job)).await {
            Ok(Ok(done)) => done,
            _ => Err(DbError::busy().into()),
        }
    }

    /// Runs `work` in a transaction while no other process writes. It must begin within the deadline; after that its end
    /// is awaited, so callers never see a false failure. If the database stops answering, the caller gets an error and
    /// nothing is written, unless only the confirmation of the commit was lost.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        #[expect(clippy::disallowed_methods, reason = "both are disallowed elsewhere")]
        self.write_with(Locks::All, work).await
    }

    /// The same, while no other process writes with one of these locks.
    pub async fn write_with<T, E>(
        &self,
        locks: Locks,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let pool = self.pool.clone();
        // Decides the race between the work and the deadline.
        let progress = Arc::new(WriteProgress::default());
        let of_the_job = Arc::clone(&progress);
        let waiting = metrics::waiting_for(Work::SqlWrite);
        let job = move || {
            of_the_job.begin()?;
            let mut conn = begin_on_any(&pool, &locks)?;
            let _working = waiting.over();
            let done = finish(&mut conn, |conn| {
                let done = work(conn)?;
                of_the_job.commit()?;
                Ok(done)
            });
            if done.is_ok() {
                conn.has_answered();
            }
            done
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

    /// Checkpoints SQLite's write-ahead log into the file, without blocking reads and writes: if the log is lost, or
    /// the file is copied without it, little is lost.
    pub async fn checkpoint(&self) -> Result<(), DbError> {
        let checkpoint = |conn: &mut Conn| match conn {
            Conn::Sqlite(conn) => Ok::<_, DbError>(sqlite::checkpoint(conn)?),
            Conn::Postgres(_) => Ok(()),
        };
        self.internal().run(checkpoint).await
    }

    /// The same database for internal work, which is not counted in `calls`.
    pub fn internal(&self) -> Db {
        Db { calls: Arc::default(), ..self.clone() }
    }

    /// The number of reads and writes so far.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// A connection for the command line, where blocking is acceptable.
    pub fn conn(&self) -> Result<Pooled, DbError> {
        self.pool.get()
    }

    /// Watches for changes by other processes.
    pub fn watch(&self) -> Result<Watch, DbError> {
        Watch::new(self.pool.clone())
    }
}

/// Whether the server is a standby of another, which takes no writes. Asks the database in any case.
pub fn is_standby(conn: &mut Conn) -> Result<bool, DbError> {
    match conn {
        Conn::Sqlite(conn) => Ok(sqlite::ask(conn).map(|()| false)?),
        Conn::Postgres(conn) => Ok(postgres::is_standby(conn)?),
    }
}

/// Runs `work` in a transaction while no other process writes; rolls back on an error.
pub fn transaction<T, E>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
where
    E: From<DbError>,
{
    transaction_with(conn, &Locks::All, work)
}

/// The same, while no other process writes with one of these locks.
pub fn transaction_with<T, E>(
    conn: &mut Conn,
    locks: &Locks,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<DbError>,
{
    begin(conn, locks)?;
    finish(conn, work)
}

/// Takes further locks until the end of the transaction.
pub fn take(conn: &mut Conn, locks: &Locks) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => Ok(postgres::take(conn, locks)?),
    }
}

/// Begins a transaction on a connection of the pool. One that was lost since its last write is replaced.
fn begin_on_any(pool: &Pool, locks: &Locks) -> Result<Pooled, DbError> {
    let mut conn = pool.get_to_write()?;
    match begin(&mut conn, locks) {
        Ok(()) => return Ok(conn),
        Err(error) if matches!(*conn, Conn::Sqlite(_)) || conn.ping().is_ok() => return Err(error),
        Err(_) => drop(conn),
    }
    let mut conn = pool.get()?;
    begin(&mut conn, locks)?;
    Ok(conn)
}

fn begin(conn: &mut Conn, locks: &Locks) -> Result<(), DbError> {
    let begun = match conn {
        Conn::Sqlite(conn) => sqlite::begin(conn),
        Conn::Postgres(conn) => postgres::begin(conn, locks),
    };
    Ok(begun?)
}

fn finish<T, E>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
where
    E: From<DbError>,
{
    let done = work(conn).and_then(|done| {
        let committed = match conn {
            Conn::Sqlite(conn) => sqlite::commit(conn),
            Conn::Postgres(conn) => postgres::commit(conn),
        };
        committed.map_err(DbError::from)?;
        Ok(done)
    });
    if done.is_err() {
        // A connection that cannot roll back is not reused.
        let _ = Conn::rollback_transaction(conn);
    }
    done
}
