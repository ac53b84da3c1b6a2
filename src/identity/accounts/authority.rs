//! Authorities for writes: a user of an epoch, a member of staff.

use diesel::prelude::*;

use crate::identity::audit::{Client, Entry, Event};
use crate::identity::unit_of_work::{Authority, AuthorityLost};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::users::{self, dsl};

use super::user::{self, User};

/// A user who is enabled and whose sessions have not been revoked since.
pub struct AsUser {
    pub id: i64,
    pub epoch: i64,
}

impl AsUser {
    pub fn of(user: &User) -> Self {
        Self { id: user.id, epoch: user.epoch }
    }
}

impl Authority for AsUser {
    const LOST: AuthorityLost = AuthorityLost::User;

    fn still_holds(&self, conn: &mut Conn) -> Result<bool, DbError> {
        user::is_active(conn, self.id, self.epoch)
    }
}

/// A member of staff who acts, and where from. They must be enabled and have the staff flag.
#[derive(Clone)]
pub struct StaffActor {
    pub id: i64,
    pub client: Client,
}

impl StaffActor {
    /// The entry about what they do, to this user if it concerns one.
    pub fn entry(&self, event: Event, user_id: Option<i64>, at: Timestamp) -> Entry {
        Entry::by(self.id, event, user_id, &self.client, at)
    }
}

impl Authority for StaffActor {
    const LOST: AuthorityLost = AuthorityLost::Staff;

    fn still_holds(&self, conn: &mut Conn) -> Result<bool, DbError> {
        let staff = users::table.find(self.id).filter(dsl::staff.eq(true).and(dsl::disabled.eq(false)));
        Ok(diesel::select(diesel::dsl::exists(staff)).get_result(conn)?)
    }
}
