//! Why the server does not start, as shown to the operator.

use crate::config::ConfigError;
use crate::forward_auth::rules::RulesError;
use crate::identity::oidc::DeclarationError;
use crate::platform::db::{DbError, OpenError};
use crate::platform::keys::RingError;

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Database(#[from] OpenError),
    #[error(transparent)]
    Changes(#[from] DbError),
    #[error(transparent)]
    Rules(#[from] RulesError),
    #[error(transparent)]
    Apps(#[from] DeclarationError),
    #[error("MUNJIGI_SECRET_KEY: {0}")]
    Keys(#[from] RingError),
    #[error("REDIS_URL: {0}")]
    Redis(redis::RedisError),
    #[error(
        "REDIS_URL: another installation of Munjigi stores its sessions in this Redis; use another Redis, or another \
         database of it such as /1. If that installation is gone, delete the key munjigi:installation"
    )]
    OtherInstallation,
    #[error(transparent)]
    Tracking(std::io::Error),
    #[error("{0}: {1} cannot be listened on: {2}")]
    Listen(&'static str, String, std::io::Error),
    #[error("the server stopped: {0}")]
    Io(#[from] std::io::Error),
}
