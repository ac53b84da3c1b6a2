//! Requests to addresses that anyone may choose: they reach public addresses only, so that no outsider sees through this
//! server into the network that it stands in (server-side request forgery, ASVS 1.3.6).

use std::time::Duration;

use ureq::http::Request;
use ureq::{Agent, Error};

use super::agent::{agent, config};
use super::reach::Reach;
use super::test_web::TestWeb;

/// For a whole request.
const TIMEOUT: Duration = Duration::from_secs(3);
/// Bytes of a response's head, and of its body.
const LONGEST: usize = 5 * 1024;

/// Sends requests; cheap to clone. Blocks.
#[derive(Clone, Debug)]
pub struct PublicWeb(Agent);

impl PublicWeb {
    pub fn new(test_web: Option<&TestWeb>) -> Self {
        let trust = test_web.map(|web| web.trust.clone()).unwrap_or_default();
        let config = config(TIMEOUT)
            .https_only(true)
            .max_response_header_size(LONGEST)
            .max_idle_connections(0)
            .tls_config(trust.tls())
            .build();
        Self(agent(config, Reach::Public, test_web.cloned()))
    }

    /// The status and the body of a JSON document.
    ///
    /// # Errors
    /// Why there is none, such as its size.
    pub fn get_json(&self, url: &str) -> Result<(u16, Vec<u8>), Error> {
        let response = self.0.run(Request::get(url).header("accept", "application/json").body(())?)?;
        let status = response.status().as_u16();
        Ok((status, response.into_body().with_config().limit(LONGEST as u64).read_to_vec()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_resolves_to_no_public_address_is_not_called() {
        for url in [
            "https://127.0.0.1/",
            "https://localhost/",
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://169.254.169.254/latest/",
            "https://[::ffff:10.0.0.1]/",
        ] {
            let error = PublicWeb::new(None).get_json(url).unwrap_err().to_string();
            assert!(error.contains("public"), "{url}: {error}");
        }
        assert!(PublicWeb::new(None).get_json("http://1.1.1.1/").is_err(), "https alone");
    }
}
