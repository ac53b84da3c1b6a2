//! The page that requests a proof before a sensitive action, then submits the same form again.

use anyhow::Context;
use askama::Template;

use crate::http::error::AppError;
use crate::http::form::Fields;
use crate::http::page::Page;
use crate::http::problems::Problems;
use crate::http::providers::ProviderButton;
use crate::identity::credentials::Ceremony;

use super::question::Question;

/// The response to a form posted to `action`: the same fields, hidden, and the fields for the proof.
#[derive(Template)]
#[template(path = "confirm.html")]
pub struct ConfirmPage<'a> {
    pub page: &'a Page,
    pub action: &'a str,
    /// The page that contained the form.
    pub back: &'a str,
    pub ways_round: &'a WaysRound,
    pub username: &'a str,
    pub fields: &'a Fields,
    pub wanted: OfferedProofs,
    /// What is about to be done, and which proof is wanted.
    pub lead: String,
    /// What is asked before the act, besides the proof.
    pub question: Option<&'a Question>,
    pub problems: Problems,
}

/// The field for the page that contained the form, so that it survives a wrong password.
pub const BACK: &str = "confirm-back";

/// The field with which a button asks for the question before the act.
pub const ASK: &str = "ask";

/// The fields for the addresses of `WaysRound`.
pub const AGAIN: &str = "confirm-again";
pub const THEN: &str = "confirm-then";

/// The field for typed passwords, encrypted.
pub const SEALED: &str = "confirm-sealed";

/// The field for the password.
pub const PASSWORD: &str = "current_password";

/// The field for a code.
pub const CODE: &str = "current_code";

/// The fields for a passkey.
pub const PASSKEY: &str = "current_passkey";
pub const PASSKEY_STATE: &str = "current_passkey_state";

/// Where a proof that is given away from this page leads, for a member with neither a password nor a second factor.
pub struct WaysRound {
    /// The page that asks again, if the provider gives none.
    pub again: String,
    /// Where the member was going; empty for an act on a page, which they repeat.
    pub then: String,
    /// Whether a new sign-in by a mailed link will do.
    pub by_mail: bool,
}

/// The accepted proofs; any one of them is enough. None is wanted after a recent authentication.
pub struct OfferedProofs {
    pub password: bool,
    pub code: bool,
    pub passkey: Option<Ceremony>,
    /// Providers that can prove that it is the member, who has no password.
    pub providers: Vec<ProviderButton>,
    /// Whether the member has to set a password first.
    pub nothing: bool,
}

impl OfferedProofs {
    fn any(&self) -> bool {
        self.password || self.code || self.passkey.is_some()
    }
}

impl ConfirmPage<'_> {
    fn title(&self) -> &str {
        self.question.map_or(self.page.t.layout.confirm_title, |question| &question.title)
    }

    /// The page as a response; `retry_after` is the number of seconds to wait after too many attempts.
    pub fn answer(&self, retry_after: Option<u64>) -> Result<AppError, AppError> {
        Ok(AppError::Confirm { html: self.render().context("rendering a page")?, retry_after })
    }
}
