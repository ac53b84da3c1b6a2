//! Where messages are delivered: to a mail server or to a folder.

use std::path::PathBuf;
use std::time::Duration;

use super::failure::Failure;
use super::folder;
use super::message::Message;
use super::smtp::{self, SmtpServer};

/// Time-out for everything before the content.
const OFFER_TIMEOUT: Duration = Duration::from_secs(20);
/// Time-out for the reply to the content (RFC 5321 §4.5.3.2.6). A shorter one would send messages twice.
const REPLY_TIMEOUT: Duration = Duration::from_secs(10 * 60);

#[derive(Clone)]
pub enum Transport {
    Smtp(SmtpServer),
    Folder(PathBuf),
}

/// A message whose content alone remains to be sent.
pub enum Handover {
    Smtp(Box<smtp::SmtpHandover>),
    File(PathBuf, Box<Message>),
}

impl Transport {
    /// Sends everything but the content.
    ///
    /// # Errors
    /// If the server rejects it or does not answer within 20 seconds.
    pub async fn offer(&self, message: Message) -> Result<Handover, Failure> {
        match self {
            Self::Smtp(server) => {
                let offered = tokio::time::timeout(OFFER_TIMEOUT, server.offer(message)).await;
                let offered = offered.unwrap_or_else(|_| Err(silent()))?;
                Ok(Handover::Smtp(Box::new(offered)))
            }
            Self::Folder(path) => Ok(Handover::File(path.clone(), Box::new(message))),
        }
    }

    /// Where mail is delivered, for the log; without passwords.
    pub fn described(&self) -> String {
        match self {
            Self::Smtp(server) => server.described(),
            Self::Folder(path) => format!("files in {}", path.display()),
        }
    }
}

impl Handover {
    /// Whether sending it twice leaves one copy.
    pub fn can_be_repeated(&self) -> bool {
        matches!(self, Self::File(..))
    }

    /// Sends the content; returns the server's reply.
    ///
    /// # Errors
    /// If the server rejects it or does not answer within ten minutes.
    pub async fn hand_over(self) -> Result<String, Failure> {
        match self {
            Self::Smtp(offered) => {
                let reply = tokio::time::timeout(REPLY_TIMEOUT, offered.hand_over()).await;
                reply.unwrap_or_else(|_| Err(silent()))
            }
            Self::File(path, message) => {
                let written = tokio::task::spawn_blocking(move || folder::write(&path, &message)).await;
                match written {
                    Ok(Ok(())) => Ok("written".to_owned()),
                    Ok(Err(error)) => Err(Failure::passing(error.to_string())),
                    Err(error) => Err(Failure::passing(error.to_string())),
                }
            }
        }
    }
}

fn silent() -> Failure {
    Failure::passing("the mail server does not answer")
}
