//! Shared by `/sign-in-link`, `/password-reset` and `/verify-email`: a browser requests a mail, then its link
//! or code is used. Opening a link does not consume it.

use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::cookies::{RequestingBrowser, device};
use crate::http::page::see_other;
use crate::http::return_to::requested;
use crate::http::{Answer, AppError, Ctx, Fields, Page, Problems};
use crate::i18n::Texts;
use crate::identity::accounts::{LinkRequest, LinkRequests};
use crate::identity::email::{LinkPurpose, LinkToken};

/// The token of the opened link.
#[derive(Deserialize)]
pub struct LinkQuery {
    token: Option<String>,
}

impl LinkQuery {
    pub fn token(self) -> Option<LinkToken> {
        self.token.map(LinkToken::typed)
    }
}

/// A kind of link that anyone may request by typing a name.
pub struct MailedLink {
    /// The page for requesting the link, which is also the link's target.
    pub path: &'static str,
    pub purpose: LinkPurpose,
    /// The purposes for which a code may be typed here.
    pub code_purposes: &'static [LinkPurpose],
    pub texts: fn(&'static Texts) -> LinkTexts,
}

/// The texts of the link's pages.
pub struct LinkTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    /// The label of the link to sign-in, for users who need no mail.
    pub no_mail: &'static str,
    pub code_submit: &'static str,
    pub over: &'static str,
    pub over_lead: &'static str,
}

/// The typed name, shown again if the request is refused.
#[derive(Default)]
pub struct RequestForm {
    pub login: String,
    /// Where the browser was going.
    pub return_to: String,
}

impl RequestForm {
    pub fn read(fields: &mut Fields) -> Self {
        Self { login: fields.take("login"), return_to: fields.take("next") }
    }
}

#[derive(Template)]
#[template(path = "mailed_link/ask.html")]
struct AskPage<'a> {
    page: &'a Page,
    path: &'a str,
    texts: LinkTexts,
    /// Whether there is a mail server.
    sends_mail: bool,
    form: RequestForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "mailed_link/code.html")]
struct CodePage<'a> {
    page: &'a Page,
    path: &'a str,
    action: String,
    submit: &'a str,
    /// Whether there is a mail server.
    sends_mail: bool,
    return_to: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "mailed_link/over.html")]
struct OverPage<'a> {
    page: &'a Page,
    title: &'a str,
    lead: &'a str,
    /// The page for requesting another link.
    again: Option<&'a str>,
    return_to: String,
}

impl MailedLink {
    /// The form for requesting a link.
    pub fn ask(&self, ctx: &Ctx) -> Answer {
        let return_to = requested(ctx.request().query_string());
        let form = RequestForm { return_to, ..RequestForm::default() };
        ctx.page.show(&self.ask_page(ctx, form, Problems::default()))
    }

    /// Mails a link. The response is the same for every name, and sent before the account is looked up.
    pub async fn send(&self, ctx: &Ctx, form: RequestForm, links: &Arc<LinkRequests>) -> Answer {
        let problems = Problems::of_login(&form.login, ctx.page.t);
        if !problems.is_empty() {
            return ctx.page.refuse(&self.ask_page(ctx, form, problems));
        }
        let browser = RequestingBrowser::returning_to(form.return_to);
        let cookie = send(ctx, links, self.purpose, form.login, &browser).await?;
        Ok(see_other(&self.code_path()).cookie(cookie).finish())
    }

    /// The page for typing the code.
    pub fn ask_code(&self, ctx: &Ctx) -> Answer {
        ctx.page.show(&self.code_page(ctx, Problems::default()))
    }

    pub fn refuse_code(&self, ctx: &Ctx) -> Answer {
        ctx.page.refuse(&self.code_page(ctx, wrong_code(&ctx.page)))
    }

    /// The link for a code, if the code is correct and typed in the browser that requested it.
    pub async fn exchange_code(
        &self,
        ctx: &Ctx,
        code: String,
        links: &LinkRequests,
    ) -> Result<Option<LinkToken>, AppError> {
        Ok(links.exchange_code(browser_hash(ctx), self.code_purposes, code, ctx.client()).await?)
    }

    /// The link was used, has expired or never existed; the page does not disclose which.
    pub fn over(&self, ctx: &Ctx) -> Answer {
        let LinkTexts { over: title, over_lead, .. } = (self.texts)(ctx.page.t);
        over(ctx, title, over_lead, Some(self.path))
    }

    fn code_path(&self) -> String {
        format!("{}/code", self.path)
    }

    fn ask_page<'a>(&'a self, ctx: &'a Ctx, form: RequestForm, problems: Problems) -> AskPage<'a> {
        let (page, sends_mail) = (&ctx.page, ctx.site.sends_mail);
        AskPage { page, path: self.path, texts: (self.texts)(page.t), sends_mail, form, problems }
    }

    fn code_page<'a>(&'a self, ctx: &'a Ctx, problems: Problems) -> CodePage<'a> {
        let submit = (self.texts)(ctx.page.t).code_submit;
        let (page, action, return_to) = (&ctx.page, self.code_path(), return_to(ctx));
        CodePage {
            page,
            path: self.path,
            action,
            submit,
            sends_mail: ctx.site.sends_mail,
            return_to,
            problems,
        }
    }
}

/// Mails a link to the owner of an account, if it exists. Returns the cookie that allows the browser to type
/// the code.
pub async fn send(
    ctx: &Ctx,
    links: &Arc<LinkRequests>,
    purpose: LinkPurpose,
    login: String,
    browser: &RequestingBrowser,
) -> Result<Cookie<'static>, AppError> {
    let device = device::read(&ctx.site, ctx.headers());
    let request = LinkRequest { login, purpose, browser: browser.hash(), device };
    links.send(request, ctx.client().clone()).await?;
    Ok(browser.cookie(&ctx.site))
}

/// What identifies the browser in which a code is typed.
pub fn browser_hash(ctx: &Ctx) -> String {
    RequestingBrowser::read_or_random(&ctx.site, ctx.headers()).hash()
}

/// Where this browser was going when it requested the mail; empty in another browser.
pub fn return_to(ctx: &Ctx) -> String {
    let browser = RequestingBrowser::read(&ctx.site, ctx.headers());
    browser.map(|browser| browser.return_to().to_owned()).unwrap_or_default()
}

/// The page for a link that is invalid or no longer valid.
pub fn over(ctx: &Ctx, title: &str, lead: &str, again: Option<&str>) -> Answer {
    let (page, return_to) = (&ctx.page, return_to(ctx));
    page.show_as(StatusCode::GONE, &OverPage { page, title, lead, again, return_to })
}

pub fn wrong_code(page: &Page) -> Problems {
    Problems::one("code", page.t.field.wrong_code)
}
