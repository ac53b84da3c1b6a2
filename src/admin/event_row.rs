//! A line of the audit trail as staff see it.

use crate::clock::Timestamp;
use crate::i18n::When;
use crate::identity::audit::Recorded;
use crate::web::Page;

pub struct EventRow {
    pub event: String,
    pub at: When,
    pub place: String,
}

impl EventRow {
    pub fn of(recorded: Recorded, page: &Page, now: Timestamp) -> Self {
        let event = recorded.event.text(&page.t.event);
        let subject = &recorded.subject;
        Self {
            event: if subject.is_empty() { event.to_owned() } else { format!("{event}: {subject}") },
            at: page.t.when(recorded.at, now),
            place: place(&recorded.device, &recorded.address, page),
        }
    }
}

/// Device and address, or that it was the operator, who has neither.
pub fn place(device: &str, address: &str, page: &Page) -> String {
    let parts: Vec<&str> = [device, address].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { page.t.security.by_operator.to_owned() } else { parts.join(", ") }
}
