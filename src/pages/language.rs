//! `/language`: the switch at the foot of every page. A member's choice is kept with the account.

use actix_web::web;

use crate::http::auth::locks::Visitor;
use crate::http::page::{language_cookie, see_other};
use crate::http::{Answer, AppError, Fields, Site, return_to as next};
use crate::i18n::Lang;
use crate::identity::App;
use crate::identity::accounts::user;

pub async fn switch(visitor: Visitor, mut fields: Fields, app: App, site: web::Data<Site>) -> Answer {
    let lang = Lang::parse(&fields.take("language")).ok_or(AppError::BadRequest)?;
    if let Some(member) = visitor.0 {
        let id = member.user.id;
        app.change_user(id, None, move |conn| user::set_language(conn, id, lang)).await?;
    }
    let back = next::back(&fields.take("next"), &site);
    Ok(see_other(&back).cookie(language_cookie(lang, &site)).finish())
}
