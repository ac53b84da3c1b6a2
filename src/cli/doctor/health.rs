//! `munjigi doctor health`: whether the server on this machine answers, for containers that have no other program.

use std::time::Duration;

use anyhow::{Context, bail};

use crate::config::Config;

/// Shorter than the time-outs of container health checks.
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
    println!("{address} is well.");
    Ok(())
}

/// A server that listens on every address is asked at the loopback one.
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
