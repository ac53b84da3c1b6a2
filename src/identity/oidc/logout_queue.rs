//! Logout tokens that wait to be sent, each leased by one worker at a time. They are queued in the transaction that ends
//! what they tell of, so none is lost.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::{LEEWAY, Timestamp};
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::random_id;
use crate::platform::near_cache::Topic;
use crate::platform::schema::oidc_clients;
use crate::platform::schema::oidc_logouts::{self, dsl};

use super::registration::Registration;

/// Seconds after which a worker that reported no outcome is considered dead and another sends the token. Longer than any
/// attempt lasts.
const LEASE: i64 = 15;
/// Seconds after the end at which a token is tried; from the last one on, each is twice the one before.
const TRIES: [i64; 5] = [0, 1, 5, 15, 60];
/// Seconds for which delivery of a token is attempted.
const RETRY_TIME: i64 = 3600;
/// No lease and no wait ends later than this, in seconds from now: one that does is of a clock that was wrong.
const LONGEST_WAIT: i64 = RETRY_TIME + 2 * LEEWAY;
/// Seconds after which a token is deleted whatever happened: no worker has been able to sign for a day.
const TOO_OLD: i64 = 24 * 3600;
/// Due rows that one look reads.
const WINDOW: i64 = 200;

/// A sign-in to an app that has ended: row of the app, user, name of the session.
pub type EndedLogin = (i64, i64, String);

/// A token that a worker has leased.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = oidc_logouts)]
pub struct Leased {
    pub id: i64,
    pub client: i64,
    pub user_id: i64,
    pub sid: String,
    pub jti: String,
    created_at: Timestamp,
    attempts: i64,
}

impl Leased {
    /// The time of the next try after this one failed; none if that would be too late.
    pub fn next_try(&self, now: Timestamp) -> Option<Timestamp> {
        let [.., last] = TRIES;
        let number = usize::try_from(self.attempts).unwrap_or(usize::MAX);
        let after = match TRIES.get(number) {
            Some(seconds) => *seconds,
            None => last << (number - TRIES.len() + 1).min(16),
        };
        // A server that was down, or an app that answered slowly, has missed some.
        let next = (self.created_at + after).max(now + 1);
        (next <= self.created_at + RETRY_TIME).then_some(next)
    }
}

/// What these apps are registered with; one that this version cannot read is left out.
pub fn registrations(conn: &mut Conn, clients: &[i64]) -> Result<Vec<(i64, Registration)>, DbError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, String)> = oidc_clients::table
        .filter(oidc_clients::id.eq_any(clients))
        .select((oidc_clients::id, oidc_clients::registration))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, text)| Some((id, serde_json::from_str(&text).ok()?))).collect())
}

