//! What follows every write of the server and of the command line.

use std::sync::Arc;

use super::oidc::AppsFollow;
use super::unit_of_work::{Observer, Observers};
use super::upstream::SessionsFollow;

pub fn all() -> Observers {
    Arc::new([Box::new(AppsFollow) as Box<dyn Observer>, Box::new(SessionsFollow)])
}
