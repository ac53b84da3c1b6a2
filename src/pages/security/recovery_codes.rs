//! `/security/recovery-codes`: a new set of recovery codes, shown once.

use actix_web::web;
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::auth::cookies::return_to;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::redirect_target::RedirectTarget;
use crate::http::auth::step_up::SteppedByFactor;
use crate::http::page::{see_other, with_cookies};
use crate::http::return_to::DEFAULT;
use crate::http::{Answer, Ctx, Page};
use crate::identity::applications::Applications;
use crate::identity::credentials::SecondFactors;

#[derive(Template)]
#[template(path = "security/recovery.html")]
struct CodesPage<'a> {
    page: &'a Page,
    codes: &'a [String],
    /// The same as a text file, in a `data:` address, so that no request to the server is needed.
    file: String,
    /// Whether a factor was just set up.
    first: bool,
    /// Where to go once the codes are stored.
    on: &'a str,
}

#[derive(Template)]
#[template(path = "security/new_codes.html")]
struct AskPage<'a> {
    page: &'a Page,
    /// How many codes stop working.
    left: i64,
}

pub async fn ask(current: CurrentUser, ctx: Ctx, factors: web::Data<SecondFactors>) -> Answer {
    if current.user.factors_since.is_none() {
        return Ok(see_other("/security").finish());
    }
    let left = factors.overview(current.user.id).await?.recovery_left;
    ctx.page.show(&AskPage { page: &ctx.page, left })
}

pub async fn renew(stepped: SteppedByFactor, ctx: Ctx, factors: web::Data<SecondFactors>) -> Answer {
    let user = &stepped.current.user;
    if user.factors_since.is_none() {
        return Ok(see_other("/security").finish());
    }
    let codes = factors.renew_recovery_codes(user, ctx.client()).await?;
    show(&ctx.page, &codes, false, "/security")
}

/// The page that shows the first codes and leads to where the browser was going.
pub async fn show_first(ctx: &Ctx, codes: &[String], applications: &Applications) -> Answer {
    let on = return_address(ctx, applications).await;
    let shown = show(&ctx.page, codes, true, on.as_deref().unwrap_or(DEFAULT));
    with_cookies(shown, [return_to::expire(&ctx.site)])
}

/// None if the browser requested no particular page, or one that must not be followed.
async fn return_address(ctx: &Ctx, applications: &Applications) -> Option<String> {
    let wanted = return_to::read(&ctx.site, ctx.headers())?;
    let target = RedirectTarget::find(&wanted, applications, &ctx.site).await;
    target.flash.is_none().then_some(target.address)
}

fn show(page: &Page, codes: &[String], first: bool, on: &str) -> Answer {
    let text = format!("{}\n\n{}\n", page.t.security.codes_file, codes.join("\n"));
    let file = format!("data:text/plain;charset=utf-8,{}", utf8_percent_encode(&text, NON_ALPHANUMERIC));
    page.show(&CodesPage { page, codes, file, first, on })
}
