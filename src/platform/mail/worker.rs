//! Sends the letters in the outbox. Several processes may do so concurrently: each letter is leased. A letter whose
//! worker died while sending the content is not sent again, because the server may have accepted it.

#![expect(clippy::disallowed_methods, reason = "no cache holds the outbox")]

use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::watch;

use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Conn, Db, DbError, Locks};
use crate::platform::keys::random_id;
use crate::platform::metrics::{self, MailOutcome};
use crate::platform::outage::Outage;

use super::failure::Failure;
use super::mailer::Mailer;
use super::outbox::{self, Leased};
use super::transport::Transport;

/// Letters sent concurrently, so that a slow one does not delay the others.
const PARALLEL_SENDS: usize = 4;
/// How often to look for due letters, including those queued by other processes.
const POLL_EVERY: Duration = Duration::from_secs(1);
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);

static OUTAGE: Outage = Outage::new("the outbox cannot be read", "the outbox is read again");

/// Whether the clock may be wrong.
pub type ClockDoubt = fn(&mut Conn, Timestamp) -> Result<bool, DbError>;

/// Sends letters from the outbox until it is stopped.
pub struct Worker {
    db: Db,
    clock: Clock,
    is_clock_doubted: ClockDoubt,
    mailer: Mailer,
    transport: Transport,
    stopping: watch::Sender<bool>,
}

impl Worker {
    /// While the clock is doubted, no letter is given up because it is too late.
    pub fn new(
        db: Db,
        (clock, is_clock_doubted): (Clock, ClockDoubt),
        mailer: Mailer,
        transport: Transport,
    ) -> Self {
        Self { db, clock, is_clock_doubted, mailer, transport, stopping: watch::Sender::new(false) }
    }

    /// Where mail is delivered, for the log.
    pub fn destination(&self) -> String {
        self.transport.described()
    }

    /// Finishes the letters being sent and takes no others.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Runs until it is stopped.
    pub async fn run(&self) {
        join_all((0..PARALLEL_SENDS).map(|_| self.work())).await;
    }

    async fn work(&self) {
        let mut stopping = self.stopping.subscribe();
        while !*stopping.borrow() {
            let pause = match self.send_all_due(&stopping).await {
                Ok(()) => {
                    OUTAGE.worked();
                    POLL_EVERY
                }
                Err(error) => {
                    OUTAGE.failed(&error);
                    PAUSE_AFTER_ERROR
                }
            };
            tokio::select! {
                () = self.mailer.0.wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
                _ = stopping.changed() => {}
            }
        }
    }

    async fn send_all_due(&self, stopping: &watch::Receiver<bool>) -> Result<(), DbError> {
        while !*stopping.borrow() {
            let now = self.clock.now();
            if !self.db.run(move |conn| Ok::<_, DbError>(outbox::is_any_due(conn, now)?)).await? {
                return Ok(());
            }
            let lease = random_id();
            let name = lease.clone();
            let leased = self.db.write_with(Locks::named("outbox", ""), move |conn| {
                outbox::correct_times(conn, now)?;
                let unconfirmed = outbox::remove_unconfirmed(conn, now)?;
                Ok::<_, DbError>((unconfirmed, outbox::lease(conn, &name, now)?))
            });
            let (unconfirmed, leased) = leased.await?;
            for message_id in unconfirmed {
                tracing::warn!(%message_id, "mail was handed over, and its sender ended before the answer; it is not sent again");
            }
            let Some(leased) = leased else { return Ok(()) };
            self.send(leased, lease).await?;
        }
        Ok(())
    }

    async fn send(&self, leased: Leased, lease: String) -> Result<(), DbError> {
        let message_id = &leased.message_id;
        let outcome = self.attempt(&leased, &lease).await;
        let now = self.clock.now();
        let again = match &outcome {
            Ok(_) => None,
            Err(failure) if failure.for_good => None,
            Err(_) => self.next_attempt(&leased, now).await?,
        };
        let counted = match (&outcome, again) {
            (Ok(_), _) => MailOutcome::Sent,
            (Err(_), Some(_)) => MailOutcome::Deferred,
            (Err(_), None) => MailOutcome::Failed,
        };
        metrics::count(|m| m.mail_attempts(counted));
        match (&outcome, again) {
            (Ok(answer), _) => tracing::info!(%message_id, %answer, "mail sent"),
            (Err(error), Some(_)) if error.refuses_us => {
                tracing::error!(%message_id, %error, "the mail server refuses this server; the mail is tried again");
            }
            (Err(error), Some(_)) => tracing::warn!(%message_id, %error, "mail not sent; it is tried again"),
            (Err(error), None) => tracing::error!(%message_id, %error, "mail not sent; it is given up"),
        }
        let id = leased.id();
        let stored = self.db.write_with(Locks::named("outbox", ""), move |conn| match again {
            Some(due_at) => Ok::<_, DbError>(outbox::put_back(conn, id, &lease, due_at)?),
            None => Ok(outbox::remove(conn, id, &lease)?),
        });
        stored.await
    }

    async fn next_attempt(&self, leased: &Leased, now: Timestamp) -> Result<Option<Timestamp>, DbError> {
        if let Some(next) = leased.next_attempt(now) {
            return Ok(Some(next));
        }
        let is_doubted = self.is_clock_doubted;
        let doubted = self.db.run(move |conn| is_doubted(conn, now)).await?;
        Ok(doubted.then(|| leased.after_wait(now)))
    }

    /// The server's reply when it accepted the letter.
    async fn attempt(&self, leased: &Leased, lease: &str) -> Result<String, Failure> {
        let Some(message) = self.mailer.0.open(&leased.message_id, &leased.sealed) else {
            return Err(Failure::permanent("it was sealed with another key"));
        };
        let offered = self.transport.offer(message).await?;
        if !offered.can_be_repeated() {
            let (id, lease, now) = (leased.id(), lease.to_owned(), self.clock.now());
            let stored = self.db.write_with(Locks::named("outbox", ""), move |conn| {
                Ok::<_, DbError>(outbox::hand_over(conn, id, &lease, now)?)
            });
            if !stored.await.map_err(|error| Failure::passing(error.to_string()))? {
                return Err(Failure::passing("another worker has leased it"));
            }
        }
        offered.hand_over().await
    }
}
