//! A client's access and refresh token.

use std::sync::Arc;

use crate::identity::accounts::{Member, Scopes};

/// An access token and its refresh token; all times in seconds from now.
pub struct TokenPair {
    pub access: String,
    pub expires_in: i64,
    pub scopes: Scopes,
    pub refresh: String,
    pub refresh_expires_in: i64,
    /// The user that they were issued to.
    pub user: Arc<Member>,
}
