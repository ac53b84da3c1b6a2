//! Writes on behalf of a session, which must not have been revoked since.

use crate::identity::accounts::user;
use crate::identity::unit_of_work::{Authority, AuthorityLost};
use crate::platform::db::{Conn, DbError};

use super::active::ActiveSession;
use super::ended;
use super::id::Key;

pub struct AsSession {
    key: Key,
    user_id: i64,
    epoch: i64,
}

impl AsSession {
    pub fn of(active: &ActiveSession) -> Self {
        Self { key: active.key.clone(), user_id: active.user.id, epoch: active.user.epoch }
    }
}

impl Authority for AsSession {
    const LOST: AuthorityLost = AuthorityLost::Session;

    fn still_holds(&self, conn: &mut Conn) -> Result<bool, DbError> {
        Ok(!ended::is_over(conn, &self.key)? && user::is_active(conn, self.user_id, self.epoch)?)
    }
}
