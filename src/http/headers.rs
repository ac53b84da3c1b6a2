//! The headers of every response, including errors and redirects.

use std::collections::HashSet;

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use url::Origin;

/// When a session ends, the browser clears cached pages but no cookies: the device cookie stays (W3C Clear
/// Site Data).
pub const CLEAR_SITE_DATA: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));

/// Prepared once and copied onto responses.
pub struct SecurityHeaders {
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Where every form may lead, besides this server.
    targets: String,
}

/// How a response deviates from the default; inserted into the response's extensions.
#[derive(Clone, Debug)]
pub enum ContentPolicy {
    /// A form on the page may lead to this origin. Our answer to it is a page in between, but a node of the version
    /// before redirects.
    FormTo(Origin),
    /// The page's only form is posted to another site, which may redirect to further ones.
    FormElsewhere,
    /// A file of the operator, such as a logo: it may have styles of its own, and nothing else.
    Inert,
    /// A proxy shows the page in place of one on another host: the page includes its own style (allowed by
    /// hash) and sets no policy on behalf of that host.
    ForeignHost { style: String },
}

impl SecurityHeaders {
    /// `allowed_origins` are where every form may lead: Chromium checks `form-action` on redirects too.
    pub fn new(https: bool, allowed_origins: &HashSet<Origin>) -> Self {
        let mut targets: Vec<String> = allowed_origins.iter().map(Origin::ascii_serialization).collect();
        targets.sort();
        let targets: String = targets.iter().map(|target| format!(" {target}")).collect();
        let policy = policy("'self'", &format!(" 'self'{targets}"));
        let mut headers = vec![
            (
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::try_from(policy).expect("origins are plain ASCII"),
            ),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
            (header::CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("same-origin")),
            (header::CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
            (
                header::PERMISSIONS_POLICY,
                HeaderValue::from_static(
                    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
                ),
            ),
        ];
        if https {
            let one_year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
            headers.push((header::STRICT_TRANSPORT_SECURITY, one_year));
        }
        Self { headers, targets }
    }

    /// Responses without caching headers are not stored: most pages are personal.
    pub fn apply(&self, response: &mut HttpResponse) {
        let differs = response.extensions().get::<ContentPolicy>().cloned();
        let response = response.headers_mut();
        for (name, value) in &self.headers {
            response.insert(name.clone(), value.clone());
        }
        if !response.contains_key(header::CACHE_CONTROL) {
            response.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        let policy = match differs {
            None => return,
            Some(ContentPolicy::FormTo(origin)) => {
                policy("'self'", &format!(" 'self'{} {}", self.targets, origin.ascii_serialization()))
            }
            Some(ContentPolicy::FormElsewhere) => policy("'self'", " 'self' https: http:"),
            Some(ContentPolicy::Inert) => {
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox".to_owned()
            }
            Some(ContentPolicy::ForeignHost { style }) => {
                response.remove(header::STRICT_TRANSPORT_SECURITY);
                policy(&style, " 'none'")
            }
        };
        if let Ok(policy) = HeaderValue::try_from(policy) {
            response.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

fn policy(style: &str, forms: &str) -> String {
    format!(
        "default-src 'none'; style-src {style}; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action{forms}; base-uri 'none'; frame-ancestors 'none'"
    )
}
