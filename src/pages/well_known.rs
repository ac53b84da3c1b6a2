//! Addresses that programs ask every site for: `/robots.txt`, `/favicon.ico` and `/.well-known/security.txt`.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Data;

use crate::http::guard::Anyone;
use crate::http::{Answer, AppError, Site, assets};

const AN_HOUR: (actix_web::http::header::HeaderName, &str) = (CACHE_CONTROL, "public, max-age=3600");
const PLAIN_TEXT: (actix_web::http::header::HeaderName, &str) = (CONTENT_TYPE, "text/plain; charset=utf-8");
const DAY: i64 = 24 * 3600;

/// Crawlers may read every page; a program's answers are of no use to them (RFC 9309).
pub async fn robots_txt(_: Anyone) -> HttpResponse {
    let text = "User-agent: *\nDisallow: /api/\n";
    HttpResponse::Ok().insert_header(PLAIN_TEXT).insert_header(AN_HOUR).body(text)
}

/// For programs that do not read the link in a page's head.
pub async fn favicon(_: Anyone, site: Data<Site>) -> Answer {
    let icon = site.branding.favicon_file().or_else(|| assets::named("favicon.ico"));
    Ok(icon.ok_or(AppError::NotFound)?.response(AN_HOUR.1))
}

/// Where to report security problems (RFC 9116). It expires half a year after the day on which it is read.
///
/// # Errors
/// `NotFound` unless a contact is configured.
pub async fn security_txt(_: Anyone, site: Data<Site>) -> Answer {
    if site.security_contacts.is_empty() {
        return Err(AppError::NotFound);
    }
    let midnight = site.clock.now() / DAY * DAY;
    let expires = jiff::Timestamp::from_second(midnight + 180 * DAY).map_err(anyhow::Error::from)?;
    let mut text: String =
        site.security_contacts.iter().map(|contact| format!("Contact: {contact}\n")).collect();
    text.push_str(&format!("Expires: {expires}\n"));
    // Addresses in it begin with https:// (RFC 9116 §2.5.2).
    if site.public_url.scheme() == "https" {
        text.push_str(&format!("Canonical: {}.well-known/security.txt\n", site.public_url));
    }
    Ok(HttpResponse::Ok().insert_header(PLAIN_TEXT).insert_header(AN_HOUR).body(text))
}
