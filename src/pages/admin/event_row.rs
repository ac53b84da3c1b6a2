//! A row of the audit trail in the staff pages.

use crate::http::Page;
use crate::i18n::When;
use crate::i18n::translate::Words;
use crate::identity::audit::{Recorded, Repeats};
use crate::platform::clock::Timestamp;

pub struct EventRow {
    pub event: String,
    pub at: When,
    pub place: String,
}

impl EventRow {
    pub fn of(recorded: Recorded, page: &Page, now: Timestamp) -> Self {
        let place = page.t.place(&recorded.device, &recorded.address);
        let Repeats { count, last_at } = recorded.repeats;
        Self {
            event: page.t.event_line(recorded.event.text(&page.t.event), &recorded.subject),
            at: page.when(recorded.at, now),
            place: page.t.place_of_repeats(&place, count, &page.when(last_at, now)),
        }
    }
}
