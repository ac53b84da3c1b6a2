//! Queues letters in the write that causes them.

use std::sync::Arc;

use crate::identity::audit::Client;
use crate::identity::unit_of_work::Write;
use crate::platform::db::DbError;
use crate::platform::mail::Mailer;

use super::letter::{Letter, Notice, RenderLetter};
use super::recipient::Recipient;

/// Cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    mailer: Mailer,
    render: Arc<dyn RenderLetter>,
}

impl Outbox {
    pub fn new(mailer: Mailer, render: Arc<dyn RenderLetter>) -> Self {
        Self { mailer, render }
    }

    /// Queues a letter; it is sent once the write is committed.
    pub(in crate::identity) fn queue(
        &self,
        write: &mut Write<'_>,
        to: &Recipient,
        letter: &Letter,
    ) -> Result<(), DbError> {
        let (now, rendered) = (write.now(), self.render.render(letter, to, &self.mailer));
        Ok(self.mailer.queue(write.uncached(), &to.address, &rendered, now)?)
    }

    /// Queues a notice of this client's action; none if the operator performs it.
    pub(in crate::identity) fn notify(
        &self,
        write: &mut Write<'_>,
        to: &Recipient,
        notice: Notice,
        client: Option<&Client>,
    ) -> Result<(), DbError> {
        let letter = Letter::Notice { notice, at: write.now(), client: client.cloned() };
        self.queue(write, to, &letter)
    }
}
