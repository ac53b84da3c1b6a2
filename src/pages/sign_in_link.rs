//! `/sign-in-link`: a mailed link, or its code, signs in without a password, where a setting lets it. Opening the link
//! consumes nothing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde::Deserialize;

use crate::http::auth::cookies::device::Device;
use crate::http::auth::cookies::requesting_browser::Asked;
use crate::http::auth::redirect_target::Landing;
use crate::http::form::Problems;
use crate::http::guard::Anyone;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Client, Fields, Page, Site};
use crate::identity::credentials::reset::Token;
use crate::identity::email::token::Purpose;
use crate::identity::sign_in::{Entered, VERIFY};
use crate::identity::{App, Identity};

const PURPOSE: &[Purpose] = &[Purpose::SignIn];

#[derive(Template)]
#[template(path = "sign_in_link/ask.html")]
struct AskPage<'a> {
    page: &'a Page,
    login: String,
    next: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "sign_in_link/code.html")]
struct CodePage<'a> {
    page: &'a Page,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "sign_in_link/confirm.html")]
struct ConfirmPage<'a> {
    page: &'a Page,
    token: &'a str,
}

#[derive(Template)]
#[template(path = "sign_in_link/over.html")]
struct OverPage<'a> {
    page: &'a Page,
}

#[derive(Deserialize)]
pub struct Link {
    token: Option<String>,
    #[serde(default)]
    next: String,
}

pub async fn show(
    _: Anyone,
    mut page: Page,
    query: web::Query<Link>,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    offered(&app)?;
    let Link { token, next } = query.into_inner();
    let Some(token) = token else {
        let ask = AskPage { page: &page, login: String::new(), next, problems: Problems::default() };
        return page.show(&ask);
    };
    let token = Token::typed(token);
    page.leads_to = landing(&app, &site, &req).await.origin;
    match app.is_link_good(&token, PURPOSE).await? {
        true => page.show(&ConfirmPage { page: &page, token: token.as_str() }),
        false => page.show_as(StatusCode::GONE, &OverPage { page: &page }),
    }
}

/// A name asks for a mail; a link's token signs in.
pub async fn submit(
    _: Anyone,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    offered(&app)?;
    if fields.checked("token") {
        return sign_in(page, Token::typed(fields.take("token")), client, app, site, req).await;
    }
    let (login, next) = (fields.take("login"), fields.take("next"));
    if login.trim().is_empty() {
        let problems = Problems::one("login", page.t.login.empty_login);
        return page.refuse(&AskPage { page: &page, login, next, problems });
    }
    let asked = Asked::on_the_way_to(next);
    let cookie = asked.cookie(&site.cookies);
    let device = Device::of(req.headers(), &site.cookies);
    Identity::mail_to_owner(&app, login, Purpose::SignIn, asked, device, client).await?;
    Ok(see_other("/sign-in-link/code").cookie(cookie).finish())
}

pub async fn show_code(
    _: Anyone,
    mut page: Page,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    offered(&app)?;
    page.leads_to = landing(&app, &site, &req).await.origin;
    page.show(&CodePage { page: &page, problems: Problems::default() })
}

/// A right code becomes a link, which is used at once.
pub async fn submit_code(
    _: Anyone,
    mut page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    offered(&app)?;
    page.leads_to = landing(&app, &site, &req).await.origin;
    let asked = Asked::by_whom(req.headers(), &site.cookies);
    let link = app.link_for_code(asked, PURPOSE, fields.take("code"));
    let Some(token) = app.try_code(&client, link).await? else {
        let problems = Problems::one("code", page.t.field.wrong_code);
        return page.refuse(&CodePage { page: &page, problems });
    };
    sign_in(page, token, client, app, site, req).await
}

async fn sign_in(
    page: Page,
    token: Token,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let Some(user) = app.use_sign_in_link(token, &client).await? else {
        return page.show_as(StatusCode::GONE, &OverPage { page: &page });
    };
    let device = Device::of(req.headers(), &site.cookies);
    let step = app.after_mail(user, &device).await?;
    let asked = Asked::of(req.headers(), &site.cookies);
    let wishes = (false, asked.as_ref().map_or("", Asked::next));
    let entered = app.enter(step, wishes, &client, req.headers(), &site.cookies).await?;
    let forget = Asked::forget(&site.cookies);
    Ok(match entered {
        Entered::In([session, device]) => {
            let mut response = Landing::find(wishes.1, &app, &site).await.redirect(&site);
            response.cookie(session).cookie(device).cookie(forget).finish()
        }
        Entered::Halfway(stage) => see_other(VERIFY).cookie(stage).cookie(forget).finish(),
    })
}

/// Where the browser that asked was going. One that did not ask goes nowhere in particular, whatever others asked for.
async fn landing(app: &App, site: &Site, req: &HttpRequest) -> Landing {
    let asked = Asked::of(req.headers(), &site.cookies);
    Landing::find(asked.as_ref().map_or("", Asked::next), app, site).await
}

/// Where it is not, there is no such page.
fn offered(app: &App) -> Result<(), AppError> {
    if app.config.mail.sign_in_links { Ok(()) } else { Err(AppError::NotFound) }
}
