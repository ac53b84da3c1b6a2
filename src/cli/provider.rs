//! `munjigi provider`: the providers by which people sign in.

use anyhow::{anyhow, bail};
use clap::Subcommand;

use crate::config::{Admission, Config, ProviderConfig, Registration};
use crate::identity::upstream::Checked;
use crate::server::default_public_url;

use super::output::show;

#[derive(Subcommand)]
pub enum ProviderCommand {
    /// Ask a provider for what it publishes, and say what to register there
    Check {
        /// Its name in the file of providers
        name: String,
    },
}

pub fn run(command: ProviderCommand, config: &Config) -> anyhow::Result<()> {
    let ProviderCommand::Check { name } = command;
    let Some(provider) = config.providers.iter().find(|each| each.name == name) else {
        let names: Vec<&str> = config.providers.iter().map(|each| each.name.as_str()).collect();
        match names.is_empty() {
            true => bail!("there is no provider {name:?}: MUNJIGI_PROVIDERS names none"),
            false => bail!("there is no provider {name:?}; there are {}", names.join(", ")),
        }
    };
    let address = config.listen.parse();
    let public_url = match (&config.public_url, address) {
        (Some(url), _) => url.clone(),
        (None, Ok(address)) => default_public_url(config, address)?,
        (None, Err(_)) => bail!("MUNJIGI_PUBLIC_URL is needed, because providers send browsers back to it"),
    };
    let callback = format!("{}/sign-in/{name}/callback", public_url.as_str().trim_end_matches('/'));
    show!("{} ({name})", provider.label)?;
    show!("  callback address  {callback}")?;
    show!("  back-channel logout  {}", callback.replace("/callback", "/backchannel-logout"))?;
    show!("  first sign-ins    {}", admission(provider, config))?;
    let checked = Checked::of(provider, callback, &config.outgoing_trust);
    let checked = actix_web::rt::System::new().block_on(checked);
    let checked = checked.map_err(|problem| anyhow!("{name} cannot be used: {problem}"))?;
    show!("  issuer            {}", checked.issuer)?;
    show!("  sends people to   {}", checked.authorize)?;
    show!("  tokens from       {}", checked.token)?;
    match checked.keys {
        Some(keys) => show!("  keys              {keys}")?,
        None => show!("  keys              none needed")?,
    }
    Ok(show!("It answers. The callback address must be registered there exactly as it is written here.")?)
}

fn admission(provider: &ProviderConfig, config: &Config) -> String {
    let is_open = config.registration == Registration::Open;
    match provider.admission {
        Admission::Closed => "make no account".to_owned(),
        Admission::Invited => "take over accounts that were made with --invited".to_owned(),
        _ if !is_open => "make no account, because MUNJIGI_REGISTRATION is closed".to_owned(),
        Admission::Open => "make an account for anyone".to_owned(),
        Admission::Domains => format!("make an account in the domains {}", provider.domains.join(", ")),
        Admission::Groups => format!("make an account for the groups {}", provider.groups.join(", ")),
    }
}
