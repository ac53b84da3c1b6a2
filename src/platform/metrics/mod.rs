//! What the process counts and times, by name. Nothing is counted before `start`; from then on a fact is one call, made
//! where it arises. A label is a word of this source or a status of ours, never what a stranger has sent.

mod calls;
mod http;
mod mail;
mod near_cache;
mod process;
mod sign_in;
mod turns;

use std::sync::OnceLock;
use std::time::Duration;

use prometheus_client::encoding::text;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::platform::clock::Clock;

pub use calls::{Failing, store_call};
pub use http::{Route, method_name, request};
pub use mail::{MailOutcome, mail};
pub use near_cache::{Dropped, Kind, dropped, looked_up};
pub use sign_in::{Outcome, Way, session_begun, session_ended, sign_in};
pub use turns::{Waiting, Work, Working, waiting_for};

/// One label: its name, and a word of this source.
type Label = (&'static str, &'static str);

/// Upper bounds of what is timed, in seconds: from a page out of memory to what somebody gives up on.
const BOUNDS: [f64; 15] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

static FIGURES: OnceLock<Figures> = OnceLock::new();

struct Figures {
    registry: Registry,
    process: Registry,
    http: http::Http,
    near_cache: near_cache::NearCache,
    store: calls::Calls,
    turns: turns::AllTurns,
    sign_ins: sign_in::SignIns,
    mail: mail::Mail,
}

/// What nobody counts but is looked at whenever someone asks.
#[derive(Clone, Debug, Default)]
pub struct Look {
    pub cached_sessions: u64,
    pub cached_users: u64,
    pub cached_bytes: u64,
    pub cache_bypassed: bool,
    /// Letters in the outbox; nothing where the database does not say.
    pub mails_waiting: Option<u64>,
    /// Live sessions, where the store counts them cheaply.
    pub sessions: Option<u64>,
}

/// Begins to count.
pub fn start() {
    FIGURES.get_or_init(Figures::new);
}

/// Everything so far, in the text format of Prometheus and OpenMetrics; nothing before `start`.
pub fn text(look: &Look) -> String {
    let mut told = String::new();
    if let Some(figures) = figures() {
        figures.near_cache.see(look);
        figures.mail.see(look);
        figures.sign_ins.see(look);
        let written = text::encode_registry(&mut told, &figures.registry)
            .and_then(|()| text::encode_registry(&mut told, &figures.process))
            .and_then(|()| text::encode_eof(&mut told));
        if let Err(error) = written {
            tracing::error!(%error, "metrics cannot be written");
        }
    }
    told
}

fn figures() -> Option<&'static Figures> {
    FIGURES.get()
}

impl Figures {
    fn new() -> Self {
        let mut registry = Registry::with_prefix("munjigi");
        let build = Family::<[Label; 1], Gauge>::default();
        build.get_or_create(&[("version", env!("CARGO_PKG_VERSION"))]).set(1);
        registry.register("build_info", "What runs", build);
        let mut process = Registry::default();
        process.register_collector(Box::new(process::Process { started_at: Clock::default().now() }));
        Self {
            http: http::Http::register(&mut registry),
            near_cache: near_cache::NearCache::register(&mut registry),
            store: calls::Calls::register(&mut registry),
            turns: turns::AllTurns::register(&mut registry),
            sign_ins: sign_in::SignIns::register(&mut registry),
            mail: mail::Mail::register(&mut registry),
            registry,
            process,
        }
    }
}

/// Times by label, from a tenth of a millisecond on.
type Times<L> = Family<L, Histogram, fn() -> Histogram>;

fn times<L: Clone + std::hash::Hash + Eq>() -> Times<L> {
    Family::new_with_constructor(|| Histogram::new(BOUNDS))
}

fn register_times<L>(registry: &mut Registry, name: &str, help: &str) -> Times<L>
where
    L: Clone + std::hash::Hash + Eq + std::fmt::Debug + Send + Sync + 'static,
    L: prometheus_client::encoding::EncodeLabelSet,
{
    let times = times();
    registry.register_with_unit(name, help, Unit::Seconds, times.clone());
    times
}

/// A gauge that is absent while nobody knows its value.
type Maybe = Family<[Label; 0], Gauge>;

fn set(gauge: &Maybe, value: Option<u64>) {
    match value {
        Some(value) => drop(gauge.get_or_create(&[]).set(value as i64)),
        None => gauge.clear(),
    }
}

fn seconds(duration: Duration) -> f64 {
    duration.as_secs_f64()
}
