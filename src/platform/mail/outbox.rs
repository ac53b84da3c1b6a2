//! The outbox: queued letters, each leased by one worker at a time.

use diesel::prelude::*;

use crate::platform::clock::{LEEWAY, Timestamp};
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::outbox::{self, dsl};

/// Seconds after which a worker that reported no outcome is considered dead and another sends the letter. Longer than
/// any attempt lasts up to the content.
const LEASE: i64 = 60;
/// The same once the content is being sent. Longer than the time-out for the server's reply.
const HAND_OVER_LEASE: i64 = 11 * 60;

/// No lease and no delay ends later than this, in seconds from now: one that does is of a clock that was wrong.
const LONGEST_LEASE: i64 = HAND_OVER_LEASE + 2 * LEEWAY;

/// Seconds for which delivery of a letter is attempted.
pub const MAX_RETRY_TIME: i64 = 24 * 3600;

/// The first and the longest delay after a failure, in seconds. Each delay is twice the previous one.
const FIRST_WAIT: i64 = 5;
const LONGEST_WAIT: i64 = 300;

/// A letter that a worker has leased.
#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Leased {
    id: i64,
    pub message_id: String,
    pub sealed: Vec<u8>,
    give_up_at: Timestamp,
    attempts: i64,
}

pub fn put(
    conn: &mut Conn,
    message_id: &str,
    sealed: &[u8],
    now: Timestamp,
    give_up_at: Timestamp,
) -> QueryResult<()> {
    let row = (
        dsl::message_id.eq(message_id),
        dsl::sealed.eq(sealed),
        dsl::created_at.eq(now),
        dsl::give_up_at.eq(give_up_at),
        dsl::due_at.eq(now),
    );
    diesel::insert_into(outbox::table).values(row).execute(conn).map(drop)
}

pub fn is_any_due(conn: &mut Conn, now: Timestamp) -> QueryResult<bool> {
    let due = dsl::due_at.le(now).or(dsl::due_at.gt(now + LONGEST_LEASE));
    diesel::select(diesel::dsl::exists(outbox::table.filter(due))).get_result(conn)
}

/// Corrects the times of letters that a clock far ahead has queued or returned, once it is set right. A letter that was being
/// handed over gets the time that its reply may take.
pub fn correct_times(conn: &mut Conn, now: Timestamp) -> QueryResult<()> {
    let is_ahead = || dsl::due_at.gt(now + LONGEST_LEASE);
    if !diesel::select(diesel::dsl::exists(outbox::table.filter(is_ahead()))).get_result::<bool>(conn)? {
        return Ok(());
    }
    let give_up_at = now + MAX_RETRY_TIME;
    let lasting = outbox::table.filter(is_ahead().and(dsl::give_up_at.gt(give_up_at)));
    diesel::update(lasting).set(dsl::give_up_at.eq(give_up_at)).execute(conn)?;
    let handed_over = outbox::table.filter(is_ahead().and(dsl::handed_over_at.is_not_null()));
    diesel::update(handed_over).set(dsl::due_at.eq(now + HAND_OVER_LEASE)).execute(conn)?;
    diesel::update(outbox::table.filter(is_ahead())).set(dsl::due_at.eq(now)).execute(conn).map(drop)
}

/// The number of letters, due or not.
pub fn count(conn: &mut Conn) -> QueryResult<i64> {
    outbox::table.count().get_result(conn)
}

/// Of letters that were tried and could not be sent, the times at which they were queued; at most `count`.
pub fn failing(conn: &mut Conn, count: i64) -> QueryResult<Vec<Timestamp>> {
    let failed = dsl::attempts.gt(0).and(dsl::lease.is_null());
    outbox::table.filter(failed).select(dsl::created_at).order(dsl::id).limit(count).load(conn)
}

