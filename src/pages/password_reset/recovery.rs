//! `/password-reset/recovery`: the code of a recovery that staff have started. No browser requested it, so
//! the user types a name with it.

use actix_web::web;
use askama::Template;

use crate::http::guard::Anyone;
use crate::http::page::see_other;
use crate::http::{Answer, Ctx, Fields, Page, Problems};
use crate::identity::accounts::LinkRequests;
use crate::pages::mailed_link::wrong_code;

use super::address;

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

/// A correct code is exchanged for a link. A wrong code gets the same response as a code for an unknown account.
pub async fn submit(_: Anyone, ctx: Ctx, mut fields: Fields, links: web::Data<LinkRequests>) -> Answer {
    let (page, login, code) = (&ctx.page, fields.take("login"), fields.take("code"));
    let problems = Problems::of_login(&login, page.t);
    if !problems.is_empty() {
        return page.refuse(&RecoveryPage { page, login, problems });
    }
    match links.exchange_recovery_code(&login, code, ctx.client()).await? {
        Some(token) => Ok(see_other(&address(&token)).finish()),
        None => page.refuse(&RecoveryPage { page, login, problems: wrong_code(page) }),
    }
}
