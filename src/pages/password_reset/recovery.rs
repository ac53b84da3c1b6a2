//! `/password-reset/recovery`: the typed code of a recovery that staff have started. No browser has asked for it, so a name
//! comes with it.

use askama::Template;

use crate::http::form::Problems;
use crate::http::guard::Anyone;
use crate::http::page::see_other;
use crate::http::{Answer, Client, Fields, Page};
use crate::identity::App;

#[derive(Template)]
#[template(path = "password_reset/recovery.html")]
struct RecoveryPage<'a> {
    page: &'a Page,
    login: String,
    problems: Problems,
}

pub async fn show(_: Anyone, page: Page) -> Answer {
    page.show(&RecoveryPage { page: &page, login: String::new(), problems: Problems::default() })
}

/// A right code becomes a link. A wrong one is told as one for nobody is.
pub async fn submit(_: Anyone, page: Page, mut fields: Fields, client: Client, app: App) -> Answer {
    let (login, code) = (fields.take("login"), fields.take("code"));
    if login.trim().is_empty() {
        let problems = Problems::one("login", page.t.login.empty_login);
        return page.refuse(&RecoveryPage { page: &page, login, problems });
    }
    let link = app.link_for_recovery_code(&login, code);
    let Some(token) = app.try_code(&client, link).await? else {
        let problems = Problems::one("code", page.t.field.wrong_code);
        return page.refuse(&RecoveryPage { page: &page, login, problems });
    };
    Ok(see_other(&format!("/password-reset?token={}", token.as_str())).finish())
}
