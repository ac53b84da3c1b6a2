//! How long sessions live.

use super::error::ConfigError;
use super::parse::{duration, read};

/// How long a session may live, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    pub idle: i64,
    pub absolute: i64,
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

impl Lifetimes {
    /// Seconds after which every session is over.
    pub fn longest(&self) -> i64 {
        self.browser.absolute.max(self.remembered.absolute).max(self.client.absolute)
    }
}

/// What was given, the setting's name, and its default.
type Given = (Option<String>, &'static str, &'static str);

impl Lifetime {
    pub(super) fn read(idle: Given, absolute: Given) -> Result<Self, ConfigError> {
        let (idle_name, absolute_name) = (idle.1, absolute.1);
        let limits = Self {
            idle: read(idle.0, idle_name, idle.2, duration)?,
            absolute: read(absolute.0, absolute_name, absolute.2, duration)?,
        };
        if limits.idle <= limits.absolute {
            return Ok(limits);
        }
        Err(ConfigError::new(idle_name, format!("it is longer than {absolute_name}; it takes at most that")))
    }
}
