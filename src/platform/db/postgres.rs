//! PostgreSQL: writes of different subjects run side by side, and every wait has a time-out.

use std::fmt::Display;

use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::prelude::*;
use diesel::r2d2::Error;
use diesel::result::ConnectionError;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use url::Url;

use super::conn::Conn;
use super::error::OpenError;
use super::locks::Locks;
use super::manager::{CHECKOUT_TIMEOUT, Manager};
use super::newer::refuse_newer;
use super::pg::{PgConn, Settings};
use super::pool_size::PoolSize;
use super::url::DatabaseUrl;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Seconds that a server may take to accept a connection: at the start, and while requests wait.
const START_PATIENCE: u64 = 10;
const POOL_PATIENCE: u64 = 3;

/// A process that is stopped or disconnected during a write blocks others for 5 seconds at most.
const SETTINGS: &str = "SET statement_timeout = '5s'; SET lock_timeout = '2s';
    SET idle_in_transaction_session_timeout = '5s'; SET client_min_messages = 'warning'";

const PATIENCE: &str = "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0";

/// Begins a transaction in which each statement sees what was committed before it: whatever a write has waited for at its
/// locks is seen.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// The lock over everything: held by a write that runs alone, and shared by all others. Earlier versions of Munjigi hold
/// it for every write, so theirs and ours never run at the same time.
const EVERYTHING: i64 = 7_887_325_327_370_909_033;

pub fn open(shown: &DatabaseUrl, server: &Url, size: PoolSize) -> Result<r2d2::Pool<Manager>, OpenError> {
    let unusable = |why: String| OpenError::Unusable(shown.to_string(), why);
    let mut first = connect(server, START_PATIENCE).map_err(|error| unusable(explained(&error)))?;
    let encoding = encoding(&mut first).map_err(|error| unusable(explained(&error)))?;
    if encoding != "UTF8" {
        return Err(unusable(format!("its encoding is {encoding}; make it with ENCODING 'UTF8'")));
    }
    migrate(&mut first)?;
    let builder = r2d2::Pool::builder()
        .max_size(size.connections())
        .min_idle(Some(1))
        .connection_timeout(CHECKOUT_TIMEOUT)
        // The manager logs.
        .error_handler(Box::new(r2d2::NopErrorHandler));
    // Other connections are opened on demand.
    let connect = |url: &str| {
        let url = url.parse().map_err(|_| refused("no URL".to_owned()))?;
        connect(&url, POOL_PATIENCE).map(Conn::Postgres)
    };
    Ok(builder.build_unchecked(Manager { address: server.as_str().to_owned(), connect }))
}

fn connect(url: &Url, patience: u64) -> Result<PgConn, Error> {
    let opened = Settings::of(url, Some(patience)).and_then(|settings| PgConn::open(&settings));
    let mut conn = opened.map_err(refused)?;
    conn.batch_execute(SETTINGS).map_err(Error::QueryError)?;
    Ok(conn)
}

fn refused(why: String) -> Error {
    Error::ConnectionError(ConnectionError::BadConnection(why))
}

/// Runs all pending migrations or none, by one process at a time. The others wait and find them applied.
fn migrate(conn: &mut PgConn) -> Result<(), OpenError> {
    let migrated = conn.transaction(|conn| {
        be_patient(conn)?;
        conn.batch_execute("SELECT pg_advisory_xact_lock(7887325327370909034)")?;
        refuse_newer(conn, MIGRATIONS)?;
        conn.run_pending_migrations(MIGRATIONS)
            .map(drop)
            .map_err(|error| OpenError::Migration(error.to_string()))
    });
    migrated.map_err(|error| match error {
        OpenError::Migration(why) => OpenError::Migration(explained(&why)),
        other => other,
    })
}

/// PostgreSQL's message, with the way out if its own words do not name it.
fn explained(error: &dyn Display) -> String {
    let text = error.to_string().trim_end().to_owned();
    let way_out = if text.contains("permission denied for schema") {
        "the role must own the database, or have the right to create tables: \
         GRANT CREATE ON SCHEMA public TO that role"
    } else if text.contains("prepared statement") {
        "a pooler in transaction mode, such as PgBouncer, cannot be used; connect to PostgreSQL itself, or use \
         session mode"
    } else if text.contains("lock timeout") {
        "another process has held the lock for migrations, or a table, for a minute; pg_locks shows which"
    } else {
        return text;
    };
    format!("{text}; {way_out}")
}

/// Begins a transaction and takes its locks, in one round trip.
pub fn begin(conn: &mut PgConn, locks: &Locks) -> QueryResult<()> {
    let begun = AnsiTransactionManager::begin_transaction_sql(conn, &begin_sql(locks));
    // The transaction itself may have begun.
    begun.inspect_err(|_| drop(conn.batch_execute("ROLLBACK")))
}

/// Takes further locks until the end of the transaction.
pub fn take(conn: &mut PgConn, locks: &Locks) -> QueryResult<()> {
    match locks {
        // Who shares it cannot have it alone without waiting for others who wait for the same.
        Locks::All => Err(diesel::result::Error::RollbackTransaction),
        Locks::Some(keys) => conn.batch_execute(&keys.iter().map(lock_sql).collect::<String>()),
    }
}

fn begin_sql(locks: &Locks) -> String {
    match locks {
        Locks::All => format!("{BEGIN}; {}", lock_sql(&EVERYTHING)),
        Locks::Some(keys) => {
            let shared = format!("{BEGIN}; SELECT pg_advisory_xact_lock_shared({EVERYTHING});");
            std::iter::once(shared).chain(keys.iter().map(lock_sql)).collect()
        }
    }
}

fn lock_sql(key: &i64) -> String {
    format!("SELECT pg_advisory_xact_lock({key});")
}

/// A bare COMMIT would ignore an error that the work has swallowed, and silently roll back.
pub fn commit(conn: &mut PgConn) -> QueryResult<()> {
    conn.batch_execute("SELECT 1; COMMIT")?;
    conn.transaction_has_ended();
    Ok(())
}

/// Lifts the time-outs for the rest of a long transaction.
pub fn be_patient(conn: &mut PgConn) -> QueryResult<()> {
    conn.be_patient();
    conn.batch_execute(PATIENCE)
}

/// Subscribes to changes.
pub fn listen(conn: &mut PgConn) -> QueryResult<()> {
    conn.batch_execute("LISTEN munjigi_changes")
}

/// Whether notifications have arrived since the last call. Does not contact the server.
pub fn has_news(conn: &mut PgConn) -> QueryResult<bool> {
    conn.has_news()
}

/// Whether it follows another server (hot standby).
pub fn is_standby(conn: &mut PgConn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>("pg_is_in_recovery()")).get_result(conn)
}

fn encoding(conn: &mut PgConn) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        server_encoding: String,
    }
    diesel::sql_query("SHOW server_encoding").get_result::<Row>(conn).map(|row| row.server_encoding)
}

#[cfg(test)]
mod tests {
    use super::explained;

    #[test]
    fn an_error_that_does_not_name_the_way_out_gets_it() {
        for (error, said) in [
            ("ERROR:  permission denied for schema public\nLINE 1: CREATE", "GRANT CREATE ON SCHEMA public"),
            ("prepared statement \"__diesel_stmt_0\" already exists", "PgBouncer"),
            ("prepared statement \"__diesel_stmt_3\" does not exist", "session mode"),
            ("canceling statement due to lock timeout", "pg_locks"),
        ] {
            let text = explained(&error);
            assert!(text.starts_with(error) && text.contains(said), "{text}");
        }
        assert_eq!(explained(&"no such host\n"), "no such host");
    }
}
