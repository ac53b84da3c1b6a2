//! `munjigi mail`: whether mail arrives, told without a server running.

use anyhow::{Context, anyhow};
use clap::Subcommand;

use crate::clock::Clock;
use crate::config::Config;
use crate::i18n::Lang;
use crate::identity::letters::Letters;
use crate::identity::name::Email;
use crate::mail::Mailer;
use crate::server::{default_public_url, secret_key, transport};

#[derive(Subcommand)]
pub enum MailCommand {
    /// Send a message to this address at once, and say what happened
    Test { address: String },
}

pub fn run(command: MailCommand, config: &Config) -> anyhow::Result<()> {
    let MailCommand::Test { address } = command;
    let email =
        Email::parse(&address).ok().context("this is no address; it takes one such as name@example.org")?;
    // Nothing in the message leads anywhere, so any address of ours will do.
    let nowhere = std::net::SocketAddr::from(([127, 0, 0, 1], 80));
    let url = config.public_url.clone().map_or_else(|| default_public_url(config, nowhere), Ok)?;
    let mailer = Mailer::new(config.mail.from.clone(), url, &secret_key(config)?);
    let letter = Letters::to_stranger(Lang::En, &mailer).test();
    let message = mailer.compose(&email.shown, &letter, Clock::default().now())?;
    let (id, way) = (message.id.clone(), transport(config));
    let sent = actix_web::rt::System::new().block_on(async { way.offer(message).await?.hand_over().await });
    let answer =
        sent.map_err(|error| anyhow!("the message did not leave by {}: {error}", way.described()))?;
    println!("The message <{id}> left by {}: {answer}", way.described());
    Ok(())
}
