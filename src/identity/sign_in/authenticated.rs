//! A user who has passed all stages that their account requires.

use std::ops::Deref;

use crate::identity::accounts::User;
use crate::identity::audit::{Client, Counter};
use crate::identity::sessions::{Method, Methods, NewSession, SessionKind, UpstreamSession};
use crate::platform::clock::Timestamp;

/// Only the sign-in flow constructs one; every session requires it.
#[derive(Clone)]
pub struct Authenticated {
    user: User,
    methods: Methods,
    /// The session at another provider that they came with.
    upstream: Option<UpstreamSession>,
}

impl Authenticated {
    pub(super) fn new(user: User, methods: Methods) -> Self {
        Self { user, methods, upstream: None }
    }

    /// A user who has just registered. The account has no second factor yet.
    pub(in crate::identity) fn newcomer(user: User) -> Option<Self> {
        user.factors_since.is_none().then(|| Self::new(user, Methods::from(Method::Password)))
    }

    /// A user who has just registered by another provider, which counts as a proof.
    pub(in crate::identity) fn newcomer_by(
        user: User,
        upstream: UpstreamSession,
        now: Timestamp,
    ) -> Option<Self> {
        let upstream = UpstreamSession { auth_time: Some(now), ..upstream };
        let is_new = user.factors_since.is_none();
        is_new.then(|| Self::new(user, Methods::from(Method::Provider)).by(Some(upstream)))
    }

    /// The same, who came by this session at another provider.
    pub(super) fn by(self, upstream: Option<UpstreamSession>) -> Self {
        Self { upstream, ..self }
    }

    pub(super) fn upstream(&self) -> Option<&UpstreamSession> {
        self.upstream.as_ref()
    }

    /// By which way they signed in, for the counts of the day.
    pub(super) fn way(&self) -> Counter {
        let methods = self.methods;
        if methods.contains(Method::Provider) {
            Counter::SignedInByProvider
        } else if methods.contains(Method::Mail) {
            Counter::SignedInByLink
        } else if !methods.contains(Method::Password) {
            Counter::SignedInByPasskey
        } else if methods.are_two_factors() {
            Counter::SignedInByTwoSteps
        } else {
            Counter::SignedInByPassword
        }
    }

    pub fn into_user(self) -> User {
        self.user
    }

    /// The session to create for this user.
    pub fn new_session(&self, kind: SessionKind, client: &Client) -> NewSession {
        let proven_at = self.upstream.as_ref().and_then(|upstream| upstream.auth_time);
        let provider_methods = self.upstream.as_ref().map(|upstream| upstream.amr).unwrap_or_default();
        NewSession { proven_at, provider_methods, ..NewSession::of(&self.user, self.methods, kind, client) }
    }
}

impl Deref for Authenticated {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}
