//! How the last logout tokens to each app went, for staff.

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::oidc_logout_results::{self, dsl};

use super::logout_queue;

/// The last failure of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutFailure {
    pub at: Timestamp,
    /// What the app answered, or why it did not.
    pub reason: String,
    /// Whether that token was given up, rather than tried again.
    pub given_up: bool,
}

/// How deliveries to an app go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogoutStatus {
    /// Tokens that wait for the next try.
    pub waiting: u64,
    pub delivered_at: Option<Timestamp>,
    pub last_failure: Option<LogoutFailure>,
}

/// The result of one try.
pub enum TryResult<'r> {
    Delivered,
    Failed { reason: &'r str, given_up: bool },
}

/// Notes the result of a try; the app must exist.
pub fn note(conn: &mut Conn, client: i64, at: Timestamp, result: &TryResult<'_>) -> QueryResult<()> {
    let row = oidc_logout_results::table.find(client);
    let is_new = row.select(dsl::client).first::<i64>(conn).optional()?.is_none();
    if is_new {
        diesel::insert_into(oidc_logout_results::table).values(dsl::client.eq(client)).execute(conn)?;
    }
    match result {
        TryResult::Delivered => diesel::update(row).set(dsl::delivered_at.eq(at)).execute(conn)?,
        TryResult::Failed { reason, given_up } => {
            let change = (dsl::failed_at.eq(at), dsl::failure.eq(reason), dsl::given_up.eq(given_up));
            diesel::update(row).set(change).execute(conn)?
        }
    };
    Ok(())
}

/// The apps to which the last try failed, with the failure.
pub fn failing(conn: &mut Conn) -> Result<Vec<(i64, LogoutFailure)>, DbError> {
    type Columns = (i64, Option<Timestamp>, Option<Timestamp>, Option<String>, bool);
    let columns = (dsl::client, dsl::delivered_at, dsl::failed_at, dsl::failure, dsl::given_up);
    let failed = oidc_logout_results::table.filter(dsl::failed_at.is_not_null());
    let rows: Vec<Columns> = failed.select(columns).order(dsl::failed_at.desc()).load(conn)?;
    let failing = rows.into_iter().filter_map(|(client, delivered_at, failed_at, reason, given_up)| {
        let at = failed_at.filter(|at| delivered_at.is_none_or(|delivered| delivered < *at))?;
        Some((client, LogoutFailure { at, reason: reason.unwrap_or_default(), given_up }))
    });
    Ok(failing.collect())
}

pub fn of_client(conn: &mut Conn, client: i64) -> Result<LogoutStatus, DbError> {
    type Columns = (Option<Timestamp>, Option<Timestamp>, Option<String>, bool);
    let columns = (dsl::delivered_at, dsl::failed_at, dsl::failure, dsl::given_up);
    let row: Option<Columns> =
        oidc_logout_results::table.find(client).select(columns).first(conn).optional()?;
    let waiting = logout_queue::count(conn, Some(client))?.unsigned_abs();
    let Some((delivered_at, failed_at, reason, given_up)) = row else {
        return Ok(LogoutStatus { waiting, ..LogoutStatus::default() });
    };
    let last_failure = failed_at.map(|at| LogoutFailure { at, reason: reason.unwrap_or_default(), given_up });
    Ok(LogoutStatus { waiting, delivered_at, last_failure })
}
