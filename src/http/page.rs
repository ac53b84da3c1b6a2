//! A page: how it is rendered and where it leads.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::future::{Ready, ready};
use std::rc::Rc;
use std::sync::LazyLock;

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_TYPE, LOCATION, REFERER, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, web};
use anyhow::Context;
use askama::Template;
use unicode_segmentation::UnicodeSegmentation;
use url::Origin;

use crate::i18n::{Texts, When};
use crate::identity::accounts::Theme;
use crate::platform::clock::Timestamp;
use crate::platform::time_zone::TimeZone;

use super::assets;
use super::branding::Branding;
use super::error::AppError;
use super::flash::Flash;
use super::headers::ContentPolicy;
use super::layout::{PageMember, SetupOnly, language_of};
use super::providers::ProviderButton;
use super::return_to;
use super::site::Site;

pub type Answer = Result<HttpResponse, AppError>;

/// Most pages are smaller, so their text does not have to move while it grows.
const USUAL_BYTES: usize = 8 * 1024;

/// Everything that a page's layout needs.
pub struct Page {
    pub t: &'static Texts,
    pub theme: Theme,
    pub member: Option<Rc<PageMember>>,
    pub setup_only: bool,
    /// Path and query of this page, so that the language switch can return to it.
    pub current_url: String,
    path: String,
    pub flash: Option<Flash>,
    /// The label of the provider that the flash is about.
    flash_provider: Option<String>,
    /// What the flash was about.
    flash_name: Option<String>,
    /// The origin that the page's form finally redirects to, if not this one.
    pub form_target: Option<Origin>,
    form_id: OnceCell<String>,
    zone: OnceCell<TimeZone>,
    site: Option<web::Data<Site>>,
}

impl Page {
    pub fn of(req: &HttpRequest) -> Self {
        let site = req.app_data::<web::Data<Site>>().cloned();
        let member = req.extensions().get::<Rc<PageMember>>().cloned();
        let flash = site.as_ref().and_then(|site| Flash::brought(req.headers(), site, member.as_deref()));
        // Few pages have one.
        let about = site.as_ref().filter(|_| flash.is_some());
        let lang = member.as_ref().and_then(|member| member.language).unwrap_or_else(|| language_of(req));
        Self {
            t: Texts::of(lang),
            theme: member.as_ref().map_or(Theme::Auto, |member| member.theme),
            current_url: current_url(req, site.as_ref().map(|site| &***site)),
            path: req.path().to_owned(),
            flash,
            flash_provider: about.and_then(|site| site.known_label(&Flash::about(req.headers(), site)?)),
            flash_name: about.and_then(|site| Flash::named_in(req.headers(), site)),
            member,
            setup_only: req.extensions().get::<SetupOnly>().is_some(),
            form_target: None,
            form_id: OnceCell::new(),
            zone: OnceCell::new(),
            site,
        }
    }

    /// The providers by which people sign in.
    pub fn providers(&self) -> &[ProviderButton] {
        self.site.as_ref().map(|site| site.providers.as_slice()).unwrap_or_default()
    }

