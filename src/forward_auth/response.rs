//! The responses to a proxy: allowed, sign in first, denied, and errors.

use std::sync::LazyLock;

use actix_web::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, WWW_AUTHENTICATE,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::http::auth::factor_setup::setup_url;
use crate::http::client::RequestId;
use crate::http::headers::ContentPolicy;
use crate::http::uri::QUERY_OR_FRAGMENT;
use crate::http::{AppError, Page, Site};
use crate::identity::accounts::Member;

use super::request::OriginalRequest;

const USER: HeaderName = HeaderName::from_static("remote-user");
const USER_ID: HeaderName = HeaderName::from_static("remote-user-id");
const GROUPS: HeaderName = HeaderName::from_static("remote-groups");
const NAME: HeaderName = HeaderName::from_static("remote-name");
const EMAIL: HeaderName = HeaderName::from_static("remote-email");
const EMAIL_VERIFIED: HeaderName = HeaderName::from_static("remote-email-verified");

/// Characters that would end a value in a query or change its meaning. Long addresses stay short: proxies
/// accept headers and request lines of a few thousand bytes.
const IN_VALUE: &AsciiSet = &QUERY_OR_FRAGMENT.add(b'&').add(b'\'').add(b'+');

/// The page is shown on another host, so it includes its style.
const STYLE: &str = include_str!("../../templates/forward_auth/forward_auth.css");
static STYLE_HASH: LazyLock<String> = LazyLock::new(|| hash(STYLE));

/// How a policy allows a style.
fn hash(style: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(style)))
}

#[derive(Template)]
#[template(path = "forward_auth/forward_auth.html")]
struct DeniedPage<'a> {
    page: &'a Page,
    style: &'a str,
    title: &'a str,
    sentence: &'a str,
    help: &'a str,
    /// The server is at fault, not the visitor.
    rests: bool,
    portal: &'a str,
    request_id: &'a str,
}

/// 200 with every identity header, empty if there is no value: otherwise a proxy that copies only existing
/// headers would pass the client's own through. An address that the user has not confirmed may be anybody's: the app
/// gets it only if `unverified_email`, and marked.
pub fn allow(user: Option<&Member>, unverified_email: bool) -> Result<HttpResponse, AppError> {
    let mut response = HttpResponse::Ok();
    let groups = user.map(|user| user.groups.iter().map(|group| group_name(&group.name)).collect::<Vec<_>>());
    let id = user.map(|user| user.id.to_string()).unwrap_or_default();
    let (email, verified) = match user {
        Some(user) if user.email_verified_at.is_some() => (user.email.as_str(), "true"),
        Some(user) if unverified_email => (user.email.as_str(), "false"),
        _ => ("", ""),
    };
    for (name, text) in [
        (USER, user.map_or("", |user| user.username.as_str())),
        (USER_ID, &id),
        (GROUPS, &groups.unwrap_or_default().join(",")),
        (NAME, user.map_or("", |user| user.name())),
        (EMAIL, email),
        (EMAIL_VERIFIED, verified),
    ] {
        response.insert_header((name, value(text)?));
    }
    Ok(for_foreign_host(response.finish()))
}

/// Plain UTF-8, without characters that could end the header.
fn value(text: &str) -> Result<HeaderValue, AppError> {
    if text.chars().any(char::is_control) {
        return Err(anyhow::anyhow!("a name with control characters cannot be sent to an app").into());
    }
    Ok(HeaderValue::from_bytes(text.as_bytes()).map_err(anyhow::Error::from)?)
}

/// A comma in a name would split it into two groups.
fn group_name(name: &str) -> String {
    name.replace('%', "%25").replace(',', "%2C")
}

/// Sends the user to sign in and back: a redirect for browsers that open a page, 401 for everything else.
pub fn sign_in(req: &HttpRequest, original: &OriginalRequest, site: &Site) -> HttpResponse {
    let back = utf8_percent_encode(&original.target.address(), IN_VALUE).to_string();
    let method = utf8_percent_encode(original.method.as_str(), IN_VALUE);
    to_portal(req, original, format!("{}login?rd={back}&rm={method}", site.public_url))
}

