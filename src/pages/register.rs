//! `/register`: creates an account and signs in.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::RequestingBrowser;
use crate::http::auth::respond::session_cookies;
use crate::http::page::see_other;
use crate::http::providers::ProviderButton;
use crate::http::return_to::{DEFAULT, requested, with_next};
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
    providers: &'a [ProviderButton],
}

#[derive(Template)]
#[template(path = "register/closed.html")]
struct ClosedPage<'a> {
    page: &'a Page,
    return_to: &'a str,
}

/// The typed values that may be shown again; the password is not one of them.
#[derive(Default)]
struct RegisterForm {
    username: String,
    email: String,
    return_to: String,
}

pub async fn show(request: SignInRequest, mut ctx: Ctx) -> Answer {
    let return_to = requested(ctx.request().query_string());
    if request.caller.is_some() {
        let address = if return_to.is_empty() { DEFAULT.to_owned() } else { with_next("/login", &return_to) };
        return Ok(see_other(&address).finish());
    }
    if !ctx.site.registration_open {
        return ctx.page.show(&ClosedPage { page: &ctx.page, return_to: &return_to });
    }
    ctx.page.form_target = request.target(&return_to).await.origin;
    let form = RegisterForm { return_to, ..RegisterForm::default() };
    ctx.page.show(&RegisterPage {
        page: &ctx.page,
        form,
        problems: Problems::default(),
        providers: &ctx.site.providers,
    })
}

pub async fn submit(
    request: SignInRequest,
    mut ctx: Ctx,
    mut fields: Fields,
    registration: web::Data<Registration>,
) -> Answer {
    let form = RegisterForm {
        username: fields.take("username"),
        email: fields.take("email"),
        return_to: fields.take("next"),
    };
    let target = request.target(&form.return_to).await;
    ctx.page.form_target.clone_from(&target.origin);
    ctx.page.current_url = with_next("/register", &form.return_to);
    let page = &ctx.page;
    if !ctx.site.registration_open {
        let return_to = &form.return_to;
        return page.show_as(StatusCode::FORBIDDEN, &ClosedPage { page, return_to });
    }
    let browser = RequestingBrowser::returning_to(form.return_to.clone());
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
            return page.refuse(&RegisterPage { page, form, problems, providers: &ctx.site.providers });
        }
        Err(error) => return Err(error.into()),
    };
    let attempt = request.attempt(Issue::Cookie { remember: false }, &form.return_to);
    match registration.sign_in(*user, &attempt).await {
        Ok(Some(signed_in)) => {
            let cookies = session_cookies(&ctx.site, &request.device, &signed_in);
            target.welcome(ctx.page, &ctx.site, cookies)
        }
        // The account exists, but its session could not be started.
        Ok(None) | Err(_) => Ok(ctx.done(&with_next("/login", &form.return_to), Flash::Welcome)),
    }
}
