//! `munjigi mail`: tests mail delivery without a running server.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context, anyhow};
use clap::Subcommand;

use crate::config::Config;
use crate::i18n::letters::Letters;
use crate::identity::accounts::name::Email;
use crate::identity::email::{Letter, Recipient, RenderLetter};
use crate::platform::clock::Clock;
use crate::platform::keys::{Keys, SecretKey};
use crate::platform::lang::Lang;
use crate::platform::mail::Mailer;
use crate::server::{default_public_url, transport};

use super::output::report;

#[derive(Subcommand)]
pub enum MailCommand {
    /// Send a message to this address at once, and say what happened
    Test { address: String },
}

pub fn run(command: MailCommand, config: &Config) -> anyhow::Result<()> {
    let MailCommand::Test { address } = command;
    let email =
        Email::parse(&address).ok().context("this is no address; it takes one such as name@example.org")?;
    // The mail is sent immediately, so nothing is encrypted with them.
    let mailer = mailer(config, &Keys::of_one(&SecretKey::random()))?;
    let recipient = Recipient::anonymous(email.shown, Lang::En);
    let letter = Letters::of(config).render(&Letter::Test, &recipient, &mailer);
    let message = mailer.compose(&recipient.address, &letter, Clock::default().now())?;
    let (id, way) = (message.id.clone(), transport(config));
    let sent = actix_web::rt::System::new().block_on(async { way.offer(message).await?.hand_over().await });
    let answer =
        sent.map_err(|error| anyhow!("the message did not leave by {}: {error}", way.described()))?;
    report!("The message <{id}> left by {}: {answer}", way.described());
    Ok(())
}

/// Composes mail as the server does. If no public URL is set, the server uses the address of its listener.
pub(super) fn mailer(config: &Config, keys: &Keys) -> anyhow::Result<Mailer> {
    let port = config.listen.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(80);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let url = config.public_url.clone().map_or_else(|| default_public_url(config, address), Ok)?;
    Ok(Mailer::new(config.mail.from.clone(), url, keys))
}
