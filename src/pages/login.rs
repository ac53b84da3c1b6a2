//! `/login` and `/logout`: in by name and password, and by a second factor where there is one; out by one click.

pub mod verify;

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::config::Registration;
use crate::http::auth::cookies::device::Device;
use crate::http::auth::cookies::requesting_browser::Asked;
use crate::http::auth::locks::Visitor;
use crate::http::auth::redirect_target::Landing;
use crate::http::auth::step_up::confirm_page::Ceremony;
use crate::http::form::Problems;
use crate::http::guard::Anyone;
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::page::{come_back_in, see_other};
use crate::http::{Answer, AppError, Client, Fields, Notice, Page, Site};
use crate::identity::credentials::password::Secret;
use crate::identity::email::token::Purpose;
use crate::identity::sign_in::{Entered, Refusal, Shown, VERIFY};
use crate::identity::{App, Identity};

#[derive(Template)]
#[template(path = "login/login.html")]
struct LoginPage<'a> {
    page: &'a Page,
    form: LoginForm,
    problems: Problems,
    open: bool,
    passkey: Option<Ceremony>,
    /// Whether a mailed link signs in as well.
    by_mail: bool,
}

/// What was typed and may be shown again; the password is not among it.
#[derive(Default)]
struct LoginForm {
    login: String,
    remember: bool,
    next: String,
}

/// What the page is made of, whatever it says.
struct Login<'a> {
    page: &'a Page,
    app: &'a App,
    site: &'a Site,
    req: &'a HttpRequest,
}

impl Login<'_> {
    /// Every time with a new challenge for passkeys.
    fn render(&self, status: StatusCode, form: LoginForm, problems: Problems) -> Answer {
        let asked = self.app.ask_for_any_passkey(self.req.headers(), &self.site.cookies)?;
        let (passkey, cookie) = asked.unzip();
        let open = self.app.config.registration == Registration::Open;
        let by_mail = self.app.config.mail.sign_in_links;
        let template = LoginPage { page: self.page, form, problems, open, passkey, by_mail };
        let mut response = self.page.show_as(status, &template)?;
        if let Some(cookie) = cookie {
            response.add_cookie(&cookie).map_err(anyhow::Error::from)?;
        }
        Ok(response)
    }
}

pub async fn show(
    visitor: Visitor,
    mut page: Page,
    query: web::Query<HashMap<String, String>>,
    req: HttpRequest,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let wanted = query.get("next").or_else(|| query.get("rd")).cloned().unwrap_or_default();
    let mut landing = Landing::find(&wanted, &app, &site).await;
    if let Some(current) = visitor.0 {
        let led = landing.lead(&wanted, req.headers(), &site);
        let mut response = landing.redirect(&site);
        // A session from before the cookie domain was set has no such cookie yet.
        for cookie in [led, app.proxy_cookie_of(&current)].into_iter().flatten() {
            response.cookie(cookie);
        }
        return Ok(response.finish());
    }
    let form = LoginForm { next: wanted, ..LoginForm::default() };
    page.leads_to = landing.origin;
    Login { page: &page, app: &app, site: &site, req: &req }.render(StatusCode::OK, form, Problems::default())
}

pub async fn submit(
    _: Anyone,
    mut page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let form = LoginForm {
        login: fields.take("login"),
        remember: fields.checked("remember"),
        next: fields.take("next"),
    };
    let password = Secret::new(fields.take("password"));
    let landing = Landing::find(&form.next, &app, &site).await;
    page.leads_to = landing.origin.clone();
    let login = Login { page: &page, app: &app, site: &site, req: &req };
    let mut problems = Problems::default();
    if form.login.trim().is_empty() {
        problems.add("login", page.t.login.empty_login);
    }
    if password.is_empty() {
        problems.add("password", page.t.login.empty_password);
    }
    if !problems.is_empty() {
        return login.render(StatusCode::UNPROCESSABLE_ENTITY, form, problems);
    }
    let device = Device::of(req.headers(), &site.cookies);
    let step = match app.authenticate(&form.login, password, &device, &client).await {
        Ok(Ok(step)) => step,
        Ok(Err(Refusal::Unverified)) => return verify_first(&app, form.login, device, client, &site).await,
        Ok(Err(refusal)) => {
            let problems = Problems::of_form(refusal.text(&page.t.login));
            return login.render(StatusCode::UNPROCESSABLE_ENTITY, form, problems);
        }
        Err(AppError::TooMany { retry_after }) => {
            let problems = Problems::of_form(page.t.too_many_failures(retry_after));
            return come_back_in(retry_after, login.render(StatusCode::TOO_MANY_REQUESTS, form, problems));
        }
        Err(error) => return Err(error),
    };
    let wishes = (form.remember, form.next.as_str());
    match app.enter(step, wishes, &client, req.headers(), &site.cookies).await? {
        Entered::In([session, device]) => Ok(landing.redirect(&site).cookie(session).cookie(device).finish()),
        Entered::Halfway(stage) => Ok(see_other(VERIFY).cookie(stage).finish()),
    }
}

/// In by a passkey alone.
pub async fn by_passkey(
    _: Anyone,
    mut page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let form =
        LoginForm { login: String::new(), remember: fields.checked("remember"), next: fields.take("next") };
    let landing = Landing::find(&form.next, &app, &site).await;
    page.leads_to = landing.origin.clone();
    let shown = Shown { answer: fields.take("passkey"), state: fields.take("passkey_state") };
    let Some(user) = app.sign_in_by_passkey(&shown, req.headers(), &site.cookies, &client).await? else {
        let problems = Problems::of_form(page.t.login.wrong_passkey);
        let login = Login { page: &page, app: &app, site: &site, req: &req };
        return login.render(StatusCode::UNPROCESSABLE_ENTITY, form, problems);
    };
    let [session, device] = app.welcome(&user, form.remember, &client, req.headers(), &site.cookies).await?;
    Ok(landing.redirect(&site).cookie(session).cookie(device).finish())
}

/// Ends the session, and makes the browser forget it and every page of it. Works with a session that has ended, too.
pub async fn sign_out(
    _: Anyone,
    req: HttpRequest,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    app.sign_out(req.headers(), None, &client).await?;
    Ok(see_other("/")
        .cookie(Notice::SignedOut.cookie(&site))
        .cookie(app.cookie.expire())
        .insert_header(CLEAR_SITE_DATA)
        .finish())
}

/// The password was right, and the address is still to be confirmed: that is where the way leads on.
async fn verify_first(app: &App, login: String, device: Device, client: Client, site: &Site) -> Answer {
    let asked = Asked::random();
    let cookie = asked.cookie(&site.cookies);
    Identity::mail_to_owner(app, login, Purpose::VerifyEmail, asked, device, client).await?;
    let notice = Notice::MailSent.cookie(site);
    Ok(see_other("/verify-email").cookie(cookie).cookie(notice).finish())
}
