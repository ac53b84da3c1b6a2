//! Rejects requests that another site made the browser send. It uses no hidden token, so forms never go stale.

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderName, ORIGIN};
use url::Url;

use super::api_path::is_api;
use super::provider_path::takes_foreign_posts;
use super::site::Site;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request may act: it comes from our own pages, or is an API request that no foreign page can send.
pub fn is_allowed(method: &Method, path: &str, headers: &HeaderMap, site: &Site) -> bool {
    is_own(method, headers, &site.public_url)
        || (*method == Method::POST && takes_foreign_posts(path))
        || site.cors_origins.opens(path, headers)
        || (is_api(path) && brings_token(headers))
}

/// Whether a request comes from our own pages, for endpoints that also take posts of other sites.
pub fn is_own_request(req: &HttpRequest, site: &Site) -> bool {
    is_own(req.method(), req.headers(), &site.public_url)
}

/// No browser sends this header to another site on its own: the page would need a preflight, which only
/// listed origins pass. If a token identifies the caller, any cookie beside it is ignored. The schemes are
/// listed because browsers do send some automatically: `Basic` and `Negotiate`, after the user has signed in
/// to a proxy in front of the server.
fn brings_token(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(AUTHORIZATION);
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let scheme = value.to_str().unwrap_or_default().split(' ').next().unwrap_or_default();
    ["Bearer", "Token"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Whether an unsafe request comes from our own pages, or from a client that is not a browser (ASVS 3.5.1).
///
/// `Sec-Fetch-Site` decides if the browser sends it: scripts cannot forge it. Otherwise `Origin` must be
/// ours. A request with neither does not come from a browser, and so carries no other user's cookies.
fn is_own(method: &Method, headers: &HeaderMap, public_url: &Url) -> bool {
    if method.is_safe() {
        return true;
    }
    let mut sites = headers.get_all(SEC_FETCH_SITE).peekable();
    if sites.peek().is_some() {
        return sites.all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
    }
    let mut origins = headers.get_all(ORIGIN);
    match (origins.next(), origins.next()) {
        (None, _) => true,
        (Some(origin), None) => origin.to_str().is_ok_and(|origin| is_ours(origin, public_url)),
        _ => false,
    }
}

/// Whether it is the public URL's origin. The host that a request names
/// is no proof: a page under a name that an attacker points here names the same.
fn is_ours(origin: &str, public_url: &Url) -> bool {
    Url::parse(origin).is_ok_and(|url| url.origin() == public_url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn allowed(method: Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        is_own(&method, &headers, &Url::parse("https://id.example.org").unwrap())
    }

    #[test]
    fn reading_is_always_allowed() {
        assert!(allowed(
            Method::GET,
            &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]
        ));
    }

    #[test]
    fn own_pages_and_plain_clients_may_post() {
        for headers in [
            &[("sec-fetch-site", "same-origin"), ("origin", "https://id.example.org")][..],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://id.example.org")],
            &[],
        ] {
            assert!(allowed(Method::POST, headers), "{headers:?}");
        }
    }

    #[test]
    fn other_sites_may_not() {
        for headers in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "")],
            &[("sec-fetch-site", "Same-Origin")],
            &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://id.example.org")],
            &[("origin", "null")],
            &[("origin", "")],
            &[("origin", "https://evil.example")],
            &[("origin", "http://id.example.org")],
            &[("origin", "https://id.example.org.evil.example")],
            &[("origin", "https://id.example.org:444")],
            &[("origin", "https://id.example.org"), ("origin", "https://evil.example")],
            &[("origin", "https://internal:8443"), ("host", "internal:8443")],
            &[("origin", "null"), ("host", "")],
            &[("origin", "file://")],
        ] {
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                assert!(!allowed(method, headers), "{headers:?}");
            }
        }
    }
}
