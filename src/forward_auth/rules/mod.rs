//! Which requests behind a proxy are allowed, from the operator's rules and the registered apps. Default: none.

mod decision;
mod file;
mod path;
mod rule;
mod target;
#[cfg(test)]
mod tests;

pub use decision::{AccessRequest, Decision, RuleSource, Rules, Subject, decide, is_disputed};
pub use file::RulesError;
pub use path::Readings;
pub use rule::{AccessRule, Allows};
pub use target::Target;
