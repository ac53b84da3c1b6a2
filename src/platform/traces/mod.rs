//! Traces with OpenTelemetry: a span for each request, with child spans for what it waits for. No spans exist before
//! `start`. Names and attributes come from this source or are status codes and ids of this server, never from a
//! request.

mod collector;
mod span;
mod start;

pub use opentelemetry::trace::SpanKind;
pub use span::{Answered, Span, carried};
pub use start::{Traces, check, start};
