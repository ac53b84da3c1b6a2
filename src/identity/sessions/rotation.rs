//! A new id for a session, in one step with whatever calls for it: a typed password, a new epoch.

use actix_web::cookie::time::Duration;

use super::auth_method::Method;
use crate::platform::db::{Conn, DbError};

use super::ended;
use super::ended::End;
use super::{Id, Live, Session, Sessions, Unknown};

/// What a change of the session id brings along.
pub struct Rotation {
    /// The user's epoch from then on.
    pub epoch: i64,
    /// How its user has shown who they are just now, if they have.
    pub proved: Option<Method>,
}

/// Why a rotation was undone.
enum Stop {
    Over,
    Db(DbError),
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<diesel::result::Error> for Stop {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Sessions {
    /// The same session under a new id; the old one is dead. `change` is made in the same step, and says whether it could
    /// be made. None if the session has ended meanwhile: then nothing has happened.
    pub async fn rotate(
        &self,
        live: &Live,
        rotation: Rotation,
        change: impl FnOnce(&mut Conn) -> Result<bool, DbError> + Send + 'static,
    ) -> Result<Option<Id>, Unknown> {
        let now = self.clock.now();
        let mut session = Session { renewed_at: now, epoch: rotation.epoch, ..(*live.session).clone() };
        if let Some(method) = rotation.proved {
            session.proved_at = now;
            session.proved_again = true;
            session.factor_at = if method.is_second() { Some(now) } else { session.factor_at };
            session.methods = session.methods.with(method);
        }
        // Nobody knows the new id until the old one has been claimed.
        let id = self.save(&session).await?;
        let end =
            End { key: live.key.clone(), successor: Some(id.key()), at: now, until: self.latest_expiry() };
        let claimed =
            self.db.write(
                move |conn| {
                    if ended::claim(conn, &end)? && change(conn)? { Ok(()) } else { Err(Stop::Over) }
                },
            );
        match claimed.await {
            Ok(()) => {
                self.forget(&live.key).await;
                Ok(Some(id))
            }
            Err(stop) => {
                self.forget(&id.key()).await;
                match stop {
                    Stop::Over => Ok(None),
                    Stop::Db(error) => Err(error.into()),
                }
            }
        }
    }

    /// The same session, under its own key, in a later epoch of its user. For that of a program: nobody knows its id, so
    /// a new one would protect nothing. To be called once the epoch is committed.
    pub async fn go_on(&self, live: &Live, epoch: i64) -> Result<(), Unknown> {
        let session = Session { epoch, ..(*live.session).clone() };
        let ttl = Duration::seconds(self.seconds_left(&session).max(1));
        let updated = self.store.update_by_key(&live.key, session.to_state(), &ttl).await;
        self.near.sessions.invalidate(&live.key);
        updated.map_err(|error| Unknown(error.into()))
    }
}