/// Queues a token for each app with a logout address, and each session.
pub fn put(write: &mut Write<'_>, ended: Vec<EndedLogin>) -> Result<(), DbError> {
    let ended: BTreeSet<EndedLogin> = ended.into_iter().collect();
    let clients: BTreeSet<i64> = ended.iter().map(|(client, ..)| *client).collect();
    let clients: Vec<i64> = clients.into_iter().collect();
    let notified: BTreeSet<i64> = registrations(write.read(), &clients)?
        .into_iter()
        .filter(|(_, app)| app.backchannel_logout_uri.is_some())
        .map(|(id, _)| id)
        .collect();
    let now = write.now();
    for (client, user_id, sid) in ended.iter().filter(|(client, ..)| notified.contains(client)) {
        let row = (
            dsl::client.eq(client),
            dsl::user_id.eq(user_id),
            dsl::sid.eq(sid),
            dsl::jti.eq(random_id()),
            dsl::created_at.eq(now),
            dsl::due_at.eq(now),
        );
        let conn = write.topic(Topic::OidcLogouts);
        diesel::insert_into(oidc_logouts::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Whether a token is due, of other apps than these.
pub fn is_any_due(conn: &mut Conn, now: Timestamp, except: &[i64]) -> QueryResult<bool> {
    let due = dsl::due_at.le(now).or(dsl::due_at.gt(now + LONGEST_WAIT));
    let due = oidc_logouts::table.filter(due.and(dsl::client.ne_all(except)));
    diesel::select(diesel::dsl::exists(due)).get_result(conn)
}

/// Corrects the times of tokens that a clock far ahead has queued or returned, once it is set right.
pub fn correct_times(conn: &mut Conn, now: Timestamp) -> QueryResult<()> {
    let is_ahead = || oidc_logouts::table.filter(dsl::due_at.gt(now + LONGEST_WAIT));
    if !diesel::select(diesel::dsl::exists(is_ahead())).get_result::<bool>(conn)? {
        return Ok(());
    }
    diesel::update(is_ahead().filter(dsl::created_at.gt(now))).set(dsl::created_at.eq(now)).execute(conn)?;
    diesel::update(is_ahead()).set(dsl::due_at.eq(now)).execute(conn).map(drop)
}

/// The number of tokens that wait for this app, or for all.
pub fn count(conn: &mut Conn, client: Option<i64>) -> QueryResult<i64> {
    match client {
        Some(client) => oidc_logouts::table.filter(dsl::client.eq(client)).count().get_result(conn),
        None => oidc_logouts::table.count().get_result(conn),
    }
}

/// How many more tokens may be sent at a time.
pub struct Room {
    /// To all apps.
    pub free: usize,
    /// To apps that some are being sent to, or that were in trouble recently.
    pub of_app: HashMap<i64, usize>,
    /// To any other app.
    pub of_others: usize,
}

impl Room {
    /// The apps that get none now.
    pub fn full(&self) -> Vec<i64> {
        self.of_app.iter().filter(|(_, free)| **free == 0).map(|(client, _)| *client).collect()
    }

    fn take(&mut self, client: i64) -> bool {
        let of_app = self.of_app.entry(client).or_insert(self.of_others);
        if self.free == 0 || *of_app == 0 {
            return false;
        }
        self.free -= 1;
        *of_app -= 1;
        true
    }
}

/// Leases the tokens that have waited longest, as far as there is room. No other worker gets them until the lease expires.
pub fn lease(conn: &mut Conn, lease: &str, now: Timestamp, mut room: Room) -> QueryResult<Vec<Leased>> {
    let due = oidc_logouts::table.filter(dsl::due_at.le(now).and(dsl::client.ne_all(room.full())));
    let due = due.order((dsl::due_at, dsl::id)).limit(WINDOW).select(Leased::as_select());
    let due: Vec<Leased> = due.load(conn)?;
    let leased: Vec<Leased> = due.into_iter().filter(|token| room.take(token.client)).collect();
    let ids: Vec<i64> = leased.iter().map(|token| token.id).collect();
    if !ids.is_empty() {
        let change = (dsl::lease.eq(lease), dsl::due_at.eq(now + LEASE), dsl::attempts.eq(dsl::attempts + 1));
        diesel::update(oidc_logouts::table.filter(dsl::id.eq_any(ids))).set(change).execute(conn)?;
    }
    Ok(leased.into_iter().map(|token| Leased { attempts: token.attempts + 1, ..token }).collect())
}

/// Removes a token that was delivered or given up; false if another worker holds the lease by now, or the app is gone.
pub fn remove(conn: &mut Conn, id: i64, lease: &str) -> QueryResult<bool> {
    let mine = oidc_logouts::table.find(id).filter(dsl::lease.eq(lease));
    Ok(diesel::delete(mine).execute(conn)? == 1)
}

/// Returns a token to the queue for a later try; false as for `remove`.
pub fn put_back(conn: &mut Conn, id: i64, lease: &str, due_at: Timestamp) -> QueryResult<bool> {
    let mine = oidc_logouts::table.find(id).filter(dsl::lease.eq(lease));
    let change = (dsl::lease.eq(None::<String>), dsl::due_at.eq(due_at));
    Ok(diesel::update(mine).set(change).execute(conn)? == 1)
}

/// Deletes tokens that could not be sent.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    let (now, conn) = (write.now(), write.uncached());
    let old = oidc_logouts::table.filter(dsl::created_at.le(now - TOO_OLD).and(dsl::due_at.le(now - LEASE)));
    let old: Vec<i64> = old.order(dsl::id).limit(most).select(dsl::id).load(conn)?;
    if old.is_empty() {
        return Ok(0);
    }
    tracing::error!(tokens = old.len(), "logout tokens could not be sent for a day; they are given up");
    Ok(diesel::delete(oidc_logouts::table.filter(dsl::id.eq_any(old))).execute(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leased(created_at: Timestamp, attempts: i64) -> Leased {
        let (sid, jti) = (String::new(), String::new());
        Leased { id: 1, client: 1, user_id: 1, sid, jti, created_at, attempts }
    }

    #[test]
    fn tries_grow_apart_for_an_hour() {
        let mut tries = vec![0];
        while let Some(next) = leased(0, tries.len() as i64).next_try(*tries.last().unwrap()) {
            tries.push(next);
        }
        assert_eq!(tries, [0, 1, 5, 15, 60, 120, 240, 480, 960, 1920]);
        assert_eq!(leased(0, i64::MAX).next_try(0), None);
    }

    #[test]
    fn what_was_missed_is_made_up_for_once_and_not_at_the_same_time() {
        assert_eq!(leased(100, 1).next_try(110), Some(111));
        assert_eq!(leased(100, 3).next_try(110), Some(115));
        assert_eq!(leased(100, 1).next_try(3_699), Some(3_700));
        assert_eq!(leased(100, 1).next_try(3_700), None, "after an hour, one try was the last");
    }

    #[test]
    fn a_full_app_leaves_room_for_others() {
        let mut room = Room { free: 3, of_app: HashMap::from([(1, 0), (2, 1)]), of_others: 2 };
        assert_eq!(room.full(), [1]);
        let taken: Vec<i64> = [1, 2, 2, 3, 3, 3].into_iter().filter(|client| room.take(*client)).collect();
        assert_eq!(taken, [2, 3, 3]);
        assert!(!room.take(4), "nor is there any left");
    }
}
