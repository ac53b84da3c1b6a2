//! What nobody counts but is looked at whenever someone asks.

use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::registry::Registry;

use super::table::Label;

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

impl Look {
    /// A gauge is absent while nobody knows its value.
    pub(super) fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix("munjigi");
        let (build, entries) = (Family::<[Label; 1], Gauge>::default(), Family::<[Label; 1], Gauge>::default());
        build.get_or_create(&[("version", env!("CARGO_PKG_VERSION"))]).set(1);
        entries.get_or_create(&[("kind", "session")]).set(self.cached_sessions as i64);
        entries.get_or_create(&[("kind", "user")]).set(self.cached_users as i64);
        registry.register("build_info", "What runs", build);
        registry.register("near_cache_entries", "What it holds", entries);
        let bypassed = "1 while nobody would tell it of a change, so that it is not asked";
        let gauges = [
            ("near_cache_bytes", "What that takes in memory", Some(self.cached_bytes)),
            ("near_cache_bypassed", bypassed, Some(self.cache_bypassed.into())),
            ("mails_waiting", "Letters in the outbox", self.mails_waiting),
            ("sessions", "Sessions in the embedded store", self.sessions),
        ];
        for (name, help, value) in gauges {
            if let Some(value) = value {
                registry.register(name, help, ConstGauge::new(value));
            }
        }
        registry
    }
}
