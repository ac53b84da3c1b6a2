//! Calls to the session store: how long they take, and how they end.

use std::future::Future;
use std::pin::pin;
use std::time::Instant;

use crate::platform::traces::{Span, SpanKind};

use super::figures::figures;

/// An error that has a word for what went wrong.
pub trait Failing {
    fn word(&self) -> &'static str;
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
        let duration = figures.store_call_duration(store, operation, outcome);
        duration.observe(started.elapsed().as_secs_f64());
    }
    done
}
