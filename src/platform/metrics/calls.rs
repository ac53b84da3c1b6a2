//! Calls to the session store: how long they take, and how they end.

use std::future::Future;
use std::pin::pin;
use std::time::Instant;

use prometheus_client::registry::Registry;

use crate::platform::traces::{Span, SpanKind};

use super::{Label, Times, figures, register_times, seconds};

/// An error that has a word for what went wrong.
pub trait Failing {
    fn word(&self) -> &'static str;
}

pub(super) struct Calls(Times<[Label; 3]>);

impl Calls {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let help = "Calls to the session store, a wait for SQL's turn included";
        Self(register_times(registry, "store_call_duration", help))
    }
}

/// Times a call to the store, and traces it.
pub async fn store_call<T, E: Failing>(
    store: &'static str,
    operation: &'static str,
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let call = pin!(call);
    let span = Span::within(SpanKind::Client, || format!("session store {operation}"));
    span.describe("munjigi.store", store);
    let timed = figures().map(|figures| (figures, Instant::now()));
    let done = span.around(call).await;
    let outcome = done.as_ref().map_or_else(E::word, |_| "ok");
    if done.is_err() {
        span.fail(outcome);
    }
    if let Some((figures, started)) = timed {
        let labels = [("store", store), ("operation", operation), ("outcome", outcome)];
        figures.store.0.get_or_create(&labels).observe(seconds(started.elapsed()));
    }
    done
}
