//! The ways that a message can leave: a mail server, or a folder.

use std::path::PathBuf;
use std::time::Duration;

use super::failure::Failure;
use super::folder;
use super::message::Message;
use super::smtp::{self, SmtpServer};

/// The longest that it lasts until a message's content can be sent.
const OFFER_WITHIN: Duration = Duration::from_secs(20);
/// The longest that the answer to the content is waited for (RFC 5321 §4.5.3.2.6): who gives up sooner sends it twice.
const ANSWER_WITHIN: Duration = Duration::from_secs(10 * 60);

#[derive(Clone)]
pub enum Transport {
    Smtp(SmtpServer),
    Folder(PathBuf),
}

/// A message whose content alone remains to be sent.
pub enum Offered {
    Smtp(Box<smtp::Offered>),
    File(PathBuf, Box<Message>),
}

impl Transport {
    /// Says all but the content.
    ///
    /// # Errors
    /// After 20 seconds at the latest.
    pub async fn offer(&self, message: Message) -> Result<Offered, Failure> {
        match self {
            Self::Smtp(server) => {
                let offered = tokio::time::timeout(OFFER_WITHIN, server.offer(message)).await;
                let offered = offered.unwrap_or_else(|_| Err(silent()))?;
                Ok(Offered::Smtp(Box::new(offered)))
            }
            Self::Folder(path) => Ok(Offered::File(path.clone(), Box::new(message))),
        }
    }

    /// For the log: where mail goes, without any password.
    pub fn described(&self) -> String {
        match self {
            Self::Smtp(server) => server.described(),
            Self::Folder(path) => format!("files in {}", path.display()),
        }
    }
}

impl Offered {
    /// Whether sending it once more leaves one copy.
    pub fn can_be_repeated(&self) -> bool {
        matches!(self, Self::File(..))
    }

    /// Sends the content; what the server said when it took it.
    ///
    /// # Errors
    /// After ten minutes at the latest.
    pub async fn hand_over(self) -> Result<String, Failure> {
        match self {
            Self::Smtp(offered) => {
                let taken = tokio::time::timeout(ANSWER_WITHIN, offered.hand_over()).await;
                taken.unwrap_or_else(|_| Err(silent()))
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
