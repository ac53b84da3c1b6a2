//! How pools open connections, and check them.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

use diesel::r2d2::R2D2Connection;

use crate::platform::outage::Outage;

use super::conn::Conn;

/// A connection that has answered within this time is not asked whether it works before the next write.
const TRUST: Duration = Duration::from_secs(1);

/// How long a thread waits for a connection.
pub const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(2);

static OUTAGE: Outage = Outage::severe("the database connection failed", "the database answers again");

thread_local! {
    /// Whether this thread takes connections to write, and replaces one that fails at the beginning of a transaction.
    static REPLACES: Cell<bool> = const { Cell::new(false) };
}

/// Takes a connection that may have been lost since it last answered.
pub(super) fn unchecked<T>(get: impl FnOnce() -> T) -> T {
    REPLACES.set(true);
    let got = get();
    REPLACES.set(false);
    got
}

/// A connection in a pool.
pub struct PoolConn {
    conn: Conn,
    /// When it last ended a write well; taken when the next work begins.
    answered_at: Option<Instant>,
}

/// A connection that returns to the pool when it is dropped.
pub struct Pooled(r2d2::PooledConnection<Manager>);

impl Pooled {
    /// The connection has just ended a write well.
    pub(super) fn has_answered(&mut self) {
        self.0.answered_at = Some(Instant::now());
    }
}

impl From<r2d2::PooledConnection<Manager>> for Pooled {
    fn from(conn: r2d2::PooledConnection<Manager>) -> Self {
        Self(conn)
    }
}

impl Deref for Pooled {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0.conn
    }
}

impl DerefMut for Pooled {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0.conn
    }
}

/// Opens and checks connections.
pub struct Manager {
    /// The argument of `connect`: the address of an existing SQLite file, or the URL of a server.
    pub address: String,
    pub connect: fn(&str) -> Result<Conn, diesel::r2d2::Error>,
}

impl r2d2::ManageConnection for Manager {
    type Connection = PoolConn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<PoolConn, Self::Error> {
        let conn = report((self.connect)(&self.address))?;
        Ok(PoolConn { conn, answered_at: None })
    }

    fn is_valid(&self, conn: &mut PoolConn) -> Result<(), Self::Error> {
        let answered = conn.answered_at.take().is_some_and(|at| at.elapsed() < TRUST);
        if answered && REPLACES.get() {
            return Ok(());
        }
        report(conn.conn.ping().map_err(Self::Error::QueryError))
    }

    fn has_broken(&self, conn: &mut PoolConn) -> bool {
        std::thread::panicking() || conn.conn.is_broken()
    }
}

fn report<T>(outcome: Result<T, diesel::r2d2::Error>) -> Result<T, diesel::r2d2::Error> {
    match &outcome {
        Ok(_) => OUTAGE.worked(),
        Err(error) => OUTAGE.failed(error),
    }
    outcome
}
