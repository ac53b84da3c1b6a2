//! A user who has passed all stages that their account requires.

use std::ops::Deref;

use crate::identity::accounts::User;
use crate::identity::audit::Client;
use crate::identity::sessions::{Method, Methods, NewSession, SessionKind};

/// Only the sign-in flow constructs one; every session requires it.
#[derive(Clone)]
pub struct Authenticated {
    user: User,
    methods: Methods,
}

impl Authenticated {
    pub(super) fn new(user: User, methods: Methods) -> Self {
        Self { user, methods }
    }

    /// A user who has just registered. The account has no second factor yet.
    pub(in crate::identity) fn newcomer(user: User) -> Option<Self> {
        user.factors_since.is_none().then(|| Self::new(user, Methods::from(Method::Password)))
    }

    pub fn into_user(self) -> User {
        self.user
    }

    /// The session to create for this user.
    pub fn new_session(&self, kind: SessionKind, client: &Client) -> NewSession {
        NewSession::of(&self.user, self.methods, kind, client)
    }
}

impl Deref for Authenticated {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}
