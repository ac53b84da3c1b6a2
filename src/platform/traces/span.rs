//! A span: a request, or something that it waits for.

use std::future::Future;
use std::sync::OnceLock;

use opentelemetry::context::FutureExt;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{SpanBuilder, SpanKind, Status, TraceContextExt, Tracer};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracer;

/// Creates spans once `start` was called.
pub(super) static TRACER: OnceLock<SdkTracer> = OnceLock::new();

/// A span that ends when it is dropped. Without tracing it is empty and costs nothing.
#[derive(Debug, Default)]
#[must_use = "it ends when it is dropped"]
pub struct Span(Option<Context>);

/// How a request was answered.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// None if no route matched.
    pub route: Option<&'static str>,
    /// None if it is not a standard method.
    pub method: Option<&'static str>,
    pub status: u16,
    pub request_id: &'a str,
}

/// The only header that is read from a request.
struct Parent<'a>(&'a str);

/// Checks the format: version, trace, span and flags in lower-case hexadecimal digits. Their values are checked
/// elsewhere.
fn is_well_formed(header: &str) -> bool {
    let fits = |(place, byte): (usize, u8)| match place {
        2 | 35 | 52 => byte == b'-',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    };
    let is_longer = header.len() > 55 && !header.starts_with("00");
    (header.len() == 55 || is_longer) && header.bytes().take(55).enumerate().all(fits)
}

impl Extractor for Parent<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        (key == "traceparent").then_some(self.0)
    }

    fn keys(&self) -> Vec<&str> {
        vec!["traceparent"]
    }
}

impl Span {
    /// The span of a request. `parent` returns the `traceparent` (W3C Trace Context) of a trusted proxy; a malformed
    /// one is ignored.
    pub fn of_request<'a>(parent: impl FnOnce() -> Option<&'a str>) -> Self {
        let Some(tracer) = TRACER.get() else { return Self::default() };
        let outside = match parent().filter(|header| is_well_formed(header)) {
            Some(header) => {
                TraceContextPropagator::new().extract_with_context(&Context::new(), &Parent(header))
            }
            None => Context::new(),
        };
        let span = SpanBuilder::from_name("HTTP").with_kind(SpanKind::Server);
        Self(Some(outside.with_span(tracer.build_with_context(span, &outside))))
    }

    /// A child of the current request's span; empty outside of a request, or if that is not recorded.
    pub fn within<Name: Into<String>>(kind: SpanKind, name: impl FnOnce() -> Name) -> Self {
        let Some(tracer) = TRACER.get() else { return Self::default() };
        Context::map_current(|request| {
            let is_seen = request.span().is_recording();
            let span = || SpanBuilder::from_name(name().into()).with_kind(kind);
            Self(is_seen.then(|| request.with_span(tracer.build_with_context(span(), request))))
        })
    }

    /// Runs `work`; spans created in it become children of this one.
    pub async fn around<F: Future>(&self, work: F) -> F::Output {
        match &self.0 {
            Some(context) => work.with_context(context.clone()).await,
            None => work.await,
        }
    }

    pub fn describe(&self, key: &'static str, word: &'static str) {
        if let Some(context) = &self.0 {
            context.span().set_attribute(KeyValue::new(key, word));
        }
    }

    /// Adds an event.
    pub fn note(&self, event: &'static str) {
        if let Some(context) = &self.0 {
            context.span().add_event(event, Vec::new());
        }
    }

    /// Marks the span as failed.
    pub fn fail(&self, word: &'static str) {
        self.describe("error.type", word);
        if let Some(context) = &self.0 {
            context.span().set_status(Status::error(""));
        }
    }

    /// Records the response of a request.
    pub fn answered(&self, answered: Answered<'_>) {
        let Some(span) = self.0.as_ref().map(Context::span) else { return };
        let Answered { route, method, status, request_id } = answered;
        // The standard's names for an unknown method: HTTP and `_OTHER`.
        let (name, method) = method.map_or(("HTTP", "_OTHER"), |method| (method, method));
        span.update_name(route.map_or_else(|| name.to_owned(), |route| format!("{name} {route}")));
        span.set_attribute(KeyValue::new("http.request.method", method));
        if let Some(route) = route {
            span.set_attribute(KeyValue::new("http.route", route));
        }
        span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status)));
        span.set_attribute(KeyValue::new("munjigi.request_id", request_id.to_owned()));
        if status >= 500 {
            span.set_status(Status::error(""));
        }
    }
}

/// Runs `work` elsewhere, such as in a task of its own, within the current span.
pub fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> {
    work.with_context(Context::current())
}

impl Drop for Span {
    fn drop(&mut self) {
        if let Some(context) = &self.0 {
            context.span().end();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;
    use proptest::prelude::*;

    const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_malformed_header_is_rejected() {
        assert!(is_well_formed(GOOD));
        assert!(
            is_well_formed(&format!("01{}-what-comes-next", &GOOD[2..])),
            "a later version may be longer"
        );
        let odd =
            [String::new(), format!("{GOOD}-"), format!("{GOOD}0"), GOOD.to_uppercase(), format!(" {GOOD}")];
        for odd in odd.iter().map(String::as_str).chain(["00-1-1-01", &GOOD[..54], &GOOD.replace('-', "+")]) {
            assert!(!is_well_formed(odd), "{odd}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_byte_spoils_it(place in 0_usize..55, wrong in "[g-zA-Z+_ é]") {
            let spoilt = format!("{}{wrong}{}", &GOOD[..place], &GOOD[place + 1..]);
            prop_assert!(!is_well_formed(&spoilt));
        }
    }
}
