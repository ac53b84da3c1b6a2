//! The commands and what each of them runs. The default is the server.

use std::io::Write;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::config::{Config, Registration, Settings};
use crate::http::cookie_names::CookieNames;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::traces;
use crate::server::{Server, Signals, check_settings, transport};

use super::log::start_log;
use super::output::{report, show};
use super::settings::{refuse, warn_of_secrets_in_flags, warn_of_unknown_settings};
use super::{app, backup, doctor, keys, mail, move_database, provider, rules, session, user};

/// A sign-in server that you run yourself.
///
/// Without a command it serves. Every setting can be given as a flag, as an environment variable, or in munjigi.toml;
/// the first one found counts.
#[derive(Parser)]
#[command(version, about, long_about, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages until stopped (also without a command)
    Serve,
    /// Create the database, or bring its tables up to date
    Migrate,
    /// Copy everything into a new database of the other engine; servers must be stopped
    MoveDatabase(move_database::Move),
    /// Manage accounts
    #[command(subcommand)]
    User(user::UserCommand),
    /// List and end sessions
    #[command(subcommand)]
    Session(session::SessionCommand),
    /// Manage the keys that sign and encrypt
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Manage apps that sign people in by OpenID Connect
    #[command(subcommand)]
    App(app::AppCommand),
    /// Check the providers by which people sign in
    #[command(subcommand)]
    Provider(provider::ProviderCommand),
    /// Send a test message
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// Check the rules for apps behind a proxy
    #[command(subcommand)]
    Rules(rules::RulesCommand),
    /// Check a proxy, or a running server
    #[command(subcommand)]
    Doctor(doctor::DoctorCommand),
    /// Copy the database into a new file, while the server runs
    Backup {
        /// The file to make
        path: std::path::PathBuf,
    },
    /// Check settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print the description of the API (OpenAPI 3.1)
    Openapi,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Check every setting, and say what would be used
    Check,
}

impl Cli {
    /// Parses arguments and variables.
    pub fn read() -> anyhow::Result<Cli> {
        Cli::try_parse().map_err(refuse)
    }
}

pub fn run(cli: Cli) -> anyhow::Result<()> {
    let mut settings = cli.settings.with_file()?;
    let warnings = std::mem::take(&mut settings.warnings);
    let config = Config::from_settings(settings)?;
    start_log(&config);
    for warning in warnings {
        tracing::warn!("{warning}");
    }
    warn_of_secrets_in_flags();
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(&config),
        Command::Migrate => {
            Db::open(&config.database)?;
            report!("{} is up to date.", config.database);
            Ok(())
        }
        Command::MoveDatabase(command) => command.run(),
        Command::User(command) => user::run(command, &config),
        Command::Session(command) => session::run(command, &config),
        Command::Keys(command) => keys::run(command, &config),
        Command::App(command) => app::run(command, &config),
        Command::Provider(command) => provider::run(command, &config),
        Command::Mail(command) => mail::run(command, &config),
        Command::Rules(command) => rules::run(command, &config),
        Command::Doctor(command) => doctor::run(command, &config),
        Command::Backup { path } => backup::run(&path, &config),
        Command::Config(ConfigCommand::Check) => check(&config),
        Command::Openapi => {
            let bound = || url::Url::parse(&format!("http://{}", config.listen)).ok();
            let public_url = config.public_url.clone().or_else(bound).context("MUNJIGI_LISTEN")?;
            Ok(show!("{}", crate::api::openapi::document(CookieNames::of(&public_url), config.board))?)
        }
    }
}

fn serve(config: &Config) -> anyhow::Result<()> {
    warn_of_unknown_settings();
    // Dropped at the end, so that the last requests are reported too.
    let _traces = config.otlp_endpoint.as_ref().map(traces::start).transpose()?;
    actix_web::rt::System::new().block_on(async {
        let server = Server::start(config, Clock::default())?;
        let public_url = server.public_url.as_str().trim_end_matches('/').to_owned();
        let mut details = format!("It listens on {} and keeps sessions {}.", server.address, server.store);
        if let Some(address) = server.metrics_address {
            details.push_str(&format!("\nMetrics are at http://{address}/metrics"));
        }
        // A program that reads these lines may stop the server immediately, so signals must be handled by then.
        actix_web::rt::spawn(Signals::listen()?.obey(server.stopper()));
        let serving = actix_web::rt::spawn(server.run());
        tokio::task::yield_now().await;
        // A full disk behind standard output must not stop the server.
        let _ = writeln!(std::io::stdout(), "Munjigi is open at {public_url}\n{details}");
        Ok(serving.await??)
    })
}

/// The checks of the start, without making or opening anything.
fn check(config: &Config) -> anyhow::Result<()> {
    warn_of_unknown_settings();
    let files = check_settings(config)?;
    let rules = files.rules.rules().len();
    show!("Every setting is fine.")?;
    show!("  listen          {}", config.listen)?;
    let public_url = config.public_url.as_ref().map_or("http:// + listen", |url| url.as_str());
    show!("  public URL      {public_url}")?;
    show!("  database        {}", config.database)?;
    let sessions = if config.redis_url.is_some() { "in Redis" } else { "beside the users" };
    show!("  sessions        {sessions}")?;
    let registration = if config.registration == Registration::Open { "open" } else { "closed" };
    show!("  registration    {registration}")?;
    show!("  mail            {}", transport(config).described())?;
    let providers: Vec<&str> = config.providers.iter().map(|each| each.name.as_str()).collect();
    let providers = if providers.is_empty() { "none".to_owned() } else { providers.join(", ") };
    show!("  providers       {providers}")?;
    let domain = config.cookie_domain.as_deref().unwrap_or("no domain");
    show!("  apps            {domain} and {rules} rules")?;
    Ok(())
}
