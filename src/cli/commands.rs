//! The commands and what each of them runs. The default is the server.

use std::io::Write;

use clap::{Parser, Subcommand};

use crate::config::{Config, LogFormat, Registration, Settings};
use crate::forward_auth::rules::Rules;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::traces;
use crate::server::{Server, Signals, secrets, transport};

use super::{app, backup, doctor, keys, mail, move_database, rules, session, user};

/// A sign-in server that you run yourself.
///
/// Without a command it serves. Every setting can be given as a flag, as an environment variable, or in munjigi.toml;
/// the first of these that is there counts.
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
    /// Make the database, or bring its tables up to date
    Migrate,
    /// Copy everything into a new database of the other engine; servers must be stopped
    MoveDatabase(move_database::Move),
    /// Look after accounts
    #[command(subcommand)]
    User(user::UserCommand),
    /// Look after sessions
    #[command(subcommand)]
    Session(session::SessionCommand),
    /// Look after the keys that everything is signed and sealed with
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Look after apps that sign people in by OpenID Connect
    #[command(subcommand)]
    App(app::AppCommand),
    /// Look after mail
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// Look after the rules for apps behind a proxy
    #[command(subcommand)]
    Rules(rules::RulesCommand),
    /// Find out what is wrong with a proxy
    #[command(subcommand)]
    Doctor(doctor::DoctorCommand),
    /// Copy the database into a new file, while the server runs
    Backup {
        /// The file to make
        path: std::path::PathBuf,
    },
    /// Look after settings
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

pub fn run(cli: Cli) -> anyhow::Result<()> {
    let config = Config::from_settings(cli.settings.with_file()?)?;
    start_log(&config);
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(&config),
        Command::Migrate => {
            Db::open(&config.database)?;
            println!("{} is up to date.", config.database);
            Ok(())
        }
        Command::MoveDatabase(command) => command.run(),
        Command::User(command) => user::run(command, &config),
        Command::Session(command) => session::run(command, &config),
        Command::Keys(command) => keys::run(command, &config),
        Command::App(command) => app::run(command, &config),
        Command::Mail(command) => mail::run(command, &config),
        Command::Rules(command) => rules::run(command, &config),
        Command::Doctor(command) => doctor::run(command, &config),
        Command::Backup { path } => backup::run(&path, &config),
        Command::Config(ConfigCommand::Check) => check(&config),
        Command::Openapi => {
            let https = config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
            println!("{}", crate::api::openapi::document(https));
            Ok(())
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

fn check(config: &Config) -> anyhow::Result<()> {
    if config.data_dir.exists() {
        secrets(config)?;
    }
    let rules = Rules::open(config.rules.as_deref())?.rules().len();
    println!("Every setting is fine.");
    println!("  listen          {}", config.listen);
    println!(
        "  public URL      {}",
        config.public_url.as_ref().map_or("http:// + listen", |url| url.as_str())
    );
    println!("  database        {}", config.database);
    println!(
        "  sessions        {}",
        if config.redis_url.is_some() { "in Redis" } else { "beside the users" }
    );
    println!(
        "  registration    {}",
        if config.registration == Registration::Open { "open" } else { "closed" }
    );
    println!("  mail            {}", transport(config).described());
    println!(
        "  apps            {} and {rules} rules",
        config.cookie_domain.as_deref().unwrap_or("no domain")
    );
    Ok(())
}

/// Reports mistyped names in the environment, which would otherwise go unnoticed.
fn warn_of_unknown_settings() {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("MUNJIGI_") && !Settings::ENVIRONMENT.contains(&name.as_ref()) {
            tracing::warn!(%name, "unknown setting ignored");
        }
    }
}

fn start_log(config: &Config) {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(directives(&config.log)))
        .with_writer(std::io::stderr)
        // The macro would write the error to the stream that has failed, and panic.
        .log_internal_errors(false)
        .with_target(false);
    match config.log_format {
        LogFormat::Text => builder.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).init(),
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(false).init(),
    }
}

/// At the default level, the start-up line already contains what the libraries would log at length.
fn directives(log: &str) -> String {
    if log == "info" { "info,actix_server=warn".to_owned() } else { log.to_owned() }
}