    /// The flash in words.
    pub fn flash_text(&self) -> Option<Cow<'static, str>> {
        let provider = self.flash_provider.as_deref().unwrap_or_default();
        self.flash?.text(self.t, provider, self.flash_name.as_deref())
    }

    /// Whether this is the page at `path` itself, and none below it.
    pub fn is_exactly(&self, path: &str) -> bool {
        self.path == path
    }

    /// Whether this page is `path` or below it, to mark the navigation.
    pub fn is_at(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The zone of the times on the page: the member's choice. For members without one, a script puts them into the
    /// browser's zone.
    pub fn zone(&self) -> &TimeZone {
        self.zone.get_or_init(|| self.chosen_zone().and_then(TimeZone::named).unwrap_or(TimeZone::UTC))
    }

    fn chosen_zone(&self) -> Option<&str> {
        self.member.as_ref()?.time_zone.as_deref()
    }

    /// Whether a script puts the times into the browser's zone.
    pub fn follows_browser_zone(&self) -> bool {
        self.member.is_some() && self.chosen_zone().is_none()
    }

    /// A moment in words.
    pub fn when(&self, at: Timestamp, now: Timestamp) -> When {
        self.t.when(at, now, self.zone())
    }

    /// What the operator changed about the pages.
    pub fn branding(&self) -> &Branding {
        static NONE: LazyLock<Branding> = LazyLock::new(Branding::default);
        self.site.as_ref().map_or(&NONE, |site| &site.branding)
    }

    /// What the bar and the title say: the operator's name, or else the program's.
    pub fn product(&self) -> &str {
        self.branding().site_name.as_deref().unwrap_or(self.t.layout.product)
    }

    /// The address of the icon that browsers show.
    pub fn icon(&self) -> &str {
        self.branding().favicon.as_deref().unwrap_or_else(|| self.asset("gate.svg"))
    }

    pub fn icon_kind(&self) -> &'static str {
        if self.branding().favicon.is_some() { self.branding().favicon_kind } else { "image/svg+xml" }
    }

    /// The operator's text for the sign-in page.
    pub fn sign_in_text(&self) -> Option<&str> {
        self.branding().sign_in_text(self.t.lang)
    }

    /// The name of this installation: the operator's, or else its host.
    pub fn site_name(&self) -> &str {
        self.site.as_ref().map(|site| site.name()).unwrap_or_default()
    }

    /// The zone of this page's times, said once.
    pub fn times_are_in(&self) -> String {
        self.t.time.zone(self.zone().name())
    }

    /// Whether this installation has a board.
    pub fn has_board(&self) -> bool {
        self.site.as_ref().is_none_or(|site| site.has_board)
    }

    /// The address of another page, with where the browser was going, as received.
    pub fn with_next(&self, path: &str, wanted: &str) -> String {
        return_to::with_next(path, wanted)
    }

    /// The id of the page's forms, for their hidden field.
    pub fn form_id(&self) -> &str {
        self.form_id.get_or_init(|| {
            let member = self.member.as_ref().map(|member| member.id);
            self.site.as_ref().map(|site| site.form_ids.issue(member)).unwrap_or_default()
        })
    }

    pub fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }

    pub fn icons(&self) -> &'static str {
        assets::icons()
    }

    /// The first letter of a name, for the round mark beside it.
    pub fn initial<'n>(&self, name: &'n str) -> &'n str {
        name.graphemes(true).next().unwrap_or_default()
    }

    /// Which of the four colours an app's mark has: always the same for the same name.
    pub fn hue(&self, name: &str) -> u32 {
        1 + name.chars().map(u32::from).fold(0, u32::wrapping_add) % 4
    }

    /// Host and port of the app that the page's form finally leads to.
    pub fn leads_to(&self) -> Option<String> {
        let Some(Origin::Tuple(scheme, host, port)) = &self.form_target else { return None };
        let is_usual = matches!((scheme.as_str(), port), ("https", 443) | ("http", 80));
        Some(if is_usual { host.to_string() } else { format!("{host}:{port}") })
    }

    /// Whether the staff pages are open to the reader.
    pub fn is_staff(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.staff)
    }

    pub fn show(&self, template: &impl Template) -> Answer {
        self.show_as(StatusCode::OK, template)
    }

    /// Shows a refused form again.
    pub fn refuse(&self, template: &impl Template) -> Answer {
        self.show_as(StatusCode::UNPROCESSABLE_ENTITY, template)
    }

    pub fn show_as(&self, status: StatusCode, template: &impl Template) -> Answer {
        let mut html = String::with_capacity(USUAL_BYTES);
        template.render_into(&mut html).context("rendering a page")?;
        let mut response = HttpResponse::build(status);
        response.insert_header((CONTENT_TYPE, "text/html; charset=utf-8"));
        if let Some(origin) = &self.form_target {
            response.extensions_mut().insert(ContentPolicy::FormTo(origin.clone()));
        }
        if let (Some(_), Some(site)) = (self.flash, &self.site) {
            response.cookie(Flash::expire(site));
        }
        Ok(response.body(html))
    }
}

/// The page to return to: this one, or the one that contained the form.
fn current_url(req: &HttpRequest, site: Option<&Site>) -> String {
    if matches!(*req.method(), Method::GET | Method::HEAD) {
        return req.uri().path_and_query().map_or("/", |place| place.as_str()).to_owned();
    }
    let from = req.headers().get(REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    site.map_or_else(|| "/".to_owned(), |site| return_to::back(from, site))
}

impl FromRequest for Page {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Page::of(req)))
    }
}

/// The response, with `Retry-After` in seconds.
pub fn come_back_in(seconds: u64, answer: Answer) -> Answer {
    let mut response = answer?;
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    Ok(response)
}

/// The response, with these cookies.
pub fn with_cookies(answer: Answer, cookies: impl IntoIterator<Item = Cookie<'static>>) -> Answer {
    let mut response = answer?;
    for cookie in cookies {
        response.add_cookie(&cookie).context("a cookie is a header")?;
    }
    Ok(response)
}

/// Redirects the browser to `address` with GET (303).
pub fn see_other(address: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, address));
    response
}
