//! Authorization: rules as types.

mod rule;
pub mod rules;
#[cfg(test)]
mod tests;

pub use rule::{Action, Denial, Model, Object, Rule, RuleContext};
