//! `/`: what this is; a member goes on to the dashboard.

use askama::Template;

use crate::config::Registration;
use crate::http::auth::locks::Visitor;
use crate::http::page::see_other;
use crate::http::{Answer, Page, return_to as next};
use crate::identity::App;

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage<'a> {
    page: &'a Page,
    open: bool,
}

pub async fn show(visitor: Visitor, page: Page, app: App) -> Answer {
    if visitor.0.is_some() {
        return Ok(see_other(next::DEFAULT).finish());
    }
    page.show(&HomePage { page: &page, open: app.config.registration == Registration::Open })
}
