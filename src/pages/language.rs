//! `/language`: the language switch in every page's footer. A member's choice is stored with the account.

use actix_web::web;

use crate::http::auth::guards::Visitor;
use crate::http::layout::language_cookie;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Ctx, Fields, return_to};
use crate::identity::accounts::Accounts;
use crate::platform::lang::Lang;

pub async fn switch(visitor: Visitor, ctx: Ctx, mut fields: Fields, accounts: web::Data<Accounts>) -> Answer {
    let lang = Lang::parse(&fields.take("language")).ok_or(AppError::BadRequest)?;
    if let Some(member) = visitor.0 {
        accounts.set_language(member.user.id, lang).await?;
    }
    let back = return_to::back(&fields.take("next"), &ctx.site);
    Ok(see_other(&back).cookie(language_cookie(lang, &ctx.site)).finish())
}
