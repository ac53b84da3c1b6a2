//! How many accounts there are.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::identity::unit_of_work::Write;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::account_totals;

use super::user_search::Status;

/// How many there are of each status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = account_totals)]
pub struct AccountTotals {
    pub users: i64,
    pub staff: i64,
    pub disabled: i64,
    /// With a second factor.
    pub protected: i64,
}

impl AccountTotals {
    /// Without a second factor.
    pub fn unprotected(&self) -> i64 {
        self.users - self.protected
    }

    /// How many have this status.
    pub fn of(&self, status: Status) -> i64 {
        match status {
            Status::All => self.users,
            Status::Staff => self.staff,
            Status::Disabled => self.disabled,
            Status::NoFactor => self.unprotected(),
        }
    }
}

/// From the rows that follow every change, so that no user is counted.
pub(in crate::identity) fn totals(conn: &mut Conn) -> Result<AccountTotals, DbError> {
    let parts: Vec<AccountTotals> = account_totals::table.select(AccountTotals::as_select()).load(conn)?;
    let sum = |of: fn(&AccountTotals) -> i64| parts.iter().map(of).sum();
    Ok(AccountTotals {
        users: sum(|part| part.users),
        staff: sum(|part| part.staff),
        disabled: sum(|part| part.disabled),
        protected: sum(|part| part.protected),
    })
}

/// On PostgreSQL, each connection adds to a row of its own, so that no write waits for another: makes at most `most` of
/// these one. Returns whether there were any, as a number.
pub(in crate::identity) fn merge_totals(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    let Conn::Postgres(conn) = write.uncached() else { return Ok(0) };
    let merged = diesel::sql_query(
        "WITH gone AS (
            DELETE FROM account_totals
            WHERE id IN (SELECT id FROM account_totals WHERE id <> 0 LIMIT $1) RETURNING *
         )
         INSERT INTO account_totals (id, users, staff, disabled, protected)
         SELECT 0, sum(users)::BIGINT, sum(staff)::BIGINT, sum(disabled)::BIGINT, sum(protected)::BIGINT FROM gone
         HAVING count(*) > 0
         ON CONFLICT (id) DO UPDATE SET users = account_totals.users + excluded.users,
            staff = account_totals.staff + excluded.staff, disabled = account_totals.disabled + excluded.disabled,
            protected = account_totals.protected + excluded.protected",
    );
    Ok(merged.bind::<BigInt, _>(most).execute(conn)?)
}
