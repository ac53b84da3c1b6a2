//! What all requests to other servers have in common.

use std::time::Duration;

use ureq::config::{Config, ConfigBuilder};
use ureq::http::Uri;
use ureq::typestate::AgentScope;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::reach::Reach;
use super::test_web::TestWeb;

/// The timeout is for a whole request, from the name of the host to the end of the response.
pub(super) fn config(timeout: Duration) -> ConfigBuilder<AgentScope> {
    Agent::config_builder()
        .timeout_global(Some(timeout))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(concat!("munjigi/", env!("CARGO_PKG_VERSION")))
}

pub(super) fn agent(config: Config, reach: Reach, test_web: Option<TestWeb>) -> Agent {
    let resolver = Reachable { reach, names: DefaultResolver::default(), test_web };
    Agent::with_parts(config, DefaultConnector::default(), resolver)
}

/// Resolves names, and leaves out what must not be reached: the addresses that are left are those that are connected to, so
/// that a name cannot lead to another one in between.
#[derive(Debug)]
struct Reachable {
    reach: Reach,
    names: DefaultResolver,
    test_web: Option<TestWeb>,
}

impl Resolver for Reachable {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let mut allowed = self.empty();
        match &self.test_web {
            None => {
                let found = self.names.resolve(uri, config, timeout)?;
                let reachable = found.iter().filter(|address| self.reach.allows(address.ip()));
                reachable.for_each(|address| allowed.push(*address));
            }
            Some(web) => {
                let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
                let found = web.names.get(host).copied().or_else(|| host.parse().ok());
                found.filter(|found| self.reach.allows(*found)).iter().for_each(|_| allowed.push(web.server));
            }
        }
        match allowed.is_empty() {
            true => Err(Error::Other(self.reach.refusal().into())),
            false => Ok(allowed),
        }
    }
}
