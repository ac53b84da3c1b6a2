//! Every metric that the process counts by itself, and their text for Prometheus.

use std::ops::Deref;
use std::sync::OnceLock;

use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use strum::VariantNames;

use crate::platform::clock::{Clock, Timestamp};

use super::labels::{Access, Dropped, Kind, Lookup, MailOutcome, Outcome, Way};
use super::look::Look;
use super::{process, table};

table::figures! {
    closed {
        Counter near_cache_lookups(kind: Kind, outcome: Lookup) "What the near cache was asked for";
        Counter near_cache_drops(kind: Dropped) "What it was told to forget, for it has changed";
        Histogram sql_wait(access: Access) "Waits for a turn to ask SQL";
        Histogram sql_duration(access: Access) "Work in SQL, once it was its turn";
        Gauge sql_waiting(access: Access) "Work that waits for a turn to ask SQL";
        Counter sql_refused(access: Access) "Work for SQL whose turn did not come in time";
        Histogram hashing_wait() "Waits for a turn to hash";
        Histogram hashing_duration() "Hashing, once begun";
        Gauge hashing_waiting() "Passwords that wait for a turn";
        Counter hashing_refused() "Passwords whose turn did not come in time";
        Counter sign_ins(way: Way, outcome: Outcome) "Attempts to sign in, each stage by itself";
        Counter sessions_ended() "Sessions that were ended one by one";
        Counter mail_attempts(outcome: MailOutcome) "Attempts to send a letter";
    }
    open {
        Counter http_requests(route: &'static str, method: &'static str, status: u16) "Requests answered";
        Histogram http_request_duration(route: &'static str) "From a request's head to its answer's";
        Histogram store_call_duration(store: &'static str, operation: &'static str, outcome: &'static str)
            "Calls to the session store, a wait for SQL's turn included";
        Counter sessions_begun(kind: &'static str) "Sessions that began";
    }
}

static FIGURES: OnceLock<Figures> = OnceLock::new();

/// Begins to count.
pub fn start() {
    FIGURES.get_or_init(|| Figures::new(Registry::with_prefix("munjigi"), Clock::default().now()));
}

pub(super) fn figures() -> Option<&'static Figures> {
    FIGURES.get()
}

/// Counts one more.
pub fn count<C: Deref<Target = Counter>>(of: impl FnOnce(&'static Figures) -> C) {
    if let Some(figures) = figures() {
        of(figures).inc();
    }
}

/// Everything so far, in the text format of Prometheus and OpenMetrics; nothing before `start`.
pub fn text(look: &Look) -> String {
    let mut told = String::new();
    if let Some(figures) = figures() {
        let registries = [&figures.registry, &look.registry(), &process::registry(figures.started_at)];
        let written = registries
            .into_iter()
            .try_for_each(|registry| text::encode_registry(&mut told, registry))
            .and_then(|()| text::encode_eof(&mut told));
        if let Err(error) = written {
            tracing::error!(%error, "metrics cannot be written");
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_found_by_the_words_of_its_labels() {
        let figures = Figures::new(Registry::default(), 0);
        figures.sign_ins(Way::SecondFactor, Outcome::Over).inc();
        figures.near_cache_lookups(Kind::User, Lookup::Miss).inc();
        figures.sessions_ended().inc();
        figures.sessions_begun("browser").inc();
        let mut text = String::new();
        text::encode_registry(&mut text, &figures.registry).unwrap();
        let counted: Vec<&str> = text.lines().filter(|line| line.ends_with(" 1")).collect();
        let expected = [
            r#"near_cache_lookups_total{kind="user",outcome="miss"} 1"#,
            r#"sign_ins_total{way="second_factor",outcome="over"} 1"#,
            "sessions_ended_total 1",
            r#"sessions_begun_total{kind="browser"} 1"#,
        ];
        assert_eq!(counted, expected);
        assert_eq!(text.matches("sign_ins_total{").count(), 5 * 9);
    }
}
