//! The connections to one SQLite file. When the file or its log is replaced, all of them are closed and the file is
//! opened again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant};

use crate::platform::outage::Outage;

use super::super::conn::Conn;
use super::super::error::{DbError, OpenError};
use super::super::manager::{CHECKOUT_TIMEOUT, Manager, Pooled};
use super::super::pool_size::PoolSize;
use super::file::Check;
use super::{connection, file};

type Connections = r2d2::Pool<Manager>;

const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Interval between attempts to open a damaged file.
const TRY_EVERY: Duration = Duration::from_secs(1);
const UNTIL_ALL_ARE_BACK: Duration = Duration::from_millis(5);

pub struct Pool {
    path: PathBuf,
    size: PoolSize,
    /// None while the file is closed.
    connections: RwLock<Option<Arc<Connections>>>,
    /// How many times the file was closed.
    generation: AtomicU64,
    /// Identity of the open files, and their length so far.
    opened: Mutex<Files>,
    /// The damage that was found while the file was in use; nothing is written to it any more.
    damage: Mutex<Option<String>>,
}

/// The file and its log, as found under their names.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Files {
    main: Option<Stat>,
    log: Option<Stat>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Stat {
    id: (u64, u64),
    length: u64,
}

impl Pool {
    /// Opens an existing, undamaged file.
    pub fn open(path: &Path, size: PoolSize) -> Result<Arc<Self>, OpenError> {
        let connections = connect(path, size)?;
        let pool = Arc::new(Self {
            path: path.to_owned(),
            size,
            connections: RwLock::new(Some(Arc::new(connections))),
            generation: AtomicU64::new(0),
            opened: Mutex::new(Files::at(path)),
            damage: Mutex::new(None),
        });
        let watched = Arc::downgrade(&pool);
        let thread = std::thread::Builder::new().name("sql-file".to_owned()).spawn(move || watch(&watched));
        thread.map_err(|error| OpenError::Unusable(path.display().to_string(), error.to_string()))?;
        Ok(pool)
    }

    /// When this number changes, long-held connections must be returned: the file is being reopened.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub fn get(&self) -> Result<Pooled, DbError> {
        let connections = self.connections.read().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(connections) = connections else {
            return Err(DbError::Unavailable("the file is closed".to_owned()));
        };
        connections.get().map(Pooled::from).map_err(|_| DbError::busy())
    }

    /// The same for writing: writes to a file that was moved away or replaced would be lost.
    pub fn get_to_write(&self) -> Result<Pooled, DbError> {
        if let Some(damage) = &*self.damage.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(DbError::Unavailable(damage.clone()));
        }
        let conn = self.get()?;
        match self.opened().change(&Files::at(&self.path)) {
            None => Ok(conn),
            Some(change) => Err(DbError::Unavailable(change.to_owned())),
        }
    }

    /// Checks the whole file on a thread of its own. Damage is logged, and ends all writes until the file is replaced.
    pub fn check_meanwhile(self: &Arc<Self>) {
        let (path, generation, pool) = (self.path.clone(), self.generation(), Arc::downgrade(self));
        let work = move || {
            let checked = file::refuse_damaged(&path, Check::Whole);
            let (Err(error), Some(pool)) = (checked, pool.upgrade()) else { return };
            if pool.generation() == generation {
                tracing::error!(%error, "nothing is written to the database any more");
                *pool.damage.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
            }
        };
        let thread = std::thread::Builder::new().name("sql-check".to_owned()).spawn(work);
        if let Err(error) = thread {
            tracing::warn!(%error, "the database was not checked for damage");
        }
    }

    fn opened(&self) -> Files {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes every connection, because they share state about the file and its log, and opens the file again as soon
    /// as it is undamaged.
    fn open_again(&self, why: &str) {
        tracing::error!(database = %self.path.display(), "{why}; it is opened again");
        let old = self.connections.write().unwrap_or_else(PoisonError::into_inner).take();
        self.generation.fetch_add(1, Ordering::AcqRel);
        if let Some(old) = old {
            while Arc::strong_count(&old) > 1 || old.state().idle_connections < old.state().connections {
                std::thread::sleep(UNTIL_ALL_ARE_BACK);
            }
        }
        let (since, outage) = (Instant::now(), Outage::severe("the database file cannot be opened", ""));
        let connections = loop {
            match self.without_stale_log().and_then(|()| connect(&self.path, self.size)) {
                Ok(connections) => break connections,
                Err(error) => {
                    outage.failed(&error);
                    std::thread::sleep(TRY_EVERY);
                }
            }
        };
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = Files::at(&self.path);
        *self.damage.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.connections.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(connections));
        tracing::info!(database = %self.path.display(), took = ?since.elapsed(), "it is open again");
    }

    /// Checks that the file can be opened. Removes the log of a previous file, whose pages SQLite would apply to the
    /// new file.
    fn without_stale_log(&self) -> Result<(), OpenError> {
        let (then, now) = (self.opened(), Files::at(&self.path));
        let same =
            |then: Option<Stat>, now: Option<Stat>| then.map(|stat| stat.id) == now.map(|stat| stat.id);
        if now.main.is_some() && !same(then.main, now.main) && now.log.is_some() && same(then.log, now.log) {
            fs::remove_file(file::log_of(&self.path))
                .map_err(|error| OpenError::Unusable(self.path.display().to_string(), error.to_string()))?;
        }
        file::refuse_damaged(&self.path, Check::Whole)
    }
}

fn watch(pool: &Weak<Pool>) {
    while let Some(pool) = pool.upgrade() {
        let (then, now) = (pool.opened(), Files::at(&pool.path));
        match then.change(&now) {
            None => *pool.opened.lock().unwrap_or_else(PoisonError::into_inner) = now,
            // As long as nothing has replaced it, the open file remains readable.
            Some(_) if now.main.is_none() => {}
            Some(change) => pool.open_again(change),
        }
        drop(pool);
        std::thread::sleep(LOOK_EVERY);
    }
}

impl Files {
    fn at(path: &Path) -> Self {
        Self { main: Stat::of(path), log: Stat::of(&file::log_of(path)) }
    }

    /// A change that SQLite itself does not make while the files are open.
    fn change(&self, now: &Files) -> Option<&'static str> {
        if now.main.is_none() {
            return Some("the file was moved away");
        }
        if Stat::was_replaced(self.main, now.main) {
            return Some("the file was replaced or cut");
        }
        Stat::was_replaced(self.log, now.log).then_some("the file's log was removed, replaced or cut")
    }
}

impl Stat {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        #[cfg(unix)]
        let id = {
            use std::os::unix::fs::MetadataExt;
            (metadata.dev(), metadata.ino())
        };
        #[cfg(not(unix))]
        let id = (0, 0);
        Some(Self { id, length: metadata.len() })
    }

    fn was_replaced(then: Option<Stat>, now: Option<Stat>) -> bool {
        match (then, now) {
            (Some(then), Some(now)) => then.id != now.id || now.length < then.length,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}

fn connect(path: &Path, size: PoolSize) -> Result<Connections, OpenError> {
    let connect = |address: &str| connection::connect(address).map(Conn::Sqlite);
    r2d2::Pool::builder()
        .max_size(size.readers + 3)
        .connection_timeout(CHECKOUT_TIMEOUT)
        // A connection opened later might open another file under the same name.
        .max_lifetime(None)
        .idle_timeout(None)
        // The manager logs.
        .error_handler(Box::new(r2d2::NopErrorHandler))
        .build(Manager { address: file::address(path), connect })
        .map_err(|error| OpenError::Unusable(path.display().to_string(), error.to_string()))
}
