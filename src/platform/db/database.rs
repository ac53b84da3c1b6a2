//! The database on either engine: reads and writes with deadlines.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout, timeout_at};

use crate::platform::metrics::{self, Work};

use super::conn::Conn;
use super::error::{DbError, OpenError};
use super::locks::Locks;
use super::manager::Pooled;
use super::pool::Pool;
use super::pool_size::PoolSize;
use super::sqlite::Check;
use super::url::DatabaseUrl;
use super::watch::Watch;
use super::write_progress::WriteProgress;
use super::writers::{NewWrite, Writers};
use super::{postgres, sqlite};

/// Time-out of a read, including the wait for a connection.
const READ_DEADLINE: Duration = Duration::from_secs(2);

/// The same for a search, including the wait for others.
const SEARCH_DEADLINE: Duration = Duration::from_secs(10);

/// How long a write may wait.
pub(super) const WRITE_DEADLINE: Duration = Duration::from_secs(5);
/// How long a write may take once it has begun. One that takes longer is rolled back.
const WORK_DEADLINE: Duration = Duration::from_secs(5);
/// How long the commit may take.
const COMMIT_DEADLINE: Duration = Duration::from_secs(5);

/// A pool of connections; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(super) pool: Pool,
    size: PoolSize,
    /// Threads of their own: readers never wait for a thread that waits for a lock.
    writers: Writers,
    /// Permits to read: waiting for one can be cancelled, and slow readers never take a writer's connection.
    readers: Arc<Semaphore>,
    /// Permits to search.
    searchers: Arc<Semaphore>,
    calls: Arc<AtomicU64>,
}

impl Db {
    /// Opens the database, creates SQLite's file if it is missing, and runs migrations.
    pub fn open(url: &DatabaseUrl) -> Result<Db, OpenError> {
        Self::open_with(url, PoolSize::default())
    }

    /// The same with so many connections to PostgreSQL.
    pub fn open_with(url: &DatabaseUrl, size: PoolSize) -> Result<Db, OpenError> {
        Self::open_checked(url, size, Check::Whole)
    }

    fn open_checked(url: &DatabaseUrl, size: PoolSize, check: Check) -> Result<Db, OpenError> {
        let size = if matches!(url, DatabaseUrl::Sqlite(_)) { PoolSize::default() } else { size };
        let pool = match url {
            DatabaseUrl::Sqlite(path) => Pool::Sqlite(sqlite::open(path, size, check)?),
            DatabaseUrl::Postgres(server) => Pool::Postgres(postgres::open(url, server, size)?),
        };
        Ok(Db {
            writers: Writers::start(&pool, size),
            pool,
            size,
            readers: Arc::new(Semaphore::new(size.readers as usize)),
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
            _ => Self::open_checked(url, PoolSize::default(), Check::Begin),
        }
    }

    /// How many connections there are, to read and to write.
    pub fn size(&self) -> PoolSize {
        self.size
    }

    /// The name of the engine, for people.
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
        // Decides the race between the work and the deadline.
        let progress = Arc::new(WriteProgress::default());
        let waiting = metrics::waiting_for(Work::SqlWrite);
        let done = self.writers.run(NewWrite { locks, progress: Arc::clone(&progress), waiting, work });
        tokio::pin!(done);
        let waits = [
            (WriteProgress::WAITING, WRITE_DEADLINE),
            (WriteProgress::WORKING, WORK_DEADLINE),
            (WriteProgress::COMMITTING, COMMIT_DEADLINE),
        ];
        for (at, longest) in waits {
            match timeout(longest, &mut done).await {
                Ok(done) => return done,
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
