//! A page: what its layout needs, how it is rendered, and the notices that survive a redirect.

use std::future::{Ready, ready};

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, LOCATION, REFERER, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, web};
use anyhow::Context;
use askama::Template;
use url::Origin;

use crate::i18n::{Lang, Texts};

use super::headers::Policy;
use super::{AppError, Notice, Site, return_to as next};

pub type Answer = Result<HttpResponse, AppError>;

const LANGUAGE_COOKIE: &str = "munjigi-lang";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    pub fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// The member whose page it is, as far as the layout cares. The lock of a route leaves it in the request.
#[derive(Clone, Debug)]
pub struct PageMember {
    pub name: String,
    pub language: Option<Lang>,
    pub theme: Theme,
    /// Whether the staff's pages are open to them.
    pub staff: bool,
}

/// Left in the request of a member to whom hardly a page is open yet: the navigation would lead them nowhere.
pub struct Confined;

/// Everything that the layout of a page needs.
pub struct Page {
    pub t: &'static Texts,
    pub theme: Theme,
    pub member: Option<PageMember>,
    pub confined: bool,
    /// Path and query of this page, for the language switch to come back to.
    pub here: String,
    path: String,
    pub notice: Option<Notice>,
    /// Where its form leads on to in the end, if that is not here.
    pub leads_to: Option<Origin>,
    site: Option<web::Data<Site>>,
}

impl Page {
    pub fn of(req: &HttpRequest) -> Self {
        let site = req.app_data::<web::Data<Site>>().cloned();
        let member = req.extensions().get::<PageMember>().cloned();
        let lang = member.as_ref().and_then(|member| member.language).unwrap_or_else(|| language_of(req));
        Self {
            t: lang.texts(),
            theme: member.as_ref().map_or(Theme::Auto, |member| member.theme),
            here: here(req, site.as_ref().map(|site| &***site)),
            path: req.path().to_owned(),
            notice: site.as_ref().and_then(|site| Notice::brought(req.headers(), site, member.as_ref())),
            member,
            confined: req.extensions().get::<Confined>().is_some(),
            leads_to: None,
            site,
        }
    }

    /// Whether this page is `path` or below it, for the navigation's mark.
    pub fn is_at(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    pub fn asset(&self, name: &str) -> String {
        super::assets::address(name)
    }

    pub fn show(&self, template: &impl Template) -> Answer {
        self.show_as(StatusCode::OK, template)
    }

    /// A form that was refused, shown again.
    pub fn refuse(&self, template: &impl Template) -> Answer {
        self.show_as(StatusCode::UNPROCESSABLE_ENTITY, template)
    }

    pub fn show_as(&self, status: StatusCode, template: &impl Template) -> Answer {
        let html = template.render().context("rendering a page")?;
        let mut response = HttpResponse::build(status);
        response.insert_header((CONTENT_TYPE, "text/html; charset=utf-8"));
        if let Some(origin) = &self.leads_to {
            response.extensions_mut().insert(Policy::FormTo(origin.clone()));
        }
        if let (Some(_), Some(site)) = (self.notice, &self.site) {
            response.cookie(Notice::expire(site));
        }
        Ok(response.body(html))
    }
}

/// Where one can come back to: this page, or the page that the form stood on.
fn here(req: &HttpRequest, site: Option<&Site>) -> String {
    if matches!(*req.method(), Method::GET | Method::HEAD) {
        return req.uri().path_and_query().map_or("/", |place| place.as_str()).to_owned();
    }
    let from = req.headers().get(REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    site.map_or_else(|| "/".to_owned(), |site| next::back(from, site))
}

impl FromRequest for Page {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Page::of(req)))
    }
}

/// The answer, with the number of seconds after which it is worth coming back.
pub fn come_back_in(seconds: u64, answer: Answer) -> Answer {
    let mut response = answer?;
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    Ok(response)
}

/// Sends the browser to `address` with a GET.
pub fn see_other(address: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, address));
    response
}

/// Remembers a visitor's language for a year.
pub fn language_cookie(lang: Lang, site: &Site) -> Cookie<'static> {
    site.cookies.write(LANGUAGE_COOKIE, lang.code().to_owned(), Some(Duration::days(365)))
}

/// The language that the browser's person has chosen with the switch, or that the browser asks for.
pub fn language_of(req: &HttpRequest) -> Lang {
    let site = req.app_data::<web::Data<Site>>();
    let chosen = site.and_then(|site| Lang::parse(site.cookies.read(LANGUAGE_COOKIE, req.headers())?));
    chosen.unwrap_or_else(|| accepted(req.headers()))
}

/// The best language that the browser accepts (RFC 9110 §12.5.4); English when it names none of ours.
fn accepted(headers: &HeaderMap) -> Lang {
    let wish = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (Lang::En, 0.0);
    for item in wish.split(',').take(20) {
        let mut parts = item.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0_f32);
        let lang = tag.split('-').next().and_then(|primary| Lang::parse(&primary.to_ascii_lowercase()));
        if let Some(lang) = lang.filter(|_| weight > best.1) {
            best = (lang, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn the_browsers_first_language_that_we_speak_is_taken() {
        for (wish, lang) in [
            ("ko-KR,ko;q=0.9,en;q=0.8", Lang::Ko),
            ("en-GB,en;q=0.9,ko;q=0.8", Lang::En),
            ("fr;q=1, ko;q=0.3, en;q=0.2", Lang::Ko),
            ("KO", Lang::Ko),
            ("de, fr", Lang::En),
            ("ko;q=0, en;q=0", Lang::En),
            ("ko;q=x;;,", Lang::Ko),
            ("", Lang::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_str(wish).unwrap());
            assert_eq!(accepted(&headers), lang, "{wish}");
        }
    }

    #[test]
    fn codes_of_themes_read_back() {
        for theme in Theme::ALL {
            assert_eq!(Theme::parse(theme.code()), Some(theme));
        }
    }
}
