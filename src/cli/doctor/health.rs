//! `munjigi doctor health`: checks that the server on this machine responds, for containers without another
//! HTTP client.

use std::time::Duration;

use anyhow::{Context, bail};

use crate::config::Config;

use super::super::output::show;

/// Shorter than the timeouts of container health checks.
const TIMEOUT: Duration = Duration::from_secs(2);

pub fn run(config: &Config) -> anyhow::Result<()> {
    let address = reachable(&config.listen);
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).proxy(None).build().into();
    let answer = agent.get(format!("http://{address}/healthz")).call();
    let text = answer.and_then(|mut answer| answer.body_mut().read_to_string());
    if text.with_context(|| format!("{address} does not answer"))? != "ok\n" {
        bail!("something else answers at {address}");
    }
    Ok(show!("{address} is well.")?)
}

/// If the server listens on every address, the loopback address is used.
fn reachable(listen: &str) -> String {
    let (host, port) = listen.rsplit_once(':').unwrap_or((listen, "8080"));
    match host {
        "0.0.0.0" => format!("127.0.0.1:{port}"),
        "[::]" => format!("[::1]:{port}"),
        _ => listen.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_asks_on_this_machine() {
        assert_eq!(reachable("0.0.0.0:8080"), "127.0.0.1:8080");
        assert_eq!(reachable("[::]:80"), "[::1]:80");
        assert_eq!(reachable("10.0.0.7:8080"), "10.0.0.7:8080");
    }
}
