//! Why a message was not made or not delivered.

use super::smtp_reply::Reply;

#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Failure {
    pub text: String,
    /// The message itself is permanently refused (RFC 5321 §4.2.1: 5yz).
    pub for_good: bool,
    /// The server permanently refuses this server: its name, its password or its sender. The operator may correct that.
    pub refuses_us: bool,
}

impl Failure {
    pub(super) fn passing(text: impl Into<String>) -> Self {
        Self { text: text.into(), for_good: false, refuses_us: false }
    }

    pub(super) fn permanent(text: impl Into<String>) -> Self {
        Self { for_good: true, ..Self::passing(text) }
    }

    pub(super) fn of_server(text: impl Into<String>) -> Self {
        Self { refuses_us: true, ..Self::passing(text) }
    }

    /// A negative reply to anything that is the operator's: the greeting, EHLO, STARTTLS, AUTH, MAIL.
    pub(super) fn refused(reply: Reply) -> Self {
        Self { refuses_us: reply.is_permanent(), ..Self::passing(reply.to_string()) }
    }

    /// A negative reply to RCPT.
    pub(super) fn of_recipient(reply: Reply) -> Self {
        if reply.is_about_us() { Self::refused(reply) } else { Self::of_message(reply) }
    }

    /// A negative reply to the message.
    pub(super) fn of_message(reply: Reply) -> Self {
        Self { for_good: reply.is_permanent(), ..Self::passing(reply.to_string()) }
    }
}

/// Why a letter cannot become a message.
#[derive(Debug, thiserror::Error)]
pub enum Undeliverable {
    #[error("the address cannot be written to: {0}")]
    Address(#[from] lettre::address::AddressError),
    #[error("the address has a domain that does not exist")]
    Domain,
    #[error("the message cannot be built: {0}")]
    Message(#[from] lettre::error::Error),
    #[error("the message cannot be written: {0}")]
    Text(#[from] askama::Error),
}
