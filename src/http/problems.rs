//! Validation messages by field.

use std::borrow::Cow;

use crate::i18n::Texts;
use crate::i18n::translate::Translate;
use crate::identity::accounts::name::Login;
use crate::identity::invalid::Invalid;

/// A message shown beside a field and in the summary above the form.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The field's name, or in JSON its place (RFC 6901, without the first slash); empty when it concerns the whole.
    pub field: Cow<'static, str>,
    pub text: String,
}

/// A form's validation messages, in the order of its fields.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, text: impl Into<String>) {
        self.0.push(Problem { field: field.into(), text: text.into() });
    }

    /// A single problem with one field.
    pub fn one(field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        let mut problems = Self::default();
        problems.add(field, text);
        problems
    }

    /// A problem with the whole form rather than one field.
    pub fn of_form(text: impl Into<String>) -> Self {
        Self::one("", text)
    }

    /// Translates refused values into messages.
    pub fn translate<R: Translate + std::fmt::Debug>(Invalid(reasons): &Invalid<R>, t: &Texts) -> Self {
        let mut problems = Self::default();
        reasons.iter().for_each(|(field, reason)| problems.add(*field, reason.text(field, t)));
        problems
    }

    /// What is wrong with a typed username or address before it is looked up; empty if nothing is.
    pub fn of_login(typed: &str, t: &Texts) -> Self {
        let invalid = Login::problem(typed).map(|problem| Invalid::one("login", problem));
        invalid.map(|invalid: Invalid| Self::translate(&invalid, t)).unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.text.as_str())
    }

    pub fn list(&self) -> &[Problem] {
        &self.0
    }
}
