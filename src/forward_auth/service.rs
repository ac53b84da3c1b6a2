//! The services that decide about requests behind a proxy.

use std::sync::Arc;

use crate::http::auth::authenticator::Authenticator;
use crate::identity::applications::Applications;

use super::rules::Rules;

pub struct ForwardAuth {
    pub authenticator: Arc<Authenticator>,
    pub applications: Arc<Applications>,
    pub rules: Rules,
}
