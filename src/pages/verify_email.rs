//! `/verify-email`: a mailed link, or its code, shows that an address is somebody's. Opening the link consumes nothing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde::Deserialize;

use crate::http::auth::cookies::requesting_browser::Asked;
use crate::http::auth::locks::Visitor;
use crate::http::form::Problems;
use crate::http::page::see_other;
use crate::http::{Answer, Client, Fields, Notice, Page, Site};
use crate::identity::App;
use crate::identity::accounts::verification::{Confirmed, Proof};
use crate::identity::credentials::reset::Token;
use crate::identity::email::token::Holder;

#[derive(Template)]
#[template(path = "verify_email/code.html")]
struct CodePage<'a> {
    page: &'a Page,
    problems: Problems,
    /// The member's address, if it is still to be confirmed.
    unconfirmed: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "verify_email/confirm.html")]
struct ConfirmPage<'a> {
    page: &'a Page,
    token: &'a str,
    email: &'a str,
    /// Of the account that is made, if one is.
    username: &'a str,
}

#[derive(Template)]
#[template(path = "verify_email/over.html")]
struct OverPage<'a> {
    page: &'a Page,
}

#[derive(Deserialize)]
pub struct Link {
    token: Option<String>,
}

pub async fn show(visitor: Visitor, page: Page, query: web::Query<Link>, app: App) -> Answer {
    let Some(token) = query.into_inner().token else {
        return page.show(&CodePage {
            page: &page,
            problems: Problems::default(),
            unconfirmed: unconfirmed(&visitor),
        });
    };
    let token = Token::typed(token);
    match app.to_be_confirmed(&token).await? {
        Some((email, username)) => {
            page.show(&ConfirmPage { page: &page, token: token.as_str(), email: &email, username: &username })
        }
        None => page.show_as(StatusCode::GONE, &OverPage { page: &page }),
    }
}

/// A link's button, a typed code, or the wish for another mail.
pub async fn submit(
    visitor: Visitor,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    if let (Some(live), true) = (&visitor.0, fields.checked("again")) {
        app.verify_again(&live.user, &client).await?;
        return Ok(see_other("/verify-email").cookie(Notice::MailSent.cookie(&site)).finish());
    }
    if fields.checked("token") {
        let proof = Proof::Link(Token::typed(fields.take("token")));
        return match app.confirm(proof, &client).await? {
            Some(confirmed) => Ok(done(&confirmed, &visitor, &site)),
            None => page.show_as(StatusCode::GONE, &OverPage { page: &page }),
        };
    }
    let holder = match &visitor.0 {
        Some(live) => Holder::User(live.user.id),
        None => Holder::Browser(Asked::by_whom(req.headers(), &site.cookies)),
    };
    let confirming = app.confirm(Proof::Code(holder, fields.take("code")), &client);
    match app.try_code(&client, confirming).await? {
        Some(confirmed) => Ok(done(&confirmed, &visitor, &site)),
        None => {
            let problems = Problems::one("code", page.t.field.wrong_code);
            page.refuse(&CodePage { page: &page, problems, unconfirmed: unconfirmed(&visitor) })
        }
    }
}

/// Nobody is signed in by it: the link may have been opened by somebody else than who typed the password.
fn done(confirmed: &Confirmed, visitor: &Visitor, site: &Site) -> actix_web::HttpResponse {
    let notice = match confirmed {
        Confirmed::Registered => Notice::Welcome,
        Confirmed::Verified(_) | Confirmed::Changed(_) => Notice::EmailConfirmed,
    };
    let place = if visitor.0.is_some() { "/profile" } else { "/login" };
    see_other(place).cookie(notice.cookie(site)).cookie(Asked::forget(&site.cookies)).finish()
}

fn unconfirmed(visitor: &Visitor) -> Option<&str> {
    let user = &visitor.0.as_ref()?.user;
    user.email_verified_at.is_none().then_some(user.email.as_str())
}