/// Redirects to the setup of a second factor: a member who has one has signed in with it.
pub fn set_up_factor(req: &HttpRequest, original: &OriginalRequest, site: &Site) -> HttpResponse {
    let page = site.public_url.join(&setup_url(&original.target.address())).map(String::from);
    to_portal(req, original, page.unwrap_or_else(|_| site.public_url.to_string()))
}

fn to_portal(req: &HttpRequest, original: &OriginalRequest, portal: String) -> HttpResponse {
    let status = match original.method {
        _ if original.by_nginx || !opens_a_page(req.headers()) => StatusCode::UNAUTHORIZED,
        Method::GET | Method::HEAD | Method::OPTIONS => StatusCode::FOUND,
        _ => StatusCode::SEE_OTHER,
    };
    let mut response = HttpResponse::build(status);
    response.insert_header((LOCATION, portal));
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((WWW_AUTHENTICATE, "Bearer"));
    }
    for_foreign_host(response.finish())
}

/// 403: denied for this member, or for everyone.
pub fn deny(req: &HttpRequest, site: &Site) -> HttpResponse {
    let (page, bare) = (Page::of(req), AppError::Forbidden.error_response());
    let sentence = match &page.member {
        Some(member) => page.t.forward_auth.not_open_to(&member.name),
        None => page.t.forward_auth.anonymous.to_owned(),
    };
    with_page(req, bare, &page, site, [page.t.forward_auth.title, &sentence, page.t.forward_auth.help])
}

/// 403: the readings of the path are judged differently, so that it is denied for one of them.
pub fn deny_unclear(req: &HttpRequest, site: &Site) -> HttpResponse {
    let (page, bare) = (Page::of(req), AppError::Forbidden.error_response());
    let texts = &page.t.forward_auth;
    with_page(req, bare, &page, site, [texts.unclear, texts.unclear_sentence, texts.unclear_help])
}

/// An error, as a page for browsers and as a problem for programs.
pub fn error_page(req: &HttpRequest, site: &Site, error: &AppError) -> HttpResponse {
    let (page, bare) = (Page::of(req), error.error_response());
    let (title, sentence) = page.t.error.of(bare.status());
    with_page(req, bare, &page, site, [title, sentence, page.t.forward_auth.trouble])
}

/// The response with a page, if the client accepts one; the middleware renders the others.
fn with_page(
    req: &HttpRequest,
    mut bare: HttpResponse,
    page: &Page,
    site: &Site,
    [title, sentence, help]: [&str; 3],
) -> HttpResponse {
    bare = for_foreign_host(bare);
    if !opens_a_page(req.headers()) {
        return bare;
    }
    let extensions = req.extensions();
    let request_id = extensions.get::<RequestId>().map_or("", |id| &id.0);
    let portal = site.public_url.as_str();
    let rests = bare.status().is_server_error();
    let accent = &page.branding().accent_tokens;
    let style = format!("{STYLE}{accent}");
    let template = DeniedPage { page, style: &style, title, sentence, help, rests, portal, request_id };
    match template.render() {
        Ok(html) => {
            if !accent.is_empty() {
                bare.extensions_mut().insert(ContentPolicy::ForeignHost { style: hash(&style) });
            }
            let kind = HeaderValue::from_static("text/html; charset=utf-8");
            bare.headers_mut().insert(CONTENT_TYPE, kind);
            bare.set_body(actix_web::body::BoxBody::new(html))
        }
        Err(_) => bare,
    }
}

fn for_foreign_host(mut response: HttpResponse) -> HttpResponse {
    response.extensions_mut().insert(ContentPolicy::ForeignHost { style: STYLE_HASH.clone() });
    response
}

/// Whether a browser will display the response: not a script, an image or a program.
fn opens_a_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_script = text("x-requested-with").is_some_and(|by| by.eq_ignore_ascii_case("XMLHttpRequest"));
    let is_navigation = match text("sec-fetch-mode") {
        Some(mode) => mode == "navigate",
        // No current browser omits it, and a client that sends its own credentials is not a browser.
        None => !headers.contains_key(AUTHORIZATION),
    };
    let accepted = text(ACCEPT.as_str()).unwrap_or_default();
    let mut kinds = accepted.split(',').map(|kind| kind.split(';').next().unwrap_or_default().trim());
    let first = kinds.next().unwrap_or_default();
    let takes_html = ["text/html", "*/*"].contains(&first) || kinds.any(|kind| kind == "text/html");
    !is_script && is_navigation && takes_html
}
