//! Starts tracing, and exports the remaining spans at the end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::ExporterBuildError;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{BatchSpanProcessor, Sampler, SdkTracerProvider};
use url::Url;

use super::collector::{Collector, LOST};
use super::span::TRACER;

/// Time-out for exporting the remaining spans when the server stops.
const FINAL_EXPORT: Duration = Duration::from_secs(2);

/// Spans are exported while this is held; when dropped, it exports the remaining ones.
#[derive(Debug)]
#[must_use = "tracing ends when it is dropped"]
pub struct Traces(SdkTracerProvider);

/// Starts tracing to the collector that accepts OTLP over HTTP below `endpoint`. Spans wait in a bounded queue, and a
/// separate thread exports them.
///
/// # Errors
/// If other variables of the standard (`OTEL_EXPORTER_OTLP_…`) ask for unsupported features.
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

/// Whether `start` would accept the endpoint.
pub fn check(endpoint: &Url) -> Result<(), ExporterBuildError> {
    Collector::at(endpoint).map(drop)
}

impl Drop for Traces {
    fn drop(&mut self) {
        // Errors are logged by the exporter.
        let _ = self.0.shutdown_with_timeout(FINAL_EXPORT);
        let spans = LOST.load(Ordering::Relaxed);
        if spans > 0 {
            tracing::warn!(spans, "the collector did not take all traces");
        }
    }
}
