//! The services of this module.

use std::sync::Arc;

use super::passkeys::Passkeys;
use super::passwords::Passwords;
use super::second_factors::SecondFactors;

/// Cheap to clone.
#[derive(Clone)]
pub struct Credentials {
    pub passwords: Arc<Passwords>,
    pub factors: Arc<SecondFactors>,
    pub passkeys: Arc<Passkeys>,
}
