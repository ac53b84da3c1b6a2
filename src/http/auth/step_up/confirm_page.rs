//! The page that asks who it is before a sensitive act, and then sends the same form again.

use anyhow::Context;
use askama::Template;

use crate::http::form::Problems;
use crate::http::{AppError, Fields, Page};

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage<'a> {
    page: &'a Page,
    action: &'a str,
    /// Where the form stood.
    back: &'a str,
    username: &'a str,
    fields: &'a Fields,
    wanted: Wanted,
    problems: Problems,
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

/// What a page hands to the browser for a passkey, and gets back together with the browser's answer.
pub struct Ceremony {
    /// For `navigator.credentials`, as JSON.
    pub options: String,
    /// Encrypted.
    pub state: String,
}

/// What is asked for; where it is more than one, any will do.
pub struct Wanted {
    pub password: bool,
    pub code: bool,
    pub passkey: Option<Ceremony>,
}

/// The answer to a form that was posted to `action`: the same fields, hidden, and those for password and code. The form stood
/// on the page that is `here`. Seconds to wait, where too much was wrong.
pub fn ask(
    page: &Page,
    action: &str,
    username: &str,
    fields: &Fields,
    wanted: Wanted,
    problems: Problems,
    retry_after: Option<u64>,
) -> Result<AppError, AppError> {
    let template = ConfirmPage { page, action, back: &page.here, username, fields, wanted, problems };
    Ok(AppError::Confirm { html: template.render().context("rendering a page")?, retry_after })
}
