//! Pool and connection; the only file that knows which database it is.

pub mod backup;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use actix_web::web;
use diesel::connection::SimpleConnection;
use diesel::sqlite::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use tokio::sync::Semaphore;

use crate::metrics::{self, Work};
use crate::work_queue::WorkQueue;

mod file;
mod pool;

use pool::Pool;
pub use pool::Pooled;

pub type Conn = SqliteConnection;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Reads at once; more only adds contention. One connection more is for the writer, and one for following changes.
pub const POOL_SIZE: u32 = 4;

/// How long a request waits for a connection before it is told to come back.
const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(2);

/// Writes that may wait, and for how long, before they are told to come back.
const MAX_WAITING_WRITES: usize = 1_000;
const WRITE_DEADLINE: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error(transparent)]
    Query(diesel::result::Error),
    /// It may work in a moment, or once the operator has helped: no connection was free, another process writes, the disk
    /// is full or fails.
    #[error("the database is not available: {0}")]
    Unavailable(String),
}

impl From<diesel::result::Error> for DbError {
    fn from(error: diesel::result::Error) -> Self {
        const TROUBLE: [&str; 9] = [
            "database is locked",
            "database table is locked",
            "locking protocol",
            "disk is full",
            "disk I/O error",
            "readonly database",
            "unable to open database file",
            "disk image is malformed",
            "file is not a database",
        ];
        let text = error.to_string();
        if TROUBLE.iter().any(|state| text.contains(state)) {
            Self::Unavailable(text)
        } else {
            Self::Query(error)
        }
    }
}

impl DbError {
    fn busy() -> Self {
        Self::Unavailable("it did not answer in time".to_owned())
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{0} is damaged ({1}); restore it from a backup, or move it away to begin anew")]
    Damaged(PathBuf, String),
    #[error("the database {0} cannot be opened: {1}")]
    Unusable(PathBuf, String),
    #[error("the database cannot be migrated: {0}")]
    Migration(String),
}

/// The door to SQL: a pool of connections, cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Arc<Pool>,
    /// The one thread that writes, as SQLite has one writer: readers never wait for a thread that waits for a lock.
    writer: WorkQueue,
    /// Turns to read: whoever waits for one can still leave, and slow readers never take the writer's connection.
    readers: Arc<Semaphore>,
    calls: Arc<AtomicU64>,
}

impl Db {
    /// Opens the database, makes it where there is none, and brings its tables up to date.
    pub fn open(path: &Path) -> Result<Db, OpenError> {
        let unusable = |error: &dyn ToString| OpenError::Unusable(path.to_owned(), error.to_string());
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        create_private_dir(folder).map_err(|error| unusable(&error))?;
        // Two nodes may share one folder; only one at a time looks for damage and migrates.
        let lock = File::create(folder.join("munjigi.lock")).map_err(|error| unusable(&error))?;
        lock.lock().map_err(|error| unusable(&error))?;

        file::refuse_damaged(path)?;
        if !path.exists() {
            file::make(path)?;
        }
        let pool = Pool::open(path)?;
        let mut conn = pool.get().map_err(|error| unusable(&error))?;
        conn.run_pending_migrations(MIGRATIONS).map_err(|error| OpenError::Migration(error.to_string()))?;
        file::keep_private(path).map_err(|error| unusable(&error))?;
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
        let turn = tokio::time::timeout(CHECKOUT_TIMEOUT, Arc::clone(&self.readers).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(DbError::busy().into()) };
        let pool = self.pool.clone();
        let job = move || {
            // Kept until the work is done, even if nobody waits for it any more.
            let _turn = turn;
            let mut conn = pool.get()?;
            let _working = waiting.over();
            work(&mut conn)
        };
        web::block(job).await.unwrap_or_else(|_| Err(DbError::busy().into()))
    }

    /// Does all of `work` or, on an error, nothing of it. Its turn must come within the deadline; once it has begun, its
    /// end is waited for, so that nobody is told of a failure that was none.
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
        // Whoever is first decides: the work begins, or the deadline has passed.
        let decided = Arc::new(AtomicBool::new(false));
        let begun = Arc::clone(&decided);
        let waiting = metrics::waiting_for(Work::SqlWrite);
        let job = move || match begun.swap(true, Ordering::AcqRel) {
            true => Err(DbError::busy().into()),
            false => {
                let mut conn = pool.get_to_write()?;
                let _working = waiting.over();
                conn.immediate_transaction(work)
            }
        };
        let done = self.writer.run(job);
        tokio::pin!(done);
        let done = match tokio::time::timeout(WRITE_DEADLINE, &mut done).await {
            Ok(done) => done,
            Err(_) if decided.swap(true, Ordering::AcqRel) => done.await,
            Err(_) => return Err(DbError::busy().into()),
        };
        done.unwrap_or_else(|_| Err(DbError::busy().into()))
    }

    /// Carries what has been written from the log beside the file into the file itself, while everybody reads and writes
    /// on: who loses the log, or copies the file alone, loses little.
    pub async fn settle(&self) -> Result<(), DbError> {
        self.uncounted().run(|conn| Ok(conn.batch_execute("PRAGMA wal_checkpoint(PASSIVE)")?)).await
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

    /// Who keeps a connection for long gives it back when this number changes.
    pub fn generation(&self) -> u64 {
        self.pool.generation()
    }
}

/// The column whose UNIQUE constraint refused a row, such as `users.email_key`.
pub fn violated_unique(error: &diesel::result::Error) -> Option<&str> {
    use diesel::result::{DatabaseErrorKind, Error};
    match error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => info.message().rsplit(": ").next(),
        _ => None,
    }
}

/// A LIKE pattern for texts that contain `text` as it stands; to be used with `.escape('\\')`.
pub fn containing(text: &str) -> String {
    let escaped = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{escaped}%")
}

/// A folder that is made here is its owner's alone; one that was there stays as it is.
pub fn create_private_dir(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;
