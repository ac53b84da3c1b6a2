//! HTTP requests as a browser sends them, without following redirects automatically.

use std::io::Read;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use ureq::config::Config;
use ureq::http::{Request, Uri};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector, DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::absolute_form::AbsoluteForm;

/// The maximum size of a response body that is read.
const MAX_BYTES: u64 = 1 << 20;

pub struct Browser {
    agent: Agent,
    /// Writes whole addresses into request lines.
    absolute: Agent,
}

/// A response.
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub policy: String,
    pub body: String,
}

impl Reply {
    /// Whether the response is the app itself or one of its pages.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status)
    }
}

impl Browser {
    pub fn new(authority: Option<&Path>, connect: Option<SocketAddr>) -> anyhow::Result<Self> {
        let roots = match authority {
            Some(path) => read_certificates(path)?,
            None => RootCerts::WebPki,
        };
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent("munjigi-doctor")
            .accept("text/html,*/*;q=0.8")
            .timeout_global(Some(Duration::from_secs(10)))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        let resolver = || Here { connect, names: DefaultResolver::default() };
        let absolute = DefaultConnector::default().chain(AbsoluteForm);
        Ok(Self {
            agent: Agent::with_parts(config.clone(), DefaultConnector::default(), resolver()),
            absolute: Agent::with_parts(config, absolute, resolver()),
        })
    }

    pub fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<Reply, Error> {
        run(&self.agent, url, headers)
    }

    /// The same, with the whole address in the request line: its host counts, whatever `Host` is among the headers.
    pub fn get_absolute(&self, url: &str, headers: &[(&str, &str)]) -> Result<Reply, Error> {
        run(&self.absolute, url, headers)
    }
}

fn run(agent: &Agent, url: &str, headers: &[(&str, &str)]) -> Result<Reply, Error> {
    let request = Request::get(url);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response = agent.run(request.body(())?)?;
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let location = header("location").map(str::to_owned);
    let policy = header("content-security-policy").unwrap_or_default().to_owned();
    let status = response.status().as_u16();
    let mut bytes = Vec::new();
    response.into_body().into_reader().take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(Reply { status, location, policy, body: String::from_utf8_lossy(&bytes).into_owned() })
}

fn read_certificates(path: &Path) -> anyhow::Result<RootCerts> {
    let pem = std::fs::read(path).with_context(|| format!("--ca {}", path.display()))?;
    let certificates = parse_pem(&pem).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    let certificates: Vec<_> = certificates.collect();
    anyhow::ensure!(!certificates.is_empty(), "--ca {}: there is no certificate in it", path.display());
    Ok(RootCerts::Specific(Arc::new(certificates)))
}

/// Resolves every name to this machine, or to its real address.
#[derive(Debug)]
struct Here {
    connect: Option<SocketAddr>,
    names: DefaultResolver,
}

impl Resolver for Here {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let Some(address) = self.connect else { return self.names.resolve(uri, config, timeout) };
        let mut found = self.empty();
        found.push(address);
        Ok(found)
    }
}
