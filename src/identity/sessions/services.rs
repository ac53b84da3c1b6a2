//! The services of this module.

use std::sync::Arc;

use super::check::SessionReader;
use super::list::SessionDirectory;
use super::sessions::Sessions;

/// Cheap to clone.
#[derive(Clone)]
pub struct SessionServices {
    pub sessions: Arc<Sessions>,
    pub reader: Arc<SessionReader>,
    pub directory: Arc<SessionDirectory>,
}
