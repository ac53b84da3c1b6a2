//! How long sessions live.

use super::error::ConfigError;

pub type Seconds = i64;

/// How long a session may live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    pub idle: Seconds,
    pub absolute: Seconds,
}

/// The lifetimes of each kind of session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    pub browser: Lifetime,
    /// With "remember me".
    pub remembered: Lifetime,
    /// Of an API client: how long its refresh token lives unused, and the session at all.
    pub client: Lifetime,
}

impl Lifetime {
    /// `kind` is what the names of the two settings begin with.
    pub(super) fn new(kind: &str, idle: Seconds, absolute: Seconds) -> Result<Self, ConfigError> {
        if idle <= absolute {
            return Ok(Self { idle, absolute });
        }
        let problem = format!("it is longer than MUNJIGI_{kind}_ABSOLUTE; it takes at most that");
        Err(ConfigError::new(format!("MUNJIGI_{kind}_IDLE"), problem))
    }
}

impl Lifetimes {
    /// After so long, every session is over.
    pub fn longest(&self) -> Seconds {
        self.browser.absolute.max(self.remembered.absolute).max(self.client.absolute)
    }
}
