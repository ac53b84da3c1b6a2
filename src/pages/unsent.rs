//! `/unsent`: sends a form again that arrived after the session had ended.

use actix_web::web;
use askama::Template;

use crate::http::auth::guards::CurrentUser;
use crate::http::auth::unsent_form::{UnsentForm, UnsentForms, expire};
use crate::http::page::see_other;
use crate::http::return_to::DEFAULT;
use crate::http::{Answer, Ctx, Page};

#[derive(Template)]
#[template(path = "unsent/unsent.html")]
struct UnsentPage<'a> {
    page: &'a Page,
    form: UnsentForm,
}

pub async fn show(current: CurrentUser, ctx: Ctx, forms: web::Data<UnsentForms>) -> Answer {
    let page = &ctx.page;
    match forms.find(&ctx.site, ctx.headers(), current.user.id).await {
        Some(form) => page.show(&UnsentPage { page, form }),
        None => Ok(see_other(DEFAULT).cookie(expire(&ctx.site)).finish()),
    }
}
