//! A row of the audit trail in the staff pages.

use crate::http::Page;
use crate::i18n::When;
use crate::i18n::translate::Words;
use crate::identity::audit::{Event, Recorded, Repeats};
use crate::platform::clock::Timestamp;

pub struct EventRow {
    pub event: String,
    pub at: When,
    pub place: String,
    pub tone: &'static str,
    pub icon: &'static str,
}

impl EventRow {
    pub fn of(recorded: Recorded, page: &Page, now: Timestamp) -> Self {
        let place = page.t.place(&recorded.device, &recorded.address);
        let Repeats { count, last_at } = recorded.repeats;
        let tone = tone(recorded.event);
        Self {
            tone,
            icon: if tone.is_empty() { "log" } else { "warning" },
            event: page.t.event_line(recorded.event.text(&page.t.event), &recorded.subject),
            at: page.when(recorded.at, now),
            place: page.t.place_of_repeats(&place, count, &page.when(last_at, now).ago),
        }
    }
}

/// Whether staff should look: at failures, and at what staff, operators or a recovery did to an account.
pub fn tone(event: Event) -> &'static str {
    use Event::{
        AllEnded, AppCodeReused, AppRefreshReused, Demoted, Disabled, FactorsRemoved, KeysForgotten,
        PasswordFailed, PasswordLinkShown, PasswordRequired, Promoted, RecoveryCodeUsed, RecoveryStarted,
        RefreshReused, SecondFactorFailed, ShownLinkUsed, SignInFailed,
    };
    match event {
        SignInFailed | PasswordFailed | SecondFactorFailed | RefreshReused | AppCodeReused
        | AppRefreshReused => "bad",
        AllEnded | Demoted | Disabled | FactorsRemoved | KeysForgotten | PasswordLinkShown
        | PasswordRequired | Promoted | RecoveryCodeUsed | RecoveryStarted | ShownLinkUsed => "warn",
        _ => "",
    }
}
