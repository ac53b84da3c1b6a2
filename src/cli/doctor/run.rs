//! The commands and the checks that each of them runs.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::bail;
use clap::Subcommand;

use crate::config::Config;

use super::findings::Findings;
use super::probe::probe;
use super::site::Site;
use super::{app, checks, health};

#[derive(Subcommand)]
pub enum DoctorCommand {
    /// Ask the server on this machine whether it is well
    Health,
    /// Probe a live proxy in front of an app, and name the line to change
    Proxy {
        /// Address of a page of the app that takes signing in, such as https://app.example.org/
        url: String,
        /// Sign in as this user for a moment, to see what the app sees then
        #[arg(long, value_name = "NAME")]
        user: Option<String>,
        /// Trust this certificate authority instead of the public ones (PEM)
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
        /// Connect here, whatever address the name has
        #[arg(long, value_name = "ADDRESS:PORT")]
        connect: Option<SocketAddr>,
    },
    /// Check how an app is registered, and whether logout tokens reach it
    App {
        /// Its name
        name: String,
    },
}

/// # Errors
/// If a check finds a problem, so that scripts can detect it.
pub fn run(command: DoctorCommand, config: &Config) -> anyhow::Result<()> {
    let mut findings = Findings::default();
    match command {
        DoctorCommand::Health => return health::run(config),
        DoctorCommand::App { name } => app::check(&name, config, &mut findings)?,
        DoctorCommand::Proxy { url, user, ca, connect } => {
            let site = Site::open(&url, ca.as_deref(), connect, config)?;
            check_proxy(&site, user.as_deref(), config, &mut findings)?;
        }
    }
    match findings.problems {
        0 => Ok(()),
        1 => bail!("one thing is to be changed"),
        count => bail!("{count} things are to be changed"),
    }
}

fn check_proxy(
    site: &Site,
    user: Option<&str>,
    config: &Config,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    checks::settings(site, config, findings);
    checks::portal_proxy(site, config, findings);
    if checks::anonymous(site, findings) {
        checks::return_to(site, config, findings);
    }
    checks::scripts(site, findings);
    checks::forged_headers(site, findings);
    match user {
        Some(name) => probe(name, site, config, findings)?,
        None => findings.skipped("what the app sees of a member (--user NAME looks)"),
    }
    Ok(())
}
