//! `/register`: a new account, signed in at once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::config::Registration;
use crate::http::auth::locks::Visitor;
use crate::http::form::Problems;
use crate::http::guard::Anyone;
use crate::http::page::see_other;
use crate::http::{Answer, Client, Fields, Notice, Page, Site, return_to as next};
use crate::identity::App;
use crate::identity::credentials::password::Secret;
use crate::identity::registration::Registered;
use crate::identity::sign_in::Authenticated;

#[derive(Template)]
#[template(path = "register/register.html")]
struct RegisterPage<'a> {
    page: &'a Page,
    form: RegisterForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "register/closed.html")]
struct ClosedPage<'a> {
    page: &'a Page,
}

/// What was typed and may be shown again; the password is not among it.
#[derive(Clone, Default)]
struct RegisterForm {
    username: String,
    email: String,
}

pub async fn show(visitor: Visitor, page: Page, app: App) -> Answer {
    if visitor.0.is_some() {
        return Ok(see_other(next::DEFAULT).finish());
    }
    if app.config.registration == Registration::Closed {
        return page.show(&ClosedPage { page: &page });
    }
    page.show(&RegisterPage { page: &page, form: RegisterForm::default(), problems: Problems::default() })
}

pub async fn submit(
    _: Anyone,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    if app.config.registration == Registration::Closed {
        return page.show_as(StatusCode::FORBIDDEN, &ClosedPage { page: &page });
    }
    let form = RegisterForm { username: fields.take("username"), email: fields.take("email") };
    let password = Secret::new(fields.take("password"));
    let made = app.register(&form.username, &form.email, password, &client, &page.t.field);
    let user = match made.await? {
        Ok(Registered::Now(user)) => user,
        Ok(Registered::ByMail(asked)) => {
            return Ok(see_other("/verify-email").cookie(asked.cookie(&site.cookies)).finish());
        }
        Err(problems) => return page.refuse(&RegisterPage { page: &page, form, problems }),
    };
    let user = Authenticated::newcomer(*user)?;
    match app.welcome(&user, false, &client, req.headers(), &site.cookies).await {
        Ok([session, device]) => {
            let welcome = Notice::Welcome.cookie(&site);
            Ok(see_other(next::DEFAULT).cookie(welcome).cookie(session).cookie(device).finish())
        }
        // The account is there; only its session has to wait.
        Err(_) => Ok(see_other("/login").cookie(Notice::Welcome.cookie(&site)).finish()),
    }
}
