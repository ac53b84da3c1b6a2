//! The page that asks for a proof before a sensitive act, and then sends the same form again.

use anyhow::Context;
use askama::Template;

use crate::http::error::AppError;
use crate::http::form::Fields;
use crate::http::page::Page;
use crate::http::problems::Problems;
use crate::identity::credentials::Ceremony;

/// The answer to a form that was posted to `action`: the same fields, hidden, and those for the proof.
#[derive(Template)]
#[template(path = "confirm.html")]
pub struct ConfirmPage<'a> {
    pub page: &'a Page,
    pub action: &'a str,
    /// Where the form stood.
    pub back: &'a str,
    pub username: &'a str,
    pub fields: &'a Fields,
    pub wanted: Wanted,
    pub problems: Problems,
}

/// The field that carries where the form stood, so that it is still known after a wrong password.
pub const BACK: &str = "confirm-back";

/// The field that carries typed passwords, encrypted.
pub const SEALED: &str = "confirm-sealed";

/// The field for the password.
pub const PASSWORD: &str = "current_password";

/// The field for a code.
pub const CODE: &str = "current_code";

/// The fields for a passkey.
pub const PASSKEY: &str = "current_passkey";
pub const PASSKEY_STATE: &str = "current_passkey_state";

/// What is asked for; where it is more than one, any will do.
pub struct Wanted {
    pub password: bool,
    pub code: bool,
    pub passkey: Option<Ceremony>,
}

impl ConfirmPage<'_> {
    /// The page as the answer; `retry_after` are the seconds to wait after too many attempts.
    pub fn answer(&self, retry_after: Option<u64>) -> Result<AppError, AppError> {
        Ok(AppError::Confirm { html: self.render().context("rendering a page")?, retry_after })
    }
}
