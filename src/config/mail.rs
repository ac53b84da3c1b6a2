//! Mail settings: the server, the sender, and the requirements for addresses.

use std::path::PathBuf;

use lettre::message::Mailbox;
use url::{Host, Url};

use crate::platform::mail::smtp::SmtpServer;

use super::error::ConfigError;
use super::parse::unfit;
use super::words::Verification;

#[derive(Clone)]
pub struct MailConfig {
    /// If there is none, mail is written to files.
    pub server: Option<SmtpServer>,
    pub from: Mailbox,
    pub verification: Verification,
    /// Whether a mailed link signs in without a password.
    pub sign_in_links: bool,
}

/// The mail server, trusting the certificate authority in that file. Requires a sender. It is
/// greeted with `name`.
pub(super) fn server(
    mut server: Option<SmtpServer>,
    authority: Option<PathBuf>,
    has_sender: bool,
    name: Option<String>,
) -> Result<Option<SmtpServer>, ConfigError> {
    if let Some(path) = authority {
        let unusable = |why| ConfigError::new("MUNJIGI_SMTP_CA", format!("{}: {why}", path.display()));
        let pem = std::fs::read(&path).map_err(|error| unusable(error.to_string()))?;
        let trusting = server.map(|server| server.trusting(&pem)).transpose();
        server = trusting.map_err(|expected| unusable(unfit(expected)))?;
    }
    if server.is_some() && !has_sender {
        let problem = "MUNJIGI_SMTP_URL needs it; it takes an address that mail is sent from";
        return Err(ConfigError::new("MUNJIGI_MAIL_FROM", problem));
    }
    Ok(server.map(|server| server.greeting_as(name)))
}

/// The name that mail servers are greeted with: the host that people open, if it is a domain with a dot.
pub(super) fn smtp_name(public_url: Option<&Url>) -> Option<String> {
    match public_url?.host()? {
        Host::Domain(name) if name.trim_end_matches('.').contains('.') => {
            Some(name.trim_end_matches('.').to_owned())
        }
        _ => None,
    }
}
