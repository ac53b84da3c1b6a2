//! `munjigi doctor`: whether the server answers; `doctor proxy` asks a live proxy in front of an app what attackers and lost visitors would ask.

mod browser;
mod checks;
mod findings;
mod guest;
mod health;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;
use url::Url;

use crate::config::Config;
use crate::forward_auth::rules::{Gate, Target};
use crate::identity::application::{self, Application};
use crate::platform::db::Db;

use browser::Browser;
use findings::Findings;

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
}

/// What is known here of how it should be.
struct Patient {
    target: Target,
    portal: Url,
    gate: Gate,
    apps: Vec<Application>,
    browser: Browser,
}

/// # Errors
/// When something was found to be wrong, so that a script notices.
pub fn run(command: DoctorCommand, config: &Config) -> anyhow::Result<()> {
    let DoctorCommand::Proxy { url, user, ca, connect } = command else { return health::run(config) };
    let target = Target::parse(&url).context("it takes a whole address, such as https://app.example.org/")?;
    let portal = config.public_url.clone().context("it takes MUNJIGI_PUBLIC_URL")?;
    let db = Db::open(&config.database)?;
    let apps = application::all(&mut *db.conn()?)?;
    let gate = Gate::open(config.rules.as_deref())?;
    let browser = Browser::new(ca.as_deref(), connect)?;
    let patient = Patient { target, portal, gate, apps, browser };

    let mut findings = Findings::default();
    checks::settings(&patient, config, &mut findings);
    if checks::stranger(&patient, &mut findings) {
        checks::way_back(&patient, config, &mut findings);
    }
    checks::scripts(&patient, &mut findings);
    checks::forged(&patient, &mut findings);
    match user {
        Some(name) => guest::visit(&name, &patient, config, db, &mut findings)?,
        None => findings.unchecked("what the app sees of a member (--user NAME looks)"),
    }
    match findings.wrong {
        0 => Ok(()),
        1 => bail!("one thing is to be changed"),
        count => bail!("{count} things are to be changed"),
    }
}
