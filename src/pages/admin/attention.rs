//! What staff should look at, the worst first.

use crate::http::Page;
use crate::identity::accounts::AccountTotals;
use crate::identity::audit::{Counter, DailyCounts, start_of};
use crate::identity::oidc::{AppTroubles, OidcClient};
use crate::platform::clock::Timestamp;
use crate::platform::time_zone::TimeZone;

use super::paging::address;

/// A day with fewer failures is an ordinary one.
const MANY_FAILURES: i64 = 20;
/// So many times those of an ordinary day.
const UNUSUAL: i64 = 3;
/// Days back from today that are looked at for failures.
const RECENT: usize = 7;
/// Keys are replaced once a year at least.
const KEYS_OLD: i64 = 365;

/// One thing, and where it is seen to.
pub struct Alert {
    pub tone: &'static str,
    pub icon: &'static str,
    pub title: String,
    pub lead: String,
    /// Empty if no page helps.
    pub href: String,
    pub act: &'static str,
}

/// What is known of the site.
pub struct Known<'k> {
    pub days: &'k [DailyCounts],
    pub totals: AccountTotals,
    pub unprotected_staff: &'k [(i64, String)],
    /// When the emails were queued that cannot be sent.
    pub failing_mails: &'k [Timestamp],
    pub apps: &'k AppTroubles,
    pub key_age: i64,
}

impl Known<'_> {
    pub fn alerts(&self, page: &Page, now: Timestamp) -> Vec<Alert> {
        let mut alerts = Vec::new();
        alerts.extend(self.failures(page, now));
        alerts.extend(self.refused(page));
        alerts.extend(self.mails(page, now));
        alerts.extend(self.staff(page));
        alerts.extend(self.apps(page, now));
        alerts.extend(self.keys(page));
        alerts
    }

    /// A recent day with far more failures than the others.
    fn failures(&self, page: &Page, now: Timestamp) -> Option<Alert> {
        let failed = |day: &DailyCounts| day.get(Counter::SignInFailed);
        let worst = self.days.iter().rev().take(RECENT).max_by_key(|day| failed(day))?;
        let others = self.days.len() as i64 - 1;
        let usual = (self.days.iter().map(failed).sum::<i64>() - failed(worst)) / others.max(1);
        if failed(worst) < MANY_FAILURES || failed(worst) < usual * UNUSUAL {
            return None;
        }
        let start = start_of(worst.day);
        let date = TimeZone::UTC.at(start).date().to_string();
        Some(Alert {
            tone: "bad",
            icon: "warning",
            title: page.t.overview.failures_on(page.t.day_in_utc(start, now), page.t.number(failed(worst))),
            lead: page.t.overview.usually(page.t.number(usual)),
            href: address("/admin/audit", &[("event", "sign_in_failed"), ("from", &date), ("to", &date)]),
            act: page.t.overview.see,
        })
    }

    fn refused(&self, page: &Page) -> Option<Alert> {
        let refused = self.days.last()?.get(Counter::SignInRefused);
        (refused > 0).then(|| Alert {
            tone: "warn",
            icon: "lock",
            title: page.t.overview.refused_today(refused),
            lead: String::new(),
            href: "/admin/audit?event=sign_in_failed".to_owned(),
            act: page.t.overview.see,
        })
    }

    fn mails(&self, page: &Page, now: Timestamp) -> Option<Alert> {
        let oldest = page.when(*self.failing_mails.first()?, now).ago;
        Some(Alert {
            tone: "bad",
            icon: "mail",
            title: page.t.overview.mails_failing(self.failing_mails.len()),
            lead: format!("{} {}", page.t.overview.mail_waits, page.t.overview.waiting_since(&oldest)),
            href: String::new(),
            act: "",
        })
    }

    fn staff(&self, page: &Page) -> Option<Alert> {
        let (first, _) = self.unprotected_staff.first()?;
        let count = self.unprotected_staff.len() as i64;
        let names: Vec<&str> = self.unprotected_staff.iter().take(5).map(|(_, name)| name.as_str()).collect();
        Some(Alert {
            tone: "warn",
            icon: "shield",
            title: page.t.overview.staff_without(self.totals.staff.max(count), count),
            lead: names.join(", "),
            href: if count == 1 {
                format!("/admin/users/{first}")
            } else {
                "/admin/users?status=staff".to_owned()
            },
            act: page.t.overview.open,
        })
    }

    fn apps(&self, page: &Page, now: Timestamp) -> Vec<Alert> {
        let alert = |app: &OidcClient, title: String, lead: String| Alert {
            tone: "warn",
            icon: "app",
            title,
            lead,
            href: format!("/admin/apps/oidc/{}", app.client_id),
            act: page.t.overview.open,
        };
        let last = |at: Timestamp| page.t.overview.last_time(&page.when(at, now).ago);
        let untold = self.apps.untold.iter().map(|(app, failure)| {
            let given_up = if failure.given_up { page.t.overview.given_up } else { "" };
            let lead = format!("{}: {} {given_up}", last(failure.at), failure.reason);
            alert(app, page.t.overview.app_untold(&app.name), lead.trim_end().to_owned())
        });
        let refused = self.apps.refused.iter();
        let refused = refused.map(|(app, at)| alert(app, page.t.overview.app_refused(&app.name), last(*at)));
        untold.chain(refused).collect()
    }

    fn keys(&self, page: &Page) -> Option<Alert> {
        (self.key_age >= KEYS_OLD).then(|| Alert {
            tone: "warn",
            icon: "key",
            title: page.t.overview.keys_are_old(self.key_age),
            lead: page.t.overview.rotate.to_owned(),
            href: String::new(),
            act: "",
        })
    }
}
