//! Export to the collector by OTLP over HTTP. Spans that it does not accept are counted and dropped.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter as Export};
use ureq::Agent;
use url::Url;

use crate::platform::outage::Outage;

/// Time-out for a batch.
const PATIENCE: Duration = Duration::from_secs(5);
/// Maximum size of the collector's response in bytes.
const LONGEST_ANSWER: u64 = 64 * 1024;

/// Spans that the collector did not accept.
pub(super) static LOST: AtomicU64 = AtomicU64::new(0);

static OUTAGE: Outage = Outage::new("the collector does not take traces", "the collector takes traces again");

#[derive(Debug)]
pub(super) struct Collector(SpanExporter);

impl Collector {
    pub(super) fn at(endpoint: &Url) -> Result<Self, ExporterBuildError> {
        let traces = format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/'));
        let agent = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .build();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client(agent.into()))
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(traces)
            .with_timeout(PATIENCE)
            .build()?;
        Ok(Self(exporter))
    }
}

impl Export for Collector {
    /// The total of what is lost is logged at the end.
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len() as u64;
        match self.0.export(batch).await {
            Ok(()) => OUTAGE.worked(),
            Err(error) => {
                LOST.fetch_add(spans, Ordering::Relaxed);
                OUTAGE.failed(&error);
            }
        }
        Ok(())
    }

    fn shutdown(&self) -> OTelSdkResult {
        self.0.shutdown()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.set_resource(resource);
    }
}

#[derive(Debug)]
struct Client(Agent);

#[async_trait]
impl HttpClient for Client {
    /// Blocks: the thread that exports spans has nothing else to do.
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (head, mut body) = self.0.run(request.map(Vec::from))?.into_parts();
        let bytes = body.with_config().limit(LONGEST_ANSWER).read_to_vec()?;
        Ok(Response::from_parts(head, bytes.into()))
    }
}
