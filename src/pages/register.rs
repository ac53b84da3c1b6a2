//! `/register`: creates an account and signs in.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::RequestingBrowser;
use crate::http::auth::guards::Visitor;
use crate::http::auth::respond::session_cookies;
use crate::http::page::see_other;
use crate::http::return_to::DEFAULT;
use crate::http::{Answer, Ctx, Fields, Flash, Page, Problems};
use crate::identity::accounts::AccountError;
use crate::identity::credentials::Password;
use crate::identity::registration::{NewAccount, Registered, Registration};
use crate::identity::sign_in::Issue;

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

/// The typed values that may be shown again; the password is not one of them.
#[derive(Default)]
struct RegisterForm {
    username: String,
    email: String,
}

pub async fn show(visitor: Visitor, ctx: Ctx) -> Answer {
    let page = &ctx.page;
    if visitor.0.is_some() {
        return Ok(see_other(DEFAULT).finish());
    }
    if !ctx.site.registration_open {
        return page.show(&ClosedPage { page });
    }
    page.show(&RegisterPage { page, form: RegisterForm::default(), problems: Problems::default() })
}

pub async fn submit(
    request: SignInRequest,
    ctx: Ctx,
    mut fields: Fields,
    registration: web::Data<Registration>,
) -> Answer {
    let page = &ctx.page;
    if !ctx.site.registration_open {
        return page.show_as(StatusCode::FORBIDDEN, &ClosedPage { page });
    }
    let form = RegisterForm { username: fields.take("username"), email: fields.take("email") };
    let browser = RequestingBrowser::random();
    let new = NewAccount {
        username: form.username.clone(),
        email: form.email.clone(),
        password: Password::new(fields.take("password")),
        browser: Some(browser.hash()),
    };
    let user = match registration.create(new, ctx.client()).await {
        Ok(Registered::Now(user)) => user,
        Ok(Registered::ByMail) => {
            return Ok(see_other("/verify-email").cookie(browser.cookie(&ctx.site)).finish());
        }
        Err(AccountError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, page.t);
            return page.refuse(&RegisterPage { page, form, problems });
        }
        Err(error) => return Err(error.into()),
    };
    let attempt = request.attempt(Issue::Cookie { remember: false }, "");
    Ok(match registration.sign_in(*user, &attempt).await {
        Ok(Some(signed_in)) => {
            let cookies = session_cookies(&ctx.site, &request.device, &signed_in);
            ctx.done_with(DEFAULT, Flash::Welcome, cookies)
        }
        // The account exists, but its session could not be started.
        Ok(None) | Err(_) => ctx.done("/login", Flash::Welcome),
    })
}
