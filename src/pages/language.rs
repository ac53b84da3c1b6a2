//! `/language`: the language switch in every page's footer. A member's choice is stored with the account.

use actix_web::web;

use crate::http::auth::guards::Visitor;
use crate::http::auth::redirect_target::lead_on;
use crate::http::layout::language_cookie;
use crate::http::page::{see_other, with_cookies};
use crate::http::{Answer, AppError, Ctx, Fields, return_to};
use crate::i18n::Texts;
use crate::identity::accounts::Accounts;
use crate::platform::lang::Lang;

pub async fn switch(
    visitor: Visitor,
    mut ctx: Ctx,
    mut fields: Fields,
    accounts: web::Data<Accounts>,
) -> Answer {
    let lang = Lang::parse(&fields.take("language")).ok_or(AppError::BadRequest)?;
    let is_member = visitor.0.is_some();
    if let Some(member) = visitor.0 {
        accounts.set_language(member.user.id, lang).await?;
    }
    let back = return_to::back(&fields.take("next"), &ctx.site);
    ctx.page.t = Texts::of(lang);
    let is_sent_on = is_member && return_to::sends_members_on(&back);
    let answer = match is_sent_on {
        true => lead_on(&ctx.page, &back),
        false => Ok(see_other(&back).finish()),
    };
    with_cookies(answer, [language_cookie(lang, &ctx.site)])
}
