//! The page that asks for the password before a sensitive act, and then sends the same form again.

use anyhow::Context;
use askama::Template;

use super::form::Problems;
use super::{AppError, Fields, Page};

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage<'a> {
    page: &'a Page,
    action: &'a str,
    /// Where the form stood.
    back: &'a str,
    username: &'a str,
    fields: &'a Fields,
    problems: Problems,
}

/// The field that carries where the form stood, so that it is still known after a wrong password.
pub const BACK: &str = "confirm-back";

/// The answer to a form that was posted to `action`: the same fields, hidden, and one for the password. The form stood
/// on the page that is `here`.
pub fn ask(
    page: &Page,
    action: &str,
    username: &str,
    fields: &Fields,
    problems: Problems,
) -> Result<AppError, AppError> {
    let template = ConfirmPage { page, action, back: &page.here, username, fields, problems };
    Ok(AppError::Confirm(template.render().context("rendering a page")?))
}
