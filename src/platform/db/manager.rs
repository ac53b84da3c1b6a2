//! How pools open connections, and how many.

use std::time::Duration;

use diesel::r2d2::R2D2Connection;

use crate::platform::outage::Outage;

use super::conn::Conn;

/// Concurrent reads; more only adds contention. Three more connections are for the writer, for a search,
/// and for watching changes.
pub const POOL_SIZE: u32 = 4;

/// How long a thread waits for a connection.
pub const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(2);

static OUTAGE: Outage = Outage::severe("the database connection failed", "the database answers again");

/// A connection that returns to the pool when it is dropped.
pub type Pooled = r2d2::PooledConnection<Manager>;

/// Opens and checks connections.
pub struct Manager {
    /// The argument of `connect`: the address of an existing SQLite file, or a URL for libpq.
    pub address: String,
    pub connect: fn(&str) -> Result<Conn, diesel::r2d2::Error>,
}

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        report((self.connect)(&self.address))
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        report(conn.ping().map_err(Self::Error::QueryError))
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

fn report<T>(outcome: Result<T, diesel::r2d2::Error>) -> Result<T, diesel::r2d2::Error> {
    match &outcome {
        Ok(_) => OUTAGE.worked(),
        Err(error) => OUTAGE.failed(error),
    }
    outcome
}
