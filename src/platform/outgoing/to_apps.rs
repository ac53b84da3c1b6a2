//! Requests to the addresses of apps. They reach private networks, where apps live.

use std::time::Duration;

use ureq::http::{Method, Request};
use ureq::{Agent, Error};

use super::agent::{agent, config};
use super::reach::Reach;
use super::trust::Trust;

/// For a whole request.
pub const TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of a response's head, and of its body, that are read.
const LONGEST: u64 = 64 * 1024;

/// Sends requests; cheap to clone. Blocks.
#[derive(Clone, Debug)]
pub struct Outgoing(Agent);

/// What the other side answered.
#[derive(Clone, Debug)]
pub struct Answered {
    pub status: u16,
    /// Seconds since 1970, if it has sent the time.
    pub date: Option<i64>,
    pub location: Option<String>,
    /// As far as it could be read.
    pub body: Vec<u8>,
}

impl Outgoing {
    pub fn new(trust: &Trust) -> Self {
        let config = config(TIMEOUT)
            .max_response_header_size(LONGEST as usize)
            // An idle connection may be closed by the other side just as the next request begins.
            .max_idle_connections(0)
            .tls_config(trust.tls())
            .build();
        Self(agent(config, Reach::Named, None))
    }

    /// Posts a form.
    ///
    /// # Errors
    /// Why there is no response.
    pub fn post_form(&self, url: &str, body: String) -> Result<Answered, Error> {
        let request = Request::post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cache-control", "no-store");
        answered(self.0.run(request.body(body)?)?)
    }

    /// Fetches a document.
    ///
    /// # Errors
    /// As for `post_form`.
    pub fn get(&self, url: &str) -> Result<Answered, Error> {
        answered(self.0.run(Request::get(url).header("accept", "application/json").body(())?)?)
    }

    /// Asks what an address takes, which changes nothing there (RFC 9110 §9.3.7).
    pub fn options(&self, url: &str) -> Result<Answered, Error> {
        answered(self.0.run(Request::builder().method(Method::OPTIONS).uri(url).body(())?)?)
    }
}

fn answered(response: ureq::http::Response<ureq::Body>) -> Result<Answered, Error> {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let date = header("date").and_then(|text| jiff::fmt::rfc2822::parse(text).ok());
    let (date, location) =
        (date.map(|date| date.timestamp().as_second()), header("location").map(str::to_owned));
    let status = response.status().as_u16();
    // The status counts, even if the body is too long or breaks off.
    let body = response.into_body().with_config().limit(LONGEST).read_to_vec().unwrap_or_default();
    Ok(Answered { status, date, location, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_resolves_to_none_that_may_be_reached_is_not_called() {
        for url in [
            "http://169.254.169.254/latest/meta-data/",
            "http://[fe80::1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://2852039166/",
            "http://0xa9fea9fe/",
        ] {
            let error = Outgoing::new(&Trust::default()).options(url).unwrap_err().to_string();
            assert!(error.contains("link-local"), "{url}: {error}");
        }
    }
}
