//! New sessions, checked sessions, and sessions in lists.

use std::sync::Arc;

use crate::identity::accounts::{Member, User};
use crate::identity::audit::Client;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;

use super::auth_method::Methods;
use super::id::{Id, Key};
use super::provider_methods::ProviderMethods;
use super::record::StoreError;
use super::session::{Session, SessionKind};

/// A session to create.
pub struct NewSession {
    pub(in crate::identity) user_id: i64,
    pub(in crate::identity) epoch: i64,
    pub(in crate::identity) methods: Methods,
    pub(in crate::identity) provider_methods: ProviderMethods,
    pub(in crate::identity) kind: SessionKind,
    pub(in crate::identity) device: String,
    pub(in crate::identity) address: String,
    /// When the user has proved at another provider that it is them, if that was recent.
    pub(in crate::identity) proven_at: Option<Timestamp>,
}

impl NewSession {
    /// For a user who has authenticated by these methods.
    pub(in crate::identity) fn of(user: &User, methods: Methods, kind: SessionKind, client: &Client) -> Self {
        Self {
            user_id: user.id,
            epoch: user.epoch,
            methods,
            provider_methods: ProviderMethods::default(),
            kind,
            device: client.device.clone(),
            address: client.address.to_string(),
            proven_at: None,
        }
    }

    /// A session in which the operator views the site as a user, from the command line. Anyone who can run that has
    /// access to the database anyway.
    pub fn by_operator(user: &User, device: &str) -> Self {
        Self {
            user_id: user.id,
            epoch: user.epoch,
            methods: Methods::PASSWORD,
            provider_methods: ProviderMethods::default(),
            kind: SessionKind::Browser,
            device: device.to_owned(),
            address: String::new(),
            proven_at: None,
        }
    }
}

/// A valid session, and its user, read from SQL.
#[derive(Clone)]
pub struct ActiveSession {
    /// Present only if the session cookie was used.
    pub id: Option<Id>,
    pub key: Key,
    pub session: Arc<Session>,
    pub user: Arc<Member>,
    /// This check has renewed the idle limit: a persistent cookie must be sent again.
    pub renewed: bool,
}

impl ActiveSession {
    /// The methods used in the session, as far as they still count: second factors do only while the account has one.
    pub fn methods(&self) -> Methods {
        match self.user.factors_since {
            Some(_) => self.session.methods,
            None => self.session.methods.without_second_factors(),
        }
    }

    /// The `amr` claim: the methods that still count, and those of the provider.
    pub fn amr(&self) -> Vec<&'static str> {
        self.session.amr(self.methods())
    }
}

/// A session in a list.
pub struct SessionSummary {
    pub key: Key,
    pub session: Session,
    pub seen_at: Timestamp,
}

/// The store or the database did not answer, so the session's validity is unknown. Never a reason to allow a request
/// or to sign out.
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
