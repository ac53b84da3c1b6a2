//! `/security/passkeys/{id}/rename`: renames a passkey. This grants no access, so it requires no step-up.

use actix_web::web;
use askama::Template;

use crate::http::auth::guards::CurrentUser;
use crate::http::{Answer, AppError, Ctx, Fields, Flash, Page, Problems};
use crate::identity::credentials::{CredentialError, Passkeys};

#[derive(Template)]
#[template(path = "security/passkey_name.html")]
struct NamePage<'a> {
    page: &'a Page,
    id: i64,
    typed: &'a str,
    problems: Problems,
}

pub async fn show(
    current: CurrentUser,
    page: Page,
    id: web::Path<i64>,
    passkeys: web::Data<Passkeys>,
) -> Answer {
    let name = passkeys.name(current.user.id, *id).await?.ok_or(AppError::NotFound)?;
    page.show(&NamePage { page: &page, id: *id, typed: &name, problems: Problems::default() })
}

pub async fn submit(
    current: CurrentUser,
    ctx: Ctx,
    (id, mut fields): (web::Path<i64>, Fields),
    passkeys: web::Data<Passkeys>,
) -> Answer {
    let (page, id, typed) = (&ctx.page, *id, fields.take("name"));
    match passkeys.rename(current.user.id, id, &typed, ctx.client()).await {
        Ok(()) => Ok(ctx.done_named("/security/passkeys", Flash::NameSaved, typed.trim())),
        Err(CredentialError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, page.t);
            page.refuse(&NamePage { page, id, typed: &typed, problems })
        }
        Err(error) => Err(error.into()),
    }
}
