//! Where sign-in leads: a page of our own, an allowed origin, or an app of the table; nowhere else.

use actix_web::HttpResponseBuilder;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;
use url::Origin;

use crate::http::page::see_other;
use crate::http::return_to::{DEFAULT, Wanted, page_or_default};
use crate::http::{Notice, Site};
use crate::identity::{Identity, applications as application};
use crate::platform::keys::fingerprint;

const LED: &str = "munjigi-led";
/// Nobody signs in so quickly again for the same page.
const AT_ONCE: Duration = Duration::seconds(10);

/// Where to send the browser.
#[derive(Debug, PartialEq, Eq)]
pub struct Landing {
    pub address: String,
    /// Why it is not what was asked for.
    pub notice: Option<Notice>,
    /// Where a form's redirect must be allowed to lead, if not to ourselves.
    pub origin: Option<Origin>,
}

impl Landing {
    /// From what a link or a proxy said. An app counts whoever it is for: those it is not for are told so there.
    pub async fn find(wanted: &str, app: &Identity, site: &Site) -> Self {
        let url = match Wanted::read(wanted, site) {
            Wanted::Nothing => return Self::at(DEFAULT.to_owned(), None),
            Wanted::Own(address) => return Self::at(page_or_default(address), None),
            Wanted::Odd => return Self::at(DEFAULT.to_owned(), Some(Notice::NotFollowed)),
            Wanted::Elsewhere(url) => url,
        };
        let origin = url.origin();
        if site.allowed_origins.contains(&origin) || is_of_an_app(&origin, app).await {
            return Self { address: url.into(), notice: None, origin: Some(origin) };
        }
        Self::at(DEFAULT.to_owned(), Some(Notice::NotFollowed))
    }

    fn at(address: String, notice: Option<Notice>) -> Self {
        Self { address, notice, origin: None }
    }

    /// Before a member who asked for this is led to an app: a mark that it happened. Whoever bears it is back at once, so the
    /// app has not learnt who they are; they are told so, instead of going in circles.
    pub fn lead(&mut self, wanted: &str, headers: &HeaderMap, site: &Site) -> Option<Cookie<'static>> {
        self.origin.as_ref()?;
        let mark = fingerprint(wanted);
        if site.cookies.read(LED, headers) == Some(&mark) {
            *self = Self::at(DEFAULT.to_owned(), Some(Notice::NotRecognised));
            return Some(site.cookies.expire(LED));
        }
        Some(site.cookies.write(LED, mark, Some(AT_ONCE)))
    }

    /// The redirect there, with its notice.
    pub fn redirect(&self, site: &Site) -> HttpResponseBuilder {
        let mut response = see_other(&self.address);
        if let Some(notice) = self.notice {
            response.cookie(notice.cookie(site));
        }
        response
    }
}

/// A database in trouble knows no app; signing in goes on.
async fn is_of_an_app(origin: &Origin, app: &Identity) -> bool {
    let apps = app.kept(&app.applications, application::all).await;
    apps.is_ok_and(|apps| apps.iter().any(|app| app.address.origin() == *origin))
}
