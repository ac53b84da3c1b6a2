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

/// The answer to a form that was posted to `action`: the same fields, hidden, and one for the password.
pub fn ask(
    page: &Page,
    action: &str,
    username: &str,
    fields: &Fields,
    problems: Problems,
) -> Result<AppError, AppError> {
    // The form stands where it leads, or just above; below `/admin` alone there is no page.
    let above = action.rsplit_once('/').map(|(parent, _)| parent);
    let back = above.filter(|parent| parent.matches('/').count() > 1).unwrap_or(action);
    let template = ConfirmPage { page, action, back, username, fields, problems };
    Ok(AppError::Confirm(template.render().context("rendering a page")?))
}
