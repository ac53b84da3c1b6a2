//! What changes with a session's id.

use super::auth_method::Method;
use super::session::Session;
use crate::platform::clock::Timestamp;

/// The changes that come with a new session id.
#[derive(Clone, Copy)]
pub struct Rotation {
    /// The user's epoch from then on.
    pub epoch: i64,
    /// How the user has just authenticated again, if they have.
    pub authenticated: Option<Method>,
    /// The kind of second factor that was removed, if one was. It no longer counts, whichever of its kind was used.
    pub removed: Option<Method>,
}

impl Rotation {
    /// The session with these changes.
    pub(super) fn apply(self, session: &Session, now: Timestamp) -> Session {
        let mut session = Session { renewed_at: now, epoch: self.epoch, ..session.clone() };
        if let Some(method) = self.authenticated {
            session.authenticated_at = now;
            session.reauthenticated = true;
            session.second_factor_at = if method.is_second() { Some(now) } else { session.second_factor_at };
            session.methods = session.methods.with(method);
        }
        if let Some(method) = self.removed {
            // Trusted devices are forgotten with every change of factors.
            session.methods = session.methods.without(method).without(Method::TrustedDevice);
        }
        session
    }
}
