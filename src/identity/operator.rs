//! The operator's actions on the command line, which need no running server. Servers learn of them through SQL.

use std::collections::HashMap;
use std::time::Duration;

use super::accounts::name::Login;
use super::accounts::{
    AccountError, Member, NewUser, User, find_member, identities, last_staff, revocation, user, usernames,
};
use super::applications::{Application, application};
use super::audit::{Entry, Event};
use super::credentials::{RotationError, factors, key_rotation};
use super::email::{Notice, Outbox};
use super::observers;
use super::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::keys::rows::{self, PROPAGATION};
use crate::platform::keys::{Keys, SecretKey};
use crate::platform::near_cache::follow_sql::wait_until_known;
use crate::platform::near_cache::{Announce, Feed};

/// Users in memory at once.
const USERS_PER_PAGE: i64 = 500;

/// Users whose sessions end in one write, and the pause after it.
const USERS_AT_ONCE: i64 = 5_000;
const PAUSE: Duration = Duration::from_millis(5);

/// Blocks; must not be used by a server.
pub struct Operator {
    db: Db,
    writer: Writer,
}

impl Operator {
    pub fn new(db: Db, clock: Clock) -> Self {
        let writer =
            Writer::new(db.clone(), clock, (Feed::new(false), Announce::new(None)), observers::all());
        Self { db, writer }
    }

    /// Some users by name, in lower case, after this one; and the name of the last, if there is one.
    pub fn users_after(&self, after: &str) -> Result<(Vec<User>, Option<String>), DbError> {
        user::page(&mut *self.db.conn()?, after, USERS_PER_PAGE)
    }

    /// Usernames by id; deleted users are left out.
    pub fn names(&self, ids: Vec<i64>) -> Result<HashMap<i64, String>, DbError> {
        usernames(&mut *self.db.conn()?, ids)
    }

    /// A user by username or address.
    pub fn find(&self, login: &str) -> Result<Option<User>, DbError> {
        user::find_by_login(&mut *self.db.conn()?, &Login::parse(login))
    }

    /// The member, read from SQL.
    pub fn member(&self, id: i64) -> Result<Option<Member>, DbError> {
        find_member(&mut *self.db.conn()?, id)
    }

    /// All apps, by name.
    pub fn applications(&self) -> Result<Vec<Application>, DbError> {
        application::all(&mut *self.db.conn()?)
    }

    pub fn record(&self, event: Event, user_id: i64) -> Result<(), Failure> {
        self.writer.write_blocking(System, |write| {
            write.record(Entry::by_operator(event, Some(user_id), write.now()));
            Ok::<_, Failure>(())
        })
    }

    /// Makes an account. With `invited` it has no way in until the owner of its address comes by a provider that proves it.
    pub fn create(&self, new: &NewUser, invited: bool) -> Result<User, AccountError> {
        self.writer.write_blocking(System, |write| {
            let user = user::create(write, new)?;
            if invited {
                identities::invite(write, user.id)?;
            }
            write.record(Entry::by_operator(Event::Registered, Some(user.id), write.now()));
            Ok(user)
        })
    }

    /// # Errors
    /// `LastStaff` if no other staff account can sign in.
    pub fn set_staff(&self, id: i64, staff: bool) -> Result<Event, AccountError> {
        let event = if staff { Event::Promoted } else { Event::Demoted };
        self.change(id, event, |write| {
            if !staff {
                last_staff::require_another(write, id)?;
            }
            Ok::<_, AccountError>(revocation::set_staff(write, id, staff)?)
        })
    }

    /// # Errors
    /// `LastStaff` if no other staff account can sign in.
    pub fn set_disabled(&self, id: i64, disabled: bool) -> Result<Event, AccountError> {
        let event = if disabled { Event::Disabled } else { Event::Enabled };
        self.change(id, event, |write| {
            if disabled {
                last_staff::require_another(write, id)?;
            }
            Ok::<_, AccountError>(revocation::set_disabled(write, id, disabled).map(drop)?)
        })
    }

    /// Marks the address as the user's.
    pub fn verify_email(&self, id: i64) -> Result<Event, Failure> {
        self.change(id, Event::EmailVouched, |write| Ok(user::verify_email(write, id).map(drop)?))
    }

