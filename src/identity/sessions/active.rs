//! Sessions as they begin, as they are checked, and as lists show them.

use std::sync::Arc;

use crate::identity::accounts::{Member, User};
use crate::identity::audit::Client;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;

use super::auth_method::Methods;
use super::id::{Id, Key};
use super::record::StoreError;
use super::session::{Session, SessionKind};

/// A session to be begun.
pub struct NewSession {
    pub(in crate::identity) user_id: i64,
    pub(in crate::identity) epoch: i64,
    pub(in crate::identity) methods: Methods,
    pub(in crate::identity) kind: SessionKind,
    pub(in crate::identity) device: String,
    pub(in crate::identity) address: String,
}

impl NewSession {
    /// For a user who has authenticated by these methods.
    pub(in crate::identity) fn of(user: &User, methods: Methods, kind: SessionKind, client: &Client) -> Self {
        Self {
            user_id: user.id,
            epoch: user.epoch,
            methods,
            kind,
            device: client.device.clone(),
            address: client.address.to_string(),
        }
    }

    /// One in which the operator looks, from the command line, at what a user sees. Whoever can do that reads and writes
    /// the database anyway.
    pub fn by_operator(user: &User, device: &str) -> Self {
        Self {
            user_id: user.id,
            epoch: user.epoch,
            methods: Methods::PASSWORD,
            kind: SessionKind::Browser,
            device: device.to_owned(),
            address: String::new(),
        }
    }
}

/// A session that is valid, with its user as SQL has them now.
#[derive(Clone)]
pub struct ActiveSession {
    /// Only a session cookie brings it.
    pub id: Option<Id>,
    pub key: Key,
    pub session: Arc<Session>,
    pub user: Arc<Member>,
    /// This check has renewed its idle limit: a persistent cookie must be sent again.
    pub renewed: bool,
}

/// A session as lists show it.
pub struct SessionSummary {
    pub key: Key,
    pub session: Session,
    pub seen_at: Timestamp,
}

/// The store or the database did not answer, so it is not known whether the session is valid. Never a reason to allow a
/// request, nor to sign out.
#[derive(Debug, thiserror::Error)]
#[error("whether the session is valid is unknown: {0:#}")]
pub struct SessionUnavailable(anyhow::Error);

impl From<DbError> for SessionUnavailable {
    fn from(error: DbError) -> Self {
        Self(error.into())
    }
}

impl From<StoreError> for SessionUnavailable {
    fn from(error: StoreError) -> Self {
        Self(error.into())
    }
}

impl From<SessionUnavailable> for Failure {
    fn from(error: SessionUnavailable) -> Self {
        Self::Unavailable(error.into())
    }
}
