//! Writes letters into the outbox, sealed.

use std::sync::Arc;

use lettre::message::Mailbox;
use tokio::sync::Notify;
use url::Url;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{Keys, Purpose, Vault};

use super::letter::{Letter, Undeliverable};
use super::message::Message;
use super::outbox;

/// How long a letter is tried before it is given up, in seconds.
const TRIED_FOR: i64 = 24 * 3600;

/// Writes letters into the outbox; cheap to clone.
#[derive(Clone)]
pub struct Mailer(pub(super) Arc<Desk>);

pub(super) struct Desk {
    from: Mailbox,
    public_url: Url,
    vault: Vault,
    /// Rung when a letter was queued.
    pub bell: Notify,
}

impl Mailer {
    /// `public_url` is where every link leads, whatever host a request names.
    pub fn new(from: Mailbox, public_url: Url, keys: &Keys) -> Self {
        let vault = Vault::new(keys, Purpose::Outbox);
        Self(Arc::new(Desk { from, public_url, vault, bell: Notify::new() }))
    }

    /// The address of one of our own pages.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.0.public_url.as_str().trim_end_matches('/'))
    }

    /// Queues a letter, to be sent once what `conn` is within has been committed. An address that no mail can be sent to
    /// is told to the log alone: it must not undo what the letter tells of.
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
                tracing::warn!(%error, "a letter cannot be sent");
                return Ok(());
            }
        };
        let tried_for = letter.good_for.map_or(TRIED_FOR, |seconds| seconds.min(TRIED_FOR));
        outbox::put(conn, &message.id, &self.0.close(&message), now, now + tried_for)?;
        // The worker writes in turn, so it looks after this is committed.
        self.0.bell.notify_one();
        Ok(())
    }

    /// How many letters wait to be sent.
    pub fn waiting(&self, conn: &mut Conn) -> Result<u64, DbError> {
        Ok(outbox::count(conn)?.unsigned_abs())
    }

    /// A letter as it would be sent, to be sent at once.
    pub fn compose(&self, to: &str, letter: &Letter, now: Timestamp) -> Result<Message, Undeliverable> {
        letter.compose(&self.0.from, to, now)
    }
}

/// Seals every waiting letter anew, by the keys in use.
pub fn reseal(conn: &mut Conn, keys: &Keys) -> Result<(), DbError> {
    let vault = Vault::new(keys, Purpose::Outbox);
    outbox::reseal(conn, |id, sealed| Some(vault.seal_bytes(&vault.open_bytes(sealed, id)?, id)))
}

impl Desk {
    /// Whoever reads the database reads no link and no code in it.
    fn close(&self, message: &Message) -> Vec<u8> {
        let plain = postcard::to_stdvec(message).expect("a message of texts and bytes can be written");
        self.vault.seal_bytes(&plain, &message.id)
    }

    /// Nothing if it was sealed with another key, or tampered with.
    pub fn open(&self, id: &str, sealed: &[u8]) -> Option<Message> {
        postcard::from_bytes(&self.vault.open_bytes(sealed, id)?).ok()
    }
}
