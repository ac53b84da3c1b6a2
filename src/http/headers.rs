//! The headers that every response carries, errors and redirects too.

use std::collections::HashSet;

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use url::Origin;

/// At the end of a session the browser forgets its pages, but no cookie: the device's lives on (W3C Clear Site Data).
pub const CLEAR_SITE_DATA: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));

/// Ready to be copied onto responses.
pub struct SecurityHeaders {
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Where forms may always lead, besides ourselves.
    targets: String,
}

/// What a response needs to differ in; it is put into the response's extensions.
#[derive(Clone, Debug)]
pub enum ContentPolicy {
    /// A form on the page leads on to this origin, after it has been posted here.
    FormTo(Origin),
    /// A proxy shows it in place of a page of another host: it brings its style along (by its hash), and says nothing on
    /// behalf of that host.
    ForeignHost { style: &'static str },
}

impl SecurityHeaders {
    /// `allowed_origins` are where a form's redirect may lead: Chromium checks `form-action` on redirects too.
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

    /// Whatever says nothing of caching is not kept by anyone: most pages speak of one person.
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
            Some(ContentPolicy::ForeignHost { style }) => {
                response.remove(header::STRICT_TRANSPORT_SECURITY);
                policy(style, " 'none'")
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
