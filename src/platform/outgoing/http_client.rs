//! Requests that handlers wait for, bounded in time, size and number.

use std::time::Duration;

use ureq::http::header::{CONTENT_TYPE, HeaderName};
use ureq::http::{Method, Request};
use ureq::{Agent, Error};

use crate::platform::work_queue::WorkQueue;

use super::agent;
use super::reach::Reach;
use super::trust::Trust;

/// How long a request may take, the lookup of its host included.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of an answer that are read; a longer one is an error.
const LONGEST_ANSWER: u64 = 512 * 1024;
/// Requests that run at once, and those that wait for one of them.
const THREADS: usize = 8;
const WAITING: usize = 64;

/// A request to send.
pub struct ClientRequest {
    pub url: String,
    pub reach: Reach,
    pub headers: Vec<(HeaderName, String)>,
    /// The fields of a form to post; without one it is a GET.
    pub form: Option<String>,
}

pub struct ClientResponse {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Why there is no answer. It says nothing of the request, which may hold secrets.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(String);

/// Cheap to clone. Its threads begin with the first request.
#[derive(Clone)]
pub struct HttpClient {
    queue: WorkQueue,
    named: Agent,
    public: Agent,
}

impl HttpClient {
    pub fn new(trust: &Trust) -> Self {
        let queue = WorkQueue::start("http", THREADS, WAITING, || ());
        // Providers need not know the version.
        let config = agent::config(PATIENCE).user_agent("munjigi").tls_config(trust.tls()).build();
        let agent = |reach| agent::agent(config.clone(), reach, None);
        Self { queue, named: agent(Reach::Named), public: agent(Reach::Public) }
    }

    pub async fn send(&self, request: ClientRequest) -> Result<ClientResponse, NoAnswer> {
        let agent = if request.reach == Reach::Named { self.named.clone() } else { self.public.clone() };
        let sent = self.queue.run(move || blocking(&agent, request));
        match tokio::time::timeout(PATIENCE, sent).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(NoAnswer("too many requests are waiting".to_owned())),
            Err(_) => Err(NoAnswer("there was no answer within 5 seconds".to_owned())),
        }
    }
}

impl ClientRequest {
    pub fn get(url: impl Into<String>, reach: Reach) -> Self {
        Self { url: url.into(), reach, headers: Vec::new(), form: None }
    }

    pub fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

fn blocking(agent: &Agent, request: ClientRequest) -> Result<ClientResponse, NoAnswer> {
    let method = if request.form.is_some() { Method::POST } else { Method::GET };
    let mut built = Request::builder().method(method).uri(&request.url);
    for (name, value) in request.headers {
        built = built.header(name, value);
    }
    if request.form.is_some() {
        built = built.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let built = built.body(request.form.unwrap_or_default().into_bytes());
    let built = built.map_err(|_| NoAnswer("the address cannot be used".to_owned()))?;
    let (head, mut body) = agent.run(built).map_err(|error| NoAnswer(described(&error)))?.into_parts();
    let body = body.with_config().limit(LONGEST_ANSWER).read_to_vec();
    let body = body.map_err(|error| NoAnswer(described(&error)))?;
    Ok(ClientResponse { status: head.status.as_u16(), body })
}

fn described(error: &Error) -> String {
    match error {
        Error::Timeout(_) => "there was no answer within 5 seconds".to_owned(),
        Error::HostNotFound => "there is no host of this name".to_owned(),
        Error::BodyExceedsLimit(_) => "the answer is too long".to_owned(),
        other => other.to_string(),
    }
}
