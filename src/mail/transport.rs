//! The ways that a message can leave: a mail server, or a folder.

use std::path::PathBuf;
use std::time::Duration;

use super::smtp::SmtpServer;
use super::{Message, folder};

/// The longest that an attempt lasts.
const DEADLINE: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub enum Transport {
    Smtp(SmtpServer),
    Folder(PathBuf),
}

/// Why a message did not leave.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Failure {
    pub text: String,
    /// The server will not take it at any time (RFC 5321 §4.2.1: 5yz).
    pub for_good: bool,
}

impl Failure {
    pub(super) fn passing(text: impl Into<String>) -> Self {
        Self { text: text.into(), for_good: false }
    }
}

impl Transport {
    /// What the server said when it took the message.
    ///
    /// # Errors
    /// After 20 seconds at the latest.
    pub async fn send(&self, message: Message) -> Result<String, Failure> {
        match self {
            Self::Smtp(server) => {
                let sent = tokio::time::timeout(DEADLINE, server.send(&message)).await;
                sent.unwrap_or_else(|_| Err(Failure::passing("the mail server does not answer")))
            }
            Self::Folder(path) => {
                let path = path.clone();
                let written = tokio::task::spawn_blocking(move || folder::write(&path, &message)).await;
                match written {
                    Ok(Ok(())) => Ok("written".to_owned()),
                    Ok(Err(error)) => Err(Failure::passing(error.to_string())),
                    Err(error) => Err(Failure::passing(error.to_string())),
                }
            }
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
