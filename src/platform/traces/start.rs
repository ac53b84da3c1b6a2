//! Begins to trace, and sends what is left at the end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::ExporterBuildError;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{BatchSpanProcessor, Sampler, SdkTracerProvider};
use url::Url;

use super::collector::{Collector, LOST};
use super::span::TRACER;

/// What is left when the server stops gets so long to arrive.
const LAST_POST: Duration = Duration::from_secs(2);

/// Spans are sent for as long as this is held; dropped, it sends what is left.
#[derive(Debug)]
#[must_use = "dropped, it ends the traces"]
pub struct Traces(SdkTracerProvider);

/// Begins to trace, for the collector whose OTLP over HTTP is below `endpoint`. Spans wait for their turn in a bounded
/// queue, and a thread of their own sends them.
///
/// # Errors
/// The standard's other variables (`OTEL_EXPORTER_OTLP_…`) ask for what there is not.
pub fn start(endpoint: &Url) -> Result<Traces, ExporterBuildError> {
    let processor = BatchSpanProcessor::builder(Collector::at(endpoint)?).build();
    let resource = Resource::builder()
        .with_service_name(env!("CARGO_PKG_NAME"))
        .with_attribute(opentelemetry::KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    let provider = SdkTracerProvider::builder()
        .with_span_processor(processor)
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOn)))
        .with_resource(resource)
        .build();
    TRACER.get_or_init(|| provider.tracer(env!("CARGO_PKG_NAME")));
    Ok(Traces(provider))
}

impl Drop for Traces {
    fn drop(&mut self) {
        // What goes wrong there is logged there.
        let _ = self.0.shutdown_with_timeout(LAST_POST);
        let spans = LOST.load(Ordering::Relaxed);
        if spans > 0 {
            tracing::warn!(spans, "the collector did not take all traces");
        }
    }
}
