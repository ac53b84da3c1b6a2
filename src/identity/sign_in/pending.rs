//! Pending sign-ins: the first stage is passed, the second factor is still required. Each is valid for five minutes
//! and one use, and grants no access by itself.

use diesel::prelude::*;

use crate::identity::accounts::User;
use crate::identity::credentials::ChallengeBinding;
use crate::identity::sessions::{Methods, UpstreamSession};
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::stages::{self, dsl};

/// Seconds.
pub const LIFETIME: i64 = 5 * 60;

/// Wrong codes and passkeys after which it ends. Its row stays until it expires, so that the client learns why.
const MAX_FAILURES: i32 = 5;

/// Pending sign-ins per user; beyond this, the oldest ends.
const MAX_PER_USER: i64 = 20;

/// A user whose second factor is still required. It is a separate type, so it can only be used to continue the sign-in.
pub struct PendingSignIn {
    pub(super) user: User,
    /// How the first stage was passed.
    pub(super) first: Methods,
    /// The stored row, if a browser has continued on the next page.
    pub(super) row: Option<PendingRow>,
    /// The session at another provider that the first stage was passed by.
    pub(super) upstream: Option<UpstreamSession>,
}

impl PendingSignIn {
    pub(super) fn new(user: User, first: Methods) -> Self {
        Self { user, first, row: None, upstream: None }
    }

    /// Who has passed the first stage.
    pub fn username(&self) -> &str {
        &self.user.username
    }

    /// Whether to stay signed in, as chosen in the first stage.
    pub fn remember(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.remember)
    }

    /// Where to go afterwards, as received in the first stage.
    pub fn return_to(&self) -> &str {
        self.row.as_ref().map_or("", |row| row.next.as_str())
    }

    /// Whether it has ended after too many wrong codes.
    pub fn is_exhausted(&self) -> bool {
        self.row.as_ref().is_some_and(PendingRow::is_exhausted)
    }

    pub(super) fn binding(&self) -> ChallengeBinding {
        let hash = self.row.as_ref().map(|row| row.token_hash.as_str()).unwrap_or_default();
        ChallengeBinding::pending(hash, self.user.id)
    }
}

#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = stages)]
pub struct PendingRow {
    pub token_hash: String,
    pub user_id: i64,
    /// The user's epoch when the password was checked; in any other epoch it is invalid.
    pub epoch: i64,
    /// The methods of the first stage, as bits.
    pub first: i32,
    pub remember: bool,
    /// Where to go afterwards.
    pub next: String,
    pub expires_at: Timestamp,
    /// Wrong codes and passkeys.
    pub failures: i32,
    /// The session at another provider, as JSON.
    pub upstream: Option<String>,
}

impl PendingRow {
    pub(super) fn is_exhausted(&self) -> bool {
        self.failures >= MAX_FAILURES
    }
}

pub(super) fn begin(write: &mut Write<'_>, row: &PendingRow) -> Result<(), DbError> {
    let conn = write.uncached();
    diesel::insert_into(stages::table).values(row).execute(conn)?;
    let newest: Vec<String> = stages::table
        .filter(dsl::user_id.eq(row.user_id))
        .order(dsl::expires_at.desc())
        .limit(MAX_PER_USER)
        .select(dsl::token_hash)
        .load(conn)?;
    let surplus = stages::table.filter(dsl::user_id.eq(row.user_id).and(dsl::token_hash.ne_all(newest)));
    diesel::delete(surplus).execute(conn)?;
    Ok(())
}

/// The pending sign-in, while it is valid.
pub(super) fn find(conn: &mut Conn, token_hash: &str, now: Timestamp) -> Result<Option<PendingRow>, DbError> {
    let live = stages::table.find(token_hash).filter(dsl::expires_at.gt(now));
    Ok(live.select(PendingRow::as_select()).first(conn).optional()?)
}

/// Counts a wrong code or passkey, from whichever browser.
pub(super) fn count_failure(write: &mut Write<'_>, token_hash: &str) -> Result<(), DbError> {
    let counted = dsl::failures.eq(dsl::failures + 1);
    diesel::update(stages::table.find(token_hash)).set(counted).execute(write.uncached())?;
    Ok(())
}

/// Ends it; false if it has ended already.
pub(super) fn end(write: &mut Write<'_>, token_hash: &str) -> Result<bool, DbError> {
    Ok(diesel::delete(stages::table.find(token_hash)).execute(write.uncached())? == 1)
}

pub(in crate::identity) fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("stages", "expires_at"), write.now(), most)
}