    /// Sets a password, which ends all sessions, and notifies the owner.
    pub fn set_password(&self, id: i64, hash: &str, outbox: &Outbox) -> Result<Event, Failure> {
        self.change(id, Event::PasswordChanged, |write| {
            revocation::set_password(write, id, hash)?;
            Ok(user::notify(write, outbox, id, Notice::PasswordChanged, None)?)
        })
    }

    /// Removes all second factors, ends all sessions, and notifies the owner.
    pub fn remove_factors(&self, id: i64, outbox: &Outbox) -> Result<Event, Failure> {
        self.change(id, Event::FactorsRemoved, |write| {
            factors::remove_all(write, id)?;
            revocation::revoke_all(write, id)?;
            Ok(user::notify(write, outbox, id, Notice::FactorsChanged, None)?)
        })
    }

    /// Changes a user and records it, both or neither; returns once every server knows.
    fn change<E: From<DbError> + From<Failure>>(
        &self,
        id: i64,
        event: Event,
        work: impl FnOnce(&mut Write<'_>) -> Result<(), E>,
    ) -> Result<Event, E> {
        self.writer.write_blocking(System, |write| {
            work(write)?;
            write.record(Entry::by_operator(event, Some(id), write.now()));
            Ok::<_, E>(())
        })?;
        wait_until_known();
        Ok(event)
    }

    /// Ends all sessions of this user.
    pub fn end_sessions(&self, id: i64) -> Result<Event, Failure> {
        self.change(id, Event::SessionEnded, |write| Ok(revocation::revoke_all(write, id)?))
    }

    /// Ends all sessions of everyone. They are refused as soon as the servers know; then a part of the users at a time gets a
    /// new epoch, so that the servers write in between. Returns how many users there are.
    pub fn end_all_sessions(&self) -> Result<usize, Failure> {
        self.writer
            .write_blocking(System, |write| Ok::<_, Failure>(revocation::begin_revoking_everyone(write)?))?;
        let (mut after, mut ended) = (i64::MIN, 0);
        while let Some(last) = user::id_after(&mut *self.db.conn()?, after, USERS_AT_ONCE)? {
            ended += self.writer.write_blocking(System, |write| {
                Ok::<_, Failure>(revocation::revoke_range(write, after, last)?)
            })?;
            after = last;
            std::thread::sleep(PAUSE);
        }
        self.writer.write_blocking(System, |write| {
            write.record(Entry::by_operator(Event::AllEnded, None, write.now()));
            Ok::<_, Failure>(revocation::finish_revoking_everyone(write)?)
        })?;
        wait_until_known();
        Ok(ended)
    }

    /// Signs and encrypts with new keys from now on. Returns once every server knows them.
    pub fn rotate_keys(&self, keys: &Keys, newest: &SecretKey, replace: bool) -> Result<(), RotationError> {
        // The next keys were created long ago, so every node knows them. Other keys must be announced first.
        let is_next = keys.ring().rows().first().is_some_and(|next| next.secret == newest.fingerprint());
        if replace || !is_next {
            self.writer.write_blocking(System, |write| {
                let now = write.now();
                Ok::<_, RotationError>(rows::replace_next(write.uncached(), newest, now)?)
            })?;
            std::thread::sleep(PROPAGATION);
        }
        self.writer.write_blocking(System, |write| {
            key_rotation::rotate(write, keys, newest)?;
            write.record(Entry::by_operator(Event::KeysRotated, None, write.now()));
            Ok::<_, RotationError>(())
        })?;
        std::thread::sleep(PROPAGATION);
        Ok(())
    }

    /// Deletes older keys, which signs everyone out.
    pub fn forget_old_keys(&self, keys: &Keys) -> Result<(), RotationError> {
        self.writer.write_blocking(System, |write| {
            key_rotation::forget_old(write, keys)?;
            write.record(Entry::by_operator(Event::KeysForgotten, None, write.now()));
            Ok::<_, RotationError>(())
        })?;
        wait_until_known();
        Ok(())
    }

    /// Starts over with new keys if the secret of those in use is lost.
    pub fn reset_keys(&self) -> Result<(), DbError> {
        let reset =
            |write: &mut Write<'_>| Ok::<_, RotationError>(key_rotation::reset_keys(write.uncached())?);
        match self.writer.write_blocking(System, reset) {
            Err(RotationError::Db(error)) => Err(error),
            _ => Ok(()),
        }
    }
}
