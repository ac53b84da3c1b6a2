//! How a row of the table becomes a metric. Where labels are enums (`closed`), all series exist from the start and are
//! found by index, without a lock. Where labels are other values (`open`), a series is created at its first use.

use std::array;
use std::fmt::Debug;

use prometheus_client::encoding::{EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::TypedMetric;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry, Unit};

/// A label's name and value.
pub(super) type Label = (&'static str, &'static str);

/// A label's name and all its values.
pub(super) type Values = (&'static str, &'static [&'static str]);

/// Upper bounds of histogram buckets in seconds: from a page served from memory to a wait that users give up on.
const BOUNDS: [f64; 15] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

/// The kinds of metrics that a row may declare.
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

/// Registers a metric with a series for each combination of label values, the last label varying fastest; without
/// labels, one series.
pub(super) fn closed<M: Series, const N: usize>(
    registry: &mut Registry,
    name: &str,
    help: &str,
    labels: &[Values],
) -> [M; N] {
    if labels.is_empty() {
        let single = M::new();
        register::<M>(registry, name, help, single.clone());
        return array::from_fn(|_| single.clone());
    }
    let family = open::<Vec<Label>, M>(registry, name, help);
    array::from_fn(|index| family.get_or_create_owned(&labels_at(index, labels)))
}

/// Registers a metric whose series are created on demand.
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

fn labels_at(mut index: usize, labels: &[Values]) -> Vec<Label> {
    let label = |(name, values): &Values| {
        let value = values[index % values.len()];
        index /= values.len();
        (*name, value)
    };
    let mut found: Vec<Label> = labels.iter().rev().map(label).collect();
    found.reverse();
    found
}

/// Declares `Metrics` with a field for each row and a method that returns the series of given labels.
macro_rules! metrics {
    (
        closed { $($metric:ident $name:ident($($label:ident: $values:ty),*) $help:literal;)* }
        open { $($open_metric:ident $open:ident($($open_label:ident: $value:ty),+) $open_help:literal;)* }
    ) => {
        /// Every counter, gauge and histogram that the process updates.
        pub struct Metrics {
            registry: Registry,
            started_at: Timestamp,
            $($name: [$metric; 1 $(* <$values>::VARIANTS.len())*],)*
            $($open: Family<labels_of::$open::Labels, $open_metric>,)*
        }

        impl Metrics {
            fn new(mut registry: Registry, started_at: Timestamp) -> Self {
                $(let $name = table::closed(
                    &mut registry,
                    stringify!($name),
                    $help,
                    &[$((stringify!($label), <$values>::VARIANTS)),*],
                );)*
                $(let $open = table::open(&mut registry, stringify!($open), $open_help);)*
                Self { registry, started_at, $($name,)* $($open,)* }
            }

            $(#[doc = $help]
            pub fn $name(&self $(, $label: $values)*) -> &$metric {
                let index = 0;
                $(let index = index * <$values>::VARIANTS.len() + $label as usize;)*
                &self.$name[index]
            })*

            $(#[doc = $open_help]
            pub fn $open(&self, $($open_label: $value),+) -> impl Deref<Target = $open_metric> {
                self.$open.get_or_create(&labels_of::$open::Labels { $($open_label),+ })
            })*
        }

        mod labels_of {
            $(pub mod $open {
                #[derive(Clone, Debug, PartialEq, Eq, Hash, prometheus_client::encoding::EncodeLabelSet)]
                pub struct Labels { $(pub $open_label: $value),+ }
            })*
        }
    };
}

pub(super) use metrics;
