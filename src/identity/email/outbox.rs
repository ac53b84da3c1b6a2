//! Queues letters in the write that causes them.

use std::sync::Arc;

use crate::identity::audit::Client;
use crate::identity::unit_of_work::Write;
use crate::platform::db::DbError;
use crate::platform::mail::Mailer;

use super::letter::{Letter, Notice, RenderLetter};
use super::notice_limits::{self, Allowed};
use super::recipient::{Owner, Recipient};

/// Cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    mailer: Mailer,
    render: Arc<dyn RenderLetter>,
    /// Whether people verify their addresses. If so, an unverified one gets no notices.
    verifies: bool,
    /// Whether there is a mail server. Without one, letters are files that only the operator reads.
    delivers: bool,
}

impl Outbox {
    pub fn new(mailer: Mailer, render: Arc<dyn RenderLetter>, (verifies, delivers): (bool, bool)) -> Self {
        Self { mailer, render, verifies, delivers }
    }

    /// Whether letters reach people.
    pub fn delivers(&self) -> bool {
        self.delivers
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

    /// Queues a notice of this client's action; none if the operator performs it, whose notices are not limited. An
    /// address that may be someone else's gets no notices, and any mailbox a limited number.
    pub(in crate::identity) fn notify(
        &self,
        write: &mut Write<'_>,
        owner: &Owner,
        notice: Notice,
        client: Option<&Client>,
    ) -> Result<(), DbError> {
        let allowed = match client {
            None => Allowed::Yes,
            Some(_) if self.verifies && !owner.is_verified => Allowed::No,
            Some(_) => notice_limits::acquire(write, owner, notice)?,
        };
        if allowed == Allowed::No {
            return Ok(());
        }
        let (at, client, is_last) = (write.now(), client.cloned(), allowed == Allowed::Last);
        self.queue(write, &owner.recipient, &Letter::Notice { notice, at, client, is_last })
    }
}
