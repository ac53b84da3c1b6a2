//! Where sign-in redirects: one of our pages, an allowed origin or a registered app; nowhere else.

use actix_web::HttpResponseBuilder;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;
use askama::Template;
use url::{Origin, Position, Url};

use crate::http::flash::Flash;
use crate::http::page::{Answer, Page, see_other, with_cookies};
use crate::http::return_to::{DEFAULT, ReturnTo, page_or_default};
use crate::http::site::Site;
use crate::identity::applications::Applications;
use crate::platform::keys::fingerprint;

const VISIT: &str = "munjigi-led";
/// Signing in for the same page again within this time indicates a redirect loop.
const REDIRECT_LOOP: Duration = Duration::seconds(10);

/// Where to send the browser.
#[derive(Debug, PartialEq, Eq)]
pub struct RedirectTarget {
    pub address: String,
    /// Why the target differs from what was requested.
    pub flash: Option<Flash>,
    /// The target's origin, if it is another one than ours.
    pub origin: Option<Origin>,
}

/// One of our pages, which leads on to `address` by a GET of its own.
#[derive(Template)]
#[template(path = "leading_on.html")]
struct LeadingOnPage<'a> {
    page: &'a Page,
    address: &'a str,
    /// Host and port of the address.
    host: &'a str,
}

impl RedirectTarget {
    /// Reads the target from a link or a proxy. Every registered app is allowed: the app itself rejects
    /// members who may not open it.
    pub async fn find(wanted: &str, applications: &Applications, site: &Site) -> Self {
        let url = match ReturnTo::read(wanted, site) {
            ReturnTo::Nothing => return Self::at(DEFAULT.to_owned(), None),
            ReturnTo::Own(address) => return Self::at(page_or_default(address), None),
            ReturnTo::Invalid => return Self::at(DEFAULT.to_owned(), Some(Flash::NotFollowed)),
            ReturnTo::OtherOrigin(url) => url,
        };
        let origin = url.origin();
        if site.allowed_origins.contains(&origin) || is_of_an_app(&origin, applications).await {
            return Self { address: url.into(), flash: None, origin: Some(origin) };
        }
        Self::at(DEFAULT.to_owned(), Some(Flash::NotFollowed))
    }

    fn at(address: String, flash: Option<Flash>) -> Self {
        Self { address, flash, origin: None }
    }

    /// Marks that the member is being sent to an app. A browser that already has the mark was sent there a
    /// moment ago, so the app did not recognise the member. The member then sees a message instead of a
    /// redirect loop.
    pub fn mark_visit(&mut self, wanted: &str, headers: &HeaderMap, site: &Site) -> Option<Cookie<'static>> {
        self.origin.as_ref()?;
        let mark = fingerprint(wanted);
        if site.cookies.read(VISIT, headers) == Some(&mark) {
            *self = Self::at(DEFAULT.to_owned(), Some(Flash::NotRecognised));
            return Some(site.cookies.expire(VISIT));
        }
        Some(site.cookies.write(VISIT, mark, Some(REDIRECT_LOOP)))
    }

    /// The answer to a form. Chromium checks `form-action` on every redirect that follows a form, those of an app
    /// included, so that only a page in between leads on to another origin.
    pub fn answer_to_form(&self, page: &Page, site: &Site) -> Answer {
        match &self.origin {
            Some(_) => lead_on(page, &self.address),
            None => Ok(self.redirect(site).finish()),
        }
    }

    /// Leads a new user to where the browser was going; the page on the way welcomes them.
    pub fn welcome(self, mut page: Page, site: &Site, cookies: Vec<Cookie<'static>>) -> Answer {
        let flash = self.flash.unwrap_or(Flash::Welcome);
        let response = match self.origin {
            None => see_other(&self.address).cookie(flash.cookie(site)).finish(),
            Some(_) => {
                page.flash = Some(flash);
                self.answer_to_form(&page, site)?
            }
        };
        with_cookies(Ok(response), cookies)
    }

    /// The redirect, with its flash, for a request that no form made.
    pub fn redirect(&self, site: &Site) -> HttpResponseBuilder {
        let mut response = see_other(&self.address);
        if let Some(flash) = self.flash {
            response.cookie(flash.cookie(site));
        }
        response
    }
}

/// The page that leads on to `address`, which is our own or was validated.
pub fn lead_on(page: &Page, address: &str) -> Answer {
    let url = Url::parse(address).ok();
    let host = url.as_ref().map_or("", |url| &url[Position::BeforeHost..Position::AfterPort]);
    page.show(&LeadingOnPage { page, address, host })
}

/// If the database fails, no app matches and sign-in continues.
async fn is_of_an_app(origin: &Origin, applications: &Applications) -> bool {
    let apps = applications.all().await;
    apps.is_ok_and(|apps| apps.iter().any(|app| app.address.origin() == *origin))
}
