//! How a row of the table becomes a metric. Where labels are enums, all series exist from the start and each is found by its
//! place, without a lock; where they are words of other rooms, a series exists from its first use.

use std::array;
use std::fmt::Debug;

use prometheus_client::encoding::{EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::TypedMetric;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry, Unit};

/// One label: its name, and a word of this source.
pub(super) type Label = (&'static str, &'static str);

/// A label's name, and every word that it may have.
pub(super) type Words = (&'static str, &'static [&'static str]);

/// Upper bounds of what is timed, in seconds: from a page out of memory to what somebody gives up on.
const BOUNDS: [f64; 15] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

/// What a row may be.
pub(super) trait Series: EncodeMetric + TypedMetric + Clone + Debug + Send + Sync + 'static {
    const UNIT: Option<Unit> = None;

    fn new() -> Self;
}

impl Series for Counter {
    fn new() -> Self {
        Self::default()
    }
}

impl Series for Gauge {
    fn new() -> Self {
        Self::default()
    }
}

impl Series for Histogram {
    const UNIT: Option<Unit> = Some(Unit::Seconds);

    fn new() -> Self {
        Self::new(BOUNDS)
    }
}

/// Registers a metric with a series for each combination of words, the last label's first; without labels, one series.
pub(super) fn closed<M: Series, const N: usize>(
    registry: &mut Registry,
    name: &str,
    help: &str,
    labels: &[Words],
) -> [M; N] {
    if labels.is_empty() {
        let alone = M::new();
        register::<M>(registry, name, help, alone.clone());
        return array::from_fn(|_| alone.clone());
    }
    let family = open::<Vec<Label>, M>(registry, name, help);
    array::from_fn(|place| family.get_or_create_owned(&labels_at(place, labels)))
}

/// Registers a metric whose series are made as they are needed.
pub(super) fn open<L, M: Series>(registry: &mut Registry, name: &str, help: &str) -> Family<L, M>
where
    L: EncodeLabelSet + Clone + std::hash::Hash + Eq + Debug + Send + Sync + 'static,
{
    let family = Family::new_with_constructor(M::new as fn() -> M);
    register::<M>(registry, name, help, family.clone());
    family
}

fn register<M: Series>(registry: &mut Registry, name: &str, help: &str, metric: impl Metric) {
    match M::UNIT {
        Some(unit) => registry.register_with_unit(name, help, unit, metric),
        None => registry.register(name, help, metric),
    }
}

fn labels_at(mut place: usize, labels: &[Words]) -> Vec<Label> {
    let word = |(name, words): &Words| {
        let word = words[place % words.len()];
        place /= words.len();
        (*name, word)
    };
    let mut found: Vec<Label> = labels.iter().rev().map(word).collect();
    found.reverse();
    found
}

/// Declares `Figures` with a field for each row, and a method that finds its series.
macro_rules! figures {
    (
        closed { $($metric:ident $name:ident($($label:ident: $words:ty),*) $help:literal;)* }
        open { $($open_metric:ident $open:ident($($open_label:ident: $word:ty),+) $open_help:literal;)* }
    ) => {
        /// Everything that is counted and timed.
        pub struct Figures {
            registry: Registry,
            started_at: Timestamp,
            $($name: [$metric; 1 $(* <$words>::VARIANTS.len())*],)*
            $($open: Family<labels_of::$open::Labels, $open_metric>,)*
        }

        impl Figures {
            fn new(mut registry: Registry, started_at: Timestamp) -> Self {
                $(let $name = table::closed(
                    &mut registry,
                    stringify!($name),
                    $help,
                    &[$((stringify!($label), <$words>::VARIANTS)),*],
                );)*
                $(let $open = table::open(&mut registry, stringify!($open), $open_help);)*
                Self { registry, started_at, $($name,)* $($open,)* }
            }

            $(#[doc = $help]
            pub fn $name(&self $(, $label: $words)*) -> &$metric {
                let place = 0;
                $(let place = place * <$words>::VARIANTS.len() + $label as usize;)*
                &self.$name[place]
            })*

            $(#[doc = $open_help]
            pub fn $open(&self, $($open_label: $word),+) -> impl Deref<Target = $open_metric> {
                self.$open.get_or_create(&labels_of::$open::Labels { $($open_label),+ })
            })*
        }

        mod labels_of {
            $(pub mod $open {
                #[derive(Clone, Debug, PartialEq, Eq, Hash, prometheus_client::encoding::EncodeLabelSet)]
                pub struct Labels { $(pub $open_label: $word),+ }
            })*
        }
    };
}

pub(super) use figures;
