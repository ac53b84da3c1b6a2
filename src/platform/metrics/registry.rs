//! Every metric that the process records as it runs, and the text that Prometheus scrapes.

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

use super::labels::{
    Access, CacheKind, Dropped, LogoutOutcome, Lookup, MailOutcome, SignInMethod, SignInOutcome, TokenCheck,
    TokenGrant, TokenOutcome, TokenState,
};
use super::snapshot::Snapshot;
use super::{process, table};

table::metrics! {
    closed {
        Counter near_cache_lookups(kind: CacheKind, outcome: Lookup) "Near cache lookups";
        Counter near_cache_drops(kind: Dropped) "Near cache invalidations";
        Histogram sql_wait(access: Access) "Time that queries wait for a connection";
        Histogram sql_duration(access: Access) "Time that queries take once they have a connection";
        Gauge sql_waiting(access: Access) "Queries waiting for a connection";
        Counter sql_refused(access: Access) "Queries rejected after waiting for a connection";
        Histogram hashing_wait() "Time that password checks wait for a thread";
        Histogram hashing_duration() "Time that password checks take once they have a thread";
        Gauge hashing_waiting() "Password checks waiting for a thread";
        Counter hashing_refused() "Password checks rejected after waiting for a thread";
        Counter sign_ins(method: SignInMethod, outcome: SignInOutcome) "Sign-in attempts, one per step";
        Counter sessions_ended() "Sessions revoked individually";
        Counter oidc_token_requests(grant: TokenGrant, outcome: TokenOutcome) "Requests of apps for tokens";
        Counter oidc_token_checks(endpoint: TokenCheck, outcome: TokenState) "Checks of tokens of apps";
        Counter oidc_logout_attempts(outcome: LogoutOutcome) "Tries to deliver logout tokens to apps";
        Counter mail_attempts(outcome: MailOutcome) "Mail delivery attempts";
    }
    open {
        Counter http_requests(route: &'static str, method: &'static str, status: u16) "HTTP requests";
        Histogram http_request_duration(route: &'static str) "Time from the head of a request to the head of its response";
        Histogram store_call_duration(store: &'static str, operation: &'static str, outcome: &'static str)
            "Time that calls to the session store take, including waits for a connection";
        Counter sessions_begun(kind: &'static str) "Sessions started";
    }
}

static METRICS: OnceLock<Metrics> = OnceLock::new();

/// Starts recording.
pub fn start() {
    METRICS.get_or_init(|| Metrics::new(Registry::with_prefix("munjigi"), Clock::default().now()));
}

pub(super) fn metrics() -> Option<&'static Metrics> {
    METRICS.get()
}

/// Increments a counter; does nothing before `start`.
pub fn count<C: Deref<Target = Counter>>(counter: impl FnOnce(&'static Metrics) -> C) {
    if let Some(metrics) = metrics() {
        counter(metrics).inc();
    }
}

/// All metrics in the text format of Prometheus and OpenMetrics; empty before `start`.
pub fn text(snapshot: &Snapshot) -> String {
    let mut output = String::new();
    if let Some(metrics) = metrics() {
        let registries = [&metrics.registry, &snapshot.registry(), &process::registry(metrics.started_at)];
        let written = registries
            .into_iter()
            .try_for_each(|registry| text::encode_registry(&mut output, registry))
            .and_then(|()| text::encode_eof(&mut output));
        if let Err(error) = written {
            tracing::error!(%error, "metrics cannot be encoded");
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_found_by_the_words_of_its_labels() {
        let metrics = Metrics::new(Registry::default(), 0);
        metrics.sign_ins(SignInMethod::SecondFactor, SignInOutcome::Expired).inc();
        metrics.near_cache_lookups(CacheKind::User, Lookup::Miss).inc();
        metrics.sessions_ended().inc();
        metrics.sessions_begun("browser").inc();
        let mut text = String::new();
        text::encode_registry(&mut text, &metrics.registry).unwrap();
        let counted: Vec<&str> = text.lines().filter(|line| line.ends_with(" 1")).collect();
        let expected = [
            r#"near_cache_lookups_total{kind="user",outcome="miss"} 1"#,
            r#"sign_ins_total{method="second_factor",outcome="expired"} 1"#,
            "sessions_ended_total 1",
            r#"sessions_begun_total{kind="browser"} 1"#,
        ];
        assert_eq!(counted, expected);
        assert_eq!(text.matches("sign_ins_total{").count(), 6 * 9);
    }
}
