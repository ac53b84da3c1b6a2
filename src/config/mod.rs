//! All settings, their defaults and checks. An invalid setting prevents the start with a one-sentence error.

mod accent;
#[expect(clippy::module_inception, reason = "it defines `Config`")]
mod config;
mod error;
mod file;
mod lifetimes;
mod mail;
mod outgoing;
mod parse;
mod providers;
mod redis;
mod row;
mod secret_file;
#[cfg(test)]
mod tests;
mod words;

pub use accent::Accent;
pub use config::{Config, Settings};
pub use error::ConfigError;
pub use lifetimes::{Lifetime, Lifetimes};
pub use mail::MailConfig;
pub use parse::{duration, duration_text, is_loopback, is_within, public_url};
pub use providers::{Admission, AppleKey, ProviderConfig, ProviderKind};
pub use row::Row;
pub use secret_file::{read_secret, without_mark};
pub use words::{HashPriority, LogFormat, Registration, Required, Verification};
