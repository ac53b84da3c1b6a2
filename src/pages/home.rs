//! `/`: the home page; members are redirected to the dashboard.

use askama::Template;

use crate::http::auth::guards::Visitor;
use crate::http::page::see_other;
use crate::http::{Answer, Ctx, Page, return_to};

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage<'a> {
    page: &'a Page,
    open: bool,
}

pub async fn show(visitor: Visitor, ctx: Ctx) -> Answer {
    if visitor.0.is_some() {
        return Ok(see_other(return_to::DEFAULT).finish());
    }
    ctx.page.show(&HomePage { page: &ctx.page, open: ctx.site.registration_open })
}
