//! Settings of mail: the server, the sender, and what is asked of an address.

use lettre::message::Mailbox;

use crate::platform::mail::smtp::SmtpServer;

use super::error::ConfigError;
use super::parse::{Expected, read};
use super::settings::Settings;
use super::words::Verification;

#[derive(Clone)]
pub struct MailConfig {
    /// Without one, mail goes into files.
    pub server: Option<SmtpServer>,
    pub from: Mailbox,
    pub verification: Verification,
    /// Whether a mailed link signs in without a password.
    pub sign_in_links: bool,
}

impl MailConfig {
    pub(super) fn from_settings(settings: &Settings) -> Result<Self, ConfigError> {
        const URL: &str = "MUNJIGI_SMTP_URL";
        const FROM: &str = "MUNJIGI_MAIL_FROM";
        const CA: &str = "MUNJIGI_SMTP_CA";
        // The URL may hold a password, so the sentence does not repeat it.
        let wrong =
            |expected: Expected| ConfigError::new(URL, format!("it does not fit; it takes {expected}"));
        let mut server = settings
            .smtp_url
            .as_deref()
            .map(|text| SmtpServer::parse(text.trim()).map_err(wrong))
            .transpose()?;
        if let Some(path) = &settings.smtp_ca {
            let unusable = |why: String| ConfigError::new(CA, format!("{path}: {why}"));
            let pem = std::fs::read(path.trim()).map_err(|error| unusable(error.to_string()))?;
            let trusting = server.map(|server| server.trusting(pem)).transpose();
            server =
                trusting.map_err(|expected| unusable(format!("it does not fit; it takes {expected}")))?;
        }
        if server.is_some() && settings.mail_from.is_none() {
            return Err(ConfigError::new(
                FROM,
                format!("{URL} needs it; it takes an address that mail is sent from"),
            ));
        }
        Ok(Self {
            server,
            from: read(settings.mail_from.clone(), FROM, "Munjigi <munjigi@localhost>", sender)?,
            verification: read(
                settings.email_verification.clone(),
                "MUNJIGI_EMAIL_VERIFICATION",
                "off",
                verification,
            )?,
            sign_in_links: read(settings.sign_in_links.clone(), "MUNJIGI_SIGN_IN_LINKS", "off", on_or_off)?,
        })
    }
}

fn sender(text: &str) -> Result<Mailbox, Expected> {
    text.parse().map_err(|_| "an address, such as Munjigi <id@example.org>")
}

fn verification(text: &str) -> Result<Verification, Expected> {
    match text {
        "off" => Ok(Verification::Off),
        "optional" => Ok(Verification::Optional),
        "required" => Ok(Verification::Required),
        _ => Err("off, optional or required"),
    }
}

fn on_or_off(text: &str) -> Result<bool, Expected> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("on or off"),
    }
}
