//! Traces, by OpenTelemetry: a span for each request, with what it waits for in it. Nothing is made before `start`. A
//! name or an attribute is a word of this source, a status or an id of ours, never what a stranger has sent.

mod collector;
mod span;
mod start;

pub use opentelemetry::trace::SpanKind;
pub use span::{Answered, Span};
pub use start::{Traces, start};
