//! The credentials in a request that name its sessions, as data.

use crate::identity::sessions::Id;

/// Everything that names a session, including expired tokens.
#[derive(Clone, Default)]
pub struct Presented {
    pub session: Option<Id>,
    pub refresh_tokens: Vec<String>,
    pub access_tokens: Vec<String>,
}
