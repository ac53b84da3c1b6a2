//! Duration and outcome of calls to the session store.

use std::future::Future;
use std::pin::pin;
use std::time::Instant;

use crate::platform::traces::{Span, SpanKind};

use super::registry::metrics;

/// An error with a label value for its kind.
pub trait ErrorLabel {
    fn label(&self) -> &'static str;
}

/// Times and traces a call to the store.
pub async fn store_call<T, E: ErrorLabel>(
    store: &'static str,
    operation: &'static str,
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let call = pin!(call);
    let span = Span::within(SpanKind::Client, || format!("session store {operation}"));
    span.describe("munjigi.store", store);
    let timed = metrics().map(|metrics| (metrics, Instant::now()));
    let done = span.around(call).await;
    let outcome = done.as_ref().map_or_else(E::label, |_| "ok");
    if done.is_err() {
        span.fail(outcome);
    }
    if let Some((metrics, started)) = timed {
        let duration = metrics.store_call_duration(store, operation, outcome);
        duration.observe(started.elapsed().as_secs_f64());
    }
    done
}
