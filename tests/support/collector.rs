//! A collector of traces: accepts OTLP over HTTP and stores every byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;

use super::Munjigi;

pub struct Collector {
    pub url: String,
    bodies: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Collector {
    pub fn start() -> Self {
        Self::listen(true)
    }

    /// A collector that accepts every connection and never answers.
    pub fn silent() -> Self {
        Self::listen(false)
    }

    fn listen(answers: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bodies = Arc::<Mutex<Vec<Vec<u8>>>>::default();
        let taken = Arc::clone(&bodies);
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for stream in listener.incoming().map_while(Result::ok) {
                let taken = Arc::clone(&taken);
                match answers {
                    true => drop(std::thread::spawn(move || take(stream, &taken))),
                    false => held.push(stream),
                }
            }
        });
        Self { url, bodies }
    }

    /// A server that sends its traces here, without delaying any request.
    pub fn command(&self, data: &Path) -> Command {
        let mut command = Munjigi::command(data);
        command
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", &self.url)
            .env("OTEL_BSP_SCHEDULE_DELAY", "50")
            .env("MUNJIGI_LOG", "warn");
        command
    }

    /// Every byte received.
    pub fn raw(&self) -> Vec<u8> {
        self.bodies.lock().unwrap().concat()
    }

    pub fn requests(&self) -> Vec<ExportTraceServiceRequest> {
        let bodies = self.bodies.lock().unwrap();
        bodies.iter().map(|body| ExportTraceServiceRequest::decode(body.as_slice()).unwrap()).collect()
    }

    pub fn spans(&self) -> Vec<Span> {
        let resources = self.requests().into_iter().flat_map(|request| request.resource_spans);
        resources.flat_map(|resource| resource.scope_spans).flat_map(|scope| scope.spans).collect()
    }

    /// The span of the request with this id, once it has arrived, and all its children.
    pub async fn trace(&self, request_id: &str) -> (Span, Vec<Span>) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let spans = self.spans();
            let is_it = |span: &&Span| word(&span.attributes, "munjigi.request_id") == request_id;
            if let Some(root) = spans.iter().find(is_it) {
                // Spans that ended before the request's own arrive before it.
                let is_below = |span: &&Span| span.trace_id == root.trace_id && span.span_id != root.span_id;
                return (root.clone(), spans.iter().filter(is_below).cloned().collect());
            }
            assert!(Instant::now() < deadline, "{request_id} is not among {} spans", spans.len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The text, or the number, of an attribute; empty without one.
pub fn word(attributes: &[KeyValue], key: &str) -> String {
    let found = attributes.iter().find(|attribute| attribute.key == key);
    match found.and_then(|attribute| attribute.value.clone()?.value) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Reads requests from a connection until it is closed.
fn take(stream: TcpStream, bodies: &Mutex<Vec<Vec<u8>>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).unwrap_or(0) == 0 {
                return;
            }
        }
        assert!(head.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{head}");
        let head = head.to_lowercase();
        assert!(head.contains("content-type: application/x-protobuf"), "{head}");
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut body).unwrap();
        bodies.lock().unwrap().push(body);
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
        if writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}
