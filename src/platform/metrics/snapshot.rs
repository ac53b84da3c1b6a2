//! Values that are read at each scrape instead of being recorded.

use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::registry::Registry;

use super::table::Label;

/// Values that are read at each scrape.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub cached_sessions: u64,
    pub cached_users: u64,
    pub cached_bytes: u64,
    pub cache_bypassed: bool,
    /// Mail in the outbox; none if the database does not answer.
    pub mails_waiting: Option<u64>,
    /// Logout tokens that wait; none if the database does not answer.
    pub oidc_logouts_waiting: Option<u64>,
    /// Active sessions; none if the store cannot count them cheaply.
    pub sessions: Option<u64>,
    /// None if that is not known.
    pub database_writable: Option<bool>,
    /// None without Redis.
    pub redis_writable: Option<bool>,
}

impl Snapshot {
    /// The gauges; one with an unknown value is left out.
    pub(super) fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix("munjigi");
        let (build, entries) =
            (Family::<[Label; 1], Gauge>::default(), Family::<[Label; 1], Gauge>::default());
        build.get_or_create(&[("version", env!("CARGO_PKG_VERSION"))]).set(1);
        entries.get_or_create(&[("kind", "session")]).set(self.cached_sessions as i64);
        entries.get_or_create(&[("kind", "user")]).set(self.cached_users as i64);
        registry.register("build_info", "Version of the server", build);
        registry.register("near_cache_entries", "Near cache entries", entries);
        let bypassed = "1 while the near cache is bypassed because it receives no change notifications";
        let gauges = [
            ("near_cache_bytes", "Memory used by near cache entries", Some(self.cached_bytes)),
            ("near_cache_bypassed", bypassed, Some(self.cache_bypassed.into())),
            ("mails_waiting", "Mail waiting in the outbox", self.mails_waiting),
            ("oidc_logouts_waiting", "Logout tokens that wait to be delivered", self.oidc_logouts_waiting),
            ("sessions", "Sessions in the embedded store", self.sessions),
            ("database_writable", "1 if the database takes writes", self.database_writable.map(u64::from)),
            ("redis_writable", "1 if Redis takes writes", self.redis_writable.map(u64::from)),
        ];
        for (name, help, value) in gauges {
            if let Some(value) = value {
                registry.register(name, help, ConstGauge::new(value));
            }
        }
        registry
    }
}
