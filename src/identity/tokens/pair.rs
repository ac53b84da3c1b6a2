//! A client's two tokens.

use std::sync::Arc;

use crate::identity::accounts::{Member, Scopes};

/// An access token and the refresh token that comes with it; all times in seconds from now.
pub struct TokenPair {
    pub access: String,
    pub expires_in: i64,
    pub scopes: Scopes,
    pub refresh: String,
    pub refresh_expires_in: i64,
    /// Whose it is.
    pub user: Arc<Member>,
}