/// Leases the letter that has waited longest. No other worker gets it until the lease expires.
pub fn lease(conn: &mut Conn, lease: &str, now: Timestamp) -> QueryResult<Option<Leased>> {
    let due = outbox::table.filter(dsl::due_at.le(now)).order((dsl::due_at, dsl::id));
    let Some(id) = due.select(dsl::id).first::<i64>(conn).optional()? else { return Ok(None) };
    let change = (dsl::lease.eq(lease), dsl::due_at.eq(now + LEASE), dsl::attempts.eq(dsl::attempts + 1));
    diesel::update(outbox::table.find(id)).set(change).execute(conn)?;
    outbox::table.find(id).select(Leased::as_select()).first(conn).optional()
}

/// Records that the content is about to be sent: whatever happens to this worker, no other sends it. False if another
/// worker holds the lease by now.
pub fn hand_over(conn: &mut Conn, leased: i64, lease: &str, now: Timestamp) -> QueryResult<bool> {
    let change = (dsl::handed_over_at.eq(now), dsl::due_at.eq(now + HAND_OVER_LEASE));
    let mine = outbox::table.find(leased).filter(dsl::lease.eq(lease));
    Ok(diesel::update(mine).set(change).execute(conn)? == 1)
}

/// Removes the letters whose worker died before it received the server's reply; returns their message ids.
pub fn remove_unconfirmed(conn: &mut Conn, now: Timestamp) -> QueryResult<Vec<String>> {
    let unconfirmed = outbox::table.filter(dsl::due_at.le(now).and(dsl::handed_over_at.is_not_null()));
    diesel::delete(unconfirmed).returning(dsl::message_id).get_results(conn)
}

/// Removes a letter that was sent or will not be retried.
pub fn remove(conn: &mut Conn, leased: i64, lease: &str) -> QueryResult<()> {
    diesel::delete(outbox::table.find(leased).filter(dsl::lease.eq(lease))).execute(conn).map(drop)
}

/// Returns a letter to the outbox for a later attempt.
pub fn put_back(conn: &mut Conn, leased: i64, lease: &str, due_at: Timestamp) -> QueryResult<()> {
    let mine = outbox::table.find(leased).filter(dsl::lease.eq(lease));
    let change =
        (dsl::lease.eq(None::<String>), dsl::handed_over_at.eq(None::<Timestamp>), dsl::due_at.eq(due_at));
    diesel::update(mine).set(change).execute(conn).map(drop)
}

/// Re-encrypts all letters; one that cannot be decrypted is left unchanged.
pub fn reseal(conn: &mut Conn, reseal_one: impl Fn(&str, &[u8]) -> Option<Vec<u8>>) -> Result<(), DbError> {
    let waiting: Vec<i64> = outbox::table.select(dsl::id).load(conn)?;
    for id in waiting {
        let row = outbox::table.find(id);
        let (message_id, sealed): (String, Vec<u8>) =
            row.select((dsl::message_id, dsl::sealed)).first(conn)?;
        if let Some(sealed) = reseal_one(&message_id, &sealed) {
            diesel::update(row).set(dsl::sealed.eq(sealed)).execute(conn)?;
        }
    }
    Ok(())
}

impl Leased {
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The time of the next attempt after this one failed; none if that would be too late.
    pub fn next_attempt(&self, now: Timestamp) -> Option<Timestamp> {
        Some(self.after_wait(now)).filter(|next| *next < self.give_up_at)
    }

    /// The time of the next attempt, however late that is.
    pub fn after_wait(&self, now: Timestamp) -> Timestamp {
        let doublings = (self.attempts - 1).clamp(0, 16) as u32;
        now + (FIRST_WAIT << doublings).min(LONGEST_WAIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_five_minutes_and_end_at_the_deadline() {
        let leased = |attempts| Leased {
            id: 1,
            message_id: String::new(),
            sealed: Vec::new(),
            give_up_at: 1_800,
            attempts,
        };
        let waits: Vec<_> = (1..=9).filter_map(|attempts| leased(attempts).next_attempt(0)).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert_eq!(leased(i64::MAX).next_attempt(1_499), Some(1_799));
        assert_eq!(leased(1).next_attempt(1_795), None);
    }
}
