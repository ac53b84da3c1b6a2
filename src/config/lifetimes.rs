//! The lifetimes of sessions.

use super::error::ConfigError;

pub type Seconds = i64;

/// The limits of one kind of session.
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
    /// For an API client: `idle` limits its unused refresh token, `absolute` its session.
    pub client: Lifetime,
}

impl Lifetime {
    /// `kind` is the prefix of both settings' names.
    pub(super) fn new(kind: &str, idle: Seconds, absolute: Seconds) -> Result<Self, ConfigError> {
        if idle <= absolute {
            return Ok(Self { idle, absolute });
        }
        let problem = format!("it is longer than MUNJIGI_{kind}_ABSOLUTE; it takes at most that");
        Err(ConfigError::new(format!("MUNJIGI_{kind}_IDLE"), problem))
    }
}

impl Lifetimes {
    /// The longest lifetime of any session.
    pub fn longest(&self) -> Seconds {
        self.browser.absolute.max(self.remembered.absolute).max(self.client.absolute)
    }
}
