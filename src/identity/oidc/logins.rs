//! The apps that have had an ID token in a session: they learn of its end, whatever has become of their grants since.

use diesel::prelude::*;

use crate::identity::sessions::Key;
use crate::identity::unit_of_work::Write;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::oidc_logins::{self, dsl};

use super::grant::NewGrant;
use super::logout_queue::{self, EndedLogin};
use super::registration::Level;
use super::unfit::{Whose, delete_unfit, unfit};

const ENDED: (dsl::client, dsl::user_id, dsl::sid) = (dsl::client, dsl::user_id, dsl::sid);

/// Notes the ID token of a grant: in the session in which the person signed in, and in the one that its tokens stand on.
pub fn add(write: &mut Write<'_>, new: &NewGrant) -> Result<(), DbError> {
    let mut keys = vec![new.login.as_str()];
    if new.session != new.login {
        keys.push(new.session.as_str());
    }
    let change = || {
        (
            dsl::epoch.eq(new.epoch),
            dsl::two_factors.eq(new.details.two_factors),
            dsl::expires_at.eq(new.expires_at),
        )
    };
    for key in keys {
        let known = oidc_logins::table.find((new.client, &new.sid, key));
        let conn = write.uncached();
        if diesel::update(known).set(change()).execute(conn)? == 0 {
            let row = (
                dsl::client.eq(new.client),
                dsl::sid.eq(&new.sid),
                dsl::session_key.eq(key),
                dsl::user_id.eq(new.user_id),
                change(),
            );
            diesel::insert_into(oidc_logins::table).values(row).execute(conn)?;
        }
    }
    Ok(())
}

/// The names by which apps know this session. One that has revoked its tokens may still end the session by an ID token.
pub fn sids_of(conn: &mut Conn, session: &Key) -> Result<Vec<String>, DbError> {
    let of_session = oidc_logins::table.filter(dsl::session_key.eq(session.as_str()));
    Ok(of_session.select(dsl::sid).distinct().load(conn)?)
}

/// A session continues under another key, or in another epoch.
pub fn move_session(write: &mut Write<'_>, from: &str, to: &str, epoch: i64) -> Result<(), DbError> {
    let moved = oidc_logins::table.filter(dsl::session_key.eq(from));
    let change = (dsl::session_key.eq(to), dsl::epoch.eq(epoch));
    diesel::update(moved).set(change).execute(write.uncached())?;
    Ok(())
}

/// Forgets a session that an app ends itself, while the browser's goes on.
pub fn forget(write: &mut Write<'_>, session: &str) -> Result<(), DbError> {
    diesel::delete(oidc_logins::table.filter(dsl::session_key.eq(session))).execute(write.uncached())?;
    Ok(())
}

pub fn end_of_sessions(write: &mut Write<'_>, keys: &[String]) -> Result<(), DbError> {
    let of_sessions = oidc_logins::table.filter(dsl::session_key.eq_any(keys));
    let ended = diesel::delete(of_sessions).returning(ENDED).get_results(write.uncached())?;
    logout_queue::put(write, ended)
}

/// Ends what a user has at an app, or at all of them.
pub fn end_of_user(write: &mut Write<'_>, user_id: i64, client: Option<i64>) -> Result<(), DbError> {
    let conn = write.uncached();
    let of_user = oidc_logins::table.filter(dsl::user_id.eq(user_id));
    let ended: Vec<EndedLogin> = match client {
        Some(client) => {
            diesel::delete(of_user.filter(dsl::client.eq(client))).returning(ENDED).get_results(conn)?
        }
        None => diesel::delete(of_user).returning(ENDED).get_results(conn)?,
    };
    logout_queue::put(write, ended)
}

/// Ends those of these people that are unfit.
pub fn end_unfit(write: &mut Write<'_>, whose: Whose<'_>) -> Result<(), DbError> {
    let ended: Vec<EndedLogin> = delete_unfit!(write.uncached(), oidc_logins, whose, ENDED)?;
    logout_queue::put(write, ended)
}

/// Ends those with one factor, of an app that has come to require two.
pub fn end_with_one_factor(write: &mut Write<'_>, client: i64) -> Result<(), DbError> {
    let weak = oidc_logins::table.filter(dsl::client.eq(client).and(dsl::two_factors.eq(false)));
    let ended = diesel::delete(weak).returning(ENDED).get_results(write.uncached())?;
    logout_queue::put(write, ended)
}

/// Ends those of apps that require two factors, in a session that has lost one; returns these apps.
pub fn end_weakened(write: &mut Write<'_>, session: &str) -> Result<Vec<i64>, DbError> {
    let strong = oidc_logins::table.filter(dsl::session_key.eq(session).and(dsl::two_factors.eq(true)));
    let clients: Vec<i64> = strong.select(dsl::client).distinct().load(write.read())?;
    let strict = logout_queue::registrations(write.read(), &clients)?;
    let strict: Vec<i64> =
        strict.into_iter().filter(|(_, app)| app.level == Level::TwoFactor).map(|(id, _)| id).collect();
    if !strict.is_empty() {
        let lost = oidc_logins::table.filter(dsl::session_key.eq(session).and(dsl::client.eq_any(&strict)));
        let ended = diesel::delete(lost).returning(ENDED).get_results(write.uncached())?;
        logout_queue::put(write, ended)?;
    }
    Ok(strict)
}

/// Deletes those whose sessions have ended by their limits. Their apps are not notified: they know the lifetimes of their own
/// sessions.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("oidc_logins", "expires_at"), write.now(), most)
}
