//! The near cache: what it had, what it had not, and what it dropped.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::{Label, Look, figures};

/// What is kept in it.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Session,
    User,
}

/// What is dropped at once.
#[derive(Clone, Copy, Debug)]
pub enum Dropped {
    One(Kind),
    Everything,
}

pub(super) struct NearCache {
    /// By kind, for these are counted with every request: misses, then hits.
    lookups: [[Counter; 2]; 2],
    /// By kind, and everything at once.
    drops: [Counter; 3],
    entries: [Gauge; 2],
    bytes: Gauge,
    bypassed: Gauge,
}

const KINDS: [&str; 2] = ["session", "user"];

impl NearCache {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let lookups = Family::<[Label; 2], Counter>::default();
        let drops = Family::<[Label; 1], Counter>::default();
        let entries = Family::<[Label; 1], Gauge>::default();
        let (bytes, bypassed) = (Gauge::default(), Gauge::default());
        registry.register("near_cache_lookups", "What the near cache was asked for", lookups.clone());
        registry.register(
            "near_cache_drops",
            "What it was told to forget, for it has changed",
            drops.clone(),
        );
        registry.register("near_cache_entries", "What it holds", entries.clone());
        registry.register("near_cache_bytes", "What that takes in memory", bytes.clone());
        let help = "1 while nobody would tell it of a change, so that it is not asked";
        registry.register("near_cache_bypassed", help, bypassed.clone());
        let lookup = |kind, outcome| lookups.get_or_create_owned(&[("kind", kind), ("outcome", outcome)]);
        Self {
            lookups: KINDS.map(|kind| ["miss", "hit"].map(|outcome| lookup(kind, outcome))),
            drops: ["session", "user", "everything"].map(|kind| drops.get_or_create_owned(&[("kind", kind)])),
            entries: KINDS.map(|kind| entries.get_or_create_owned(&[("kind", kind)])),
            bytes,
            bypassed,
        }
    }

    pub(super) fn see(&self, look: &Look) {
        let [sessions, users] = &self.entries;
        sessions.set(look.cached_sessions as i64);
        users.set(look.cached_users as i64);
        self.bytes.set(look.cached_bytes as i64);
        self.bypassed.set(look.cache_bypassed.into());
    }
}

/// The near cache was asked, and had it or not.
pub fn looked_up(kind: Kind, hit: bool) {
    if let Some(figures) = figures() {
        figures.near_cache.lookups[kind as usize][usize::from(hit)].inc();
    }
}

/// The near cache was told to forget.
pub fn dropped(dropped: Dropped) {
    if let Some(figures) = figures() {
        let place = match dropped {
            Dropped::One(kind) => kind as usize,
            Dropped::Everything => 2,
        };
        figures.near_cache.drops[place].inc();
    }
}
