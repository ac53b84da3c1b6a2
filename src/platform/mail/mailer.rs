//! Queues letters in the outbox, encrypted.

use std::sync::Arc;

use lettre::message::Mailbox;
use tokio::sync::Notify;
use url::Url;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{KeyPurpose, Keys, Vault};

use super::failure::Undeliverable;
use super::letter::Letter;
use super::message::Message;
use super::outbox;

/// Queues letters in the outbox; cheap to clone.
#[derive(Clone)]
pub struct Mailer(pub(super) Arc<MailerInner>);

pub(super) struct MailerInner {
    from: Mailbox,
    public_url: Url,
    vault: Vault,
    /// Notified when a letter was queued.
    pub wake: Notify,
}

impl Mailer {
    /// All links start with `public_url`, whatever host a request names.
    pub fn new(from: Mailbox, public_url: Url, keys: &Keys) -> Self {
        let vault = Vault::new(keys, KeyPurpose::Outbox);
        Self(Arc::new(MailerInner { from, public_url, vault, wake: Notify::new() }))
    }

    /// The absolute URL of a page of this server.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.0.public_url.as_str().trim_end_matches('/'))
    }

    /// The host of this server.
    pub fn host(&self) -> &str {
        self.0.public_url.host_str().unwrap_or_default()
    }

    /// Queues a letter, to be sent after the transaction of `conn` is committed. An address that cannot receive mail is
    /// only logged: it must not undo the change that the letter reports.
    pub fn queue(
        &self,
        conn: &mut Conn,
        to: &str,
        letter: &Letter,
        now: Timestamp,
    ) -> diesel::QueryResult<()> {
        let message = match letter.compose(&self.0.from, to, now) {
            Ok(message) => message,
            Err(error) => {
                tracing::warn!(%error, "mail could not be queued");
                return Ok(());
            }
        };
        let retry_time =
            letter.good_for.map_or(outbox::MAX_RETRY_TIME, |seconds| seconds.min(outbox::MAX_RETRY_TIME));
        outbox::put(conn, &message.id, &self.0.seal(&message), now, now + retry_time)?;
        // The worker takes letters in a write of its own, so it runs after this commit.
        self.0.wake.notify_one();
        Ok(())
    }

    /// The number of letters in the outbox.
    pub fn waiting(&self, conn: &mut Conn) -> Result<u64, DbError> {
        Ok(outbox::count(conn)?.unsigned_abs())
    }

    /// When the letters were queued that were tried and could not be sent, the oldest first; at most `count`.
    pub fn failing(&self, conn: &mut Conn, count: i64) -> Result<Vec<Timestamp>, DbError> {
        Ok(outbox::failing(conn, count)?)
    }

    /// The message of a letter, for sending without the outbox.
    pub fn compose(&self, to: &str, letter: &Letter, now: Timestamp) -> Result<Message, Undeliverable> {
        letter.compose(&self.0.from, to, now)
    }
}

/// Re-encrypts every letter in the outbox with the current key.
pub fn reseal(conn: &mut Conn, keys: &Keys) -> Result<(), DbError> {
    let vault = Vault::new(keys, KeyPurpose::Outbox);
    outbox::reseal(conn, |id, sealed| Some(vault.seal_bytes(&vault.open_bytes(sealed, id)?, id)))
}

impl MailerInner {
    /// Encrypts the message, so that the database reveals no link and no code.
    fn seal(&self, message: &Message) -> Vec<u8> {
        let plain = postcard::to_stdvec(message).expect("a message of texts and bytes can be written");
        self.vault.seal_bytes(&plain, &message.id)
    }

    /// None if the message was encrypted with an unknown key or tampered with.
    pub fn open(&self, id: &str, sealed: &[u8]) -> Option<Message> {
        postcard::from_bytes(&self.vault.open_bytes(sealed, id)?).ok()
    }
}
