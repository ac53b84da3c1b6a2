//! Mail: what went out, what did not, and what waits.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use super::{Label, Look, Maybe, figures, set};

/// What became of an attempt to send a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailOutcome {
    Sent,
    /// It failed, and is tried again.
    PutBack,
    GivenUp,
}

pub(super) struct Mail {
    attempts: [Counter; 3],
    waiting: Maybe,
}

impl Mail {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let (attempts, waiting) = (Family::<[Label; 1], Counter>::default(), Maybe::default());
        registry.register("mail_attempts", "Attempts to send a letter", attempts.clone());
        registry.register("mails_waiting", "Letters in the outbox", waiting.clone());
        let by = |outcome| attempts.get_or_create_owned(&[("outcome", outcome)]);
        Self { attempts: ["sent", "put_back", "given_up"].map(by), waiting }
    }

    pub(super) fn see(&self, look: &Look) {
        set(&self.waiting, look.mails_waiting);
    }
}

/// Somebody tried to send a letter.
pub fn mail(outcome: MailOutcome) {
    if let Some(figures) = figures() {
        figures.mail.attempts[outcome as usize].inc();
    }
}
