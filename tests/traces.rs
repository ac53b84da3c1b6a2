//! Traces: what a request waited for, sent to a collector, without any anonymous input; no request waits for it.

use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use reqwest::Method;

use crate::support::{
    Collector, Munjigi, PASSWORD, Persona, RedisServer, Reply, encode, free_port, mails_in, scratch, word,
};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

fn id(reply: &Reply) -> &str {
    reply.header("x-request-id")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn named<'a>(spans: &'a [Span], name: &str) -> Vec<&'a Span> {
    spans.iter().filter(|span| span.name == name).collect()
}

/// Signs in and returns the trace.
async fn sign_in(server: &Munjigi, collector: &Collector) -> (Span, Vec<Span>) {
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let reply = Persona::new(&server.url).sign_in("mina").await;
    reply.assert_redirect("/dashboard");
    let (root, below) = collector.trace(id(&reply)).await;
    assert_eq!((root.name.as_str(), root.kind), ("POST /login", SpanKind::Server as i32));
    let attribute = |key: &str| word(&root.attributes, key);
    assert_eq!((attribute("http.request.method"), attribute("http.route")), ("POST".into(), "/login".into()));
    assert_eq!(attribute("http.response.status_code"), "303");
    assert!(root.parent_span_id.is_empty());
    for name in ["SQL read", "hashing"] {
        let span = named(&below, name)[0];
        assert_eq!(span.parent_span_id, root.span_id, "{name}");
        assert_eq!(span.events[0].name, "its turn");
        assert!(root.start_time_unix_nano <= span.start_time_unix_nano);
        assert!(span.end_time_unix_nano <= root.end_time_unix_nano, "{name}");
    }
    let spans: Vec<&Span> = below.iter().chain([&root]).collect();
    for span in &below {
        assert!(spans.iter().any(|parent| parent.span_id == span.parent_span_id), "{}", span.name);
    }
    (root, below)
}

#[tokio::test]
async fn a_sign_in_is_one_trace_with_all_that_it_waited_for() {
    let (folder, collector) = (scratch(), Collector::start());
    let server = Munjigi::serve(collector.command(&folder.path().join("data")));
    let (root, below) = sign_in(&server, &collector).await;
    let insert = named(&below, "session store insert")[0];
    assert_eq!(insert.parent_span_id, root.span_id);
    assert_eq!(word(&insert.attributes, "munjigi.store"), "embedded");
    let writes = named(&below, "SQL write");
    assert!(writes.iter().any(|write| write.parent_span_id == insert.span_id), "the store asks SQL");
    let request = collector.requests().remove(0);
    let resource = request.resource_spans[0].resource.clone().unwrap();
    assert_eq!(word(&resource.attributes, "service.name"), "munjigi");
}

#[tokio::test]
async fn calls_to_redis_and_their_failures_are_traced() {
    let (folder, collector, mut redis) = (scratch(), Collector::start(), RedisServer::start());
    let mut command = collector.command(&folder.path().join("data"));
    let server = Munjigi::serve({
        command.env("REDIS_URL", redis.url()).env("MUNJIGI_NEAR_CACHE_ENTRIES", "0");
        command
    });
    let (root, below) = sign_in(&server, &collector).await;
    let insert = named(&below, "session store insert")[0];
    assert_eq!((&insert.parent_span_id, insert.kind), (&root.span_id, SpanKind::Client as i32));
    assert_eq!(word(&insert.attributes, "munjigi.store"), "redis");

    let mina = Persona::new(&server.url);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    redis.kill().await;
    let reply = mina.get("/dashboard").await;
    assert_eq!(reply.status, 503);
    let (root, below) = collector.trace(id(&reply)).await;
    assert_eq!(root.status.unwrap().code, 2, "an error");
    let fetch = named(&below, "session store fetch")[0];
    assert!(["failed", "timed_out"].contains(&word(&fetch.attributes, "error.type").as_str()));
}

/// Sends a request with these headers and returns its span.
async fn with_parents(server: &Munjigi, collector: &Collector, parents: &[&str]) -> Span {
    let visitor = Persona::new(&server.url);
    let request = visitor.request(Method::GET, "/healthz");
    let request = parents.iter().fold(request, |request, parent| request.header("traceparent", *parent));
    let reply = visitor.send(request.header("tracestate", "vendor=untrusted")).await;
    assert_eq!(reply.status, 200);
    collector.trace(id(&reply)).await.0
}

#[tokio::test]
async fn only_a_trusted_proxy_says_which_trace_a_request_belongs_to() {
    let (folder, collector) = (scratch(), Collector::start());
    let alone = Munjigi::serve(collector.command(&folder.path().join("alone")));
    let mut command = collector.command(&folder.path().join("behind"));
    command.env("MUNJIGI_TRUSTED_PROXIES", "127.0.0.0/8");
    let behind = Munjigi::serve(command);
    let good = format!("00-{TRACE}-{PARENT}-01");

    let span = with_parents(&behind, &collector, &[&good]).await;
    assert_eq!((hex(&span.trace_id), hex(&span.parent_span_id)), (TRACE.to_owned(), PARENT.to_owned()));
    assert!(span.trace_state.is_empty(), "anyone could have written it");
    let span = with_parents(&alone, &collector, &[&good]).await;
    assert!(hex(&span.trace_id) != TRACE && span.parent_span_id.is_empty());

    let long = "0".repeat(5_000);
    let zero = format!("00-{}-{PARENT}-01", "0".repeat(32));
    let (upper, newest) = (good.to_uppercase(), format!("ff{}", &good[2..]));
    let (cut, more, dash) = (&good[..50], format!("{good}-00"), format!("{good}-"));
    for odd in [
        "",
        "00",
        "---",
        "00-1-1-01",
        "00-zz-yy-01",
        &long,
        &zero,
        &upper.replace('F', "G"),
        &newest,
        cut,
        &more,
        &dash,
    ] {
        let span = with_parents(&behind, &collector, &[odd]).await;
        assert!(hex(&span.trace_id) != TRACE && span.parent_span_id.is_empty(), "{odd}");
    }
    let span = with_parents(&behind, &collector, &[&good, &good]).await;
    assert!(hex(&span.trace_id) != TRACE, "two of them say nothing");
}

#[tokio::test]
async fn what_a_trusted_proxy_does_not_want_seen_is_not_sent() {
    let (folder, collector) = (scratch(), Collector::start());
    let mut command = collector.command(&folder.path().join("data"));
    command.env("MUNJIGI_TRUSTED_PROXIES", "127.0.0.0/8");
    let server = Munjigi::serve(command);
    let visitor = Persona::new(&server.url);
    let unseen =
        visitor.request(Method::GET, "/board").header("traceparent", format!("00-{TRACE}-{PARENT}-00"));
    assert_eq!(visitor.send(unseen).await.status, 200);
    collector.trace(id(&visitor.get("/healthz").await)).await;
    server.stop();
    assert!(collector.spans().iter().all(|span| hex(&span.trace_id) != TRACE));
    assert!(named(&collector.spans(), "GET /board").is_empty());
}

#[tokio::test]
async fn no_secret_and_nothing_from_anonymous_input_is_in_any_span() {
    let (folder, collector) = (scratch(), Collector::start());
    let data = folder.path().join("data");
    let server = Munjigi::serve(collector.command(&data));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    mina.post("/password-reset", &[("login", "mina")]).await;
    let deadline = Instant::now() + Duration::from_secs(20);
    let link = loop {
        let mails = mails_in(&data.join("outbox"));
        if let Some(mail) = mails.iter().find(|mail| mail.text.contains("/password-reset?token=")) {
            break mail.link();
        }
        assert!(Instant::now() < deadline, "no letter came: {mails:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let (_, token) = link.split_once("token=").unwrap();
    assert_eq!(mina.get(&format!("/password-reset?token={token}")).await.status, 200);
    let sessions = mina.get("/sessions").await;
    let ends = sessions.attributes("form", "action");
    let key = ends.iter().find_map(|action| action.strip_prefix("/sessions/")?.strip_suffix("/end")).unwrap();
    let strange = mina.request(Method::from_bytes(b"BREW").unwrap(), "/strange-path/?strange=query");
    let strange =
        strange.header("user-agent", "strange-agent").header("authorization", "Bearer strange-token");
    mina.send(strange).await;
    mina.post("/login", &[("login", "strange-name"), ("password", "strange password")]).await;
    let cookie = mina.cookie("munjigi").unwrap();
    let last = mina.post(&format!("/sessions/{key}/end"), &[]).await;
    collector.trace(id(&last)).await;
    server.stop();

    let spans = collector.spans();
    assert_eq!(named(&spans, "GET /password-reset").len(), 1);
    assert_eq!(named(&spans, "POST /sessions/{key}/end").len(), 1);
    assert_eq!(word(&named(&spans, "HTTP")[0].attributes, "http.request.method"), "_OTHER");
    let raw = String::from_utf8_lossy(&collector.raw()).to_lowercase();
    let encoded = encode(&[("", PASSWORD)]);
    for secret in
        [token, key, &cookie[..20], PASSWORD, &encoded[1..], "strange", "brew", "mina", "example.org"]
    {
        assert!(!raw.contains(&secret.to_lowercase()), "{secret}");
    }
    for address in ["127.0.0.1", server_port(&collector)] {
        assert!(!raw.contains(address), "{address}");
    }
}

/// The port of the collector, which must not leak either.
fn server_port(collector: &Collector) -> &str {
    collector.url.rsplit(':').next().unwrap()
}

/// How long the quickest tenth of many requests takes, each answered as usual; the rest says more about the machine.
async fn quickest(server: &Munjigi) -> Duration {
    let visitor = Persona::new(&server.url);
    let mut times = Vec::new();
    for _ in 0..300 {
        let started = Instant::now();
        assert_eq!(visitor.get("/board").await.status, 200);
        times.push(started.elapsed());
    }
    times.sort();
    assert!(times[290] < Duration::from_secs(1), "no request waits for a silent collector: {times:?}");
    times[30]
}

#[tokio::test]
async fn a_dead_or_silent_collector_slows_no_request_and_is_logged_once() {
    let (folder, silent) = (scratch(), Collector::silent());
    let untraced = Munjigi::serve(Munjigi::command(&folder.path().join("untraced")));
    let usual = quickest(&untraced).await;
    let dead = format!("http://127.0.0.1:{}", free_port());
    for (name, url) in [("silent", &silent.url), ("dead", &dead)] {
        let mut command = silent.command(&folder.path().join(name));
        command.env("OTEL_EXPORTER_OTLP_ENDPOINT", url).env("OTEL_BSP_MAX_QUEUE_SIZE", "64");
        let server = Munjigi::serve(command);
        let traced = quickest(&server).await;
        assert!(traced < 2 * usual + Duration::from_millis(5), "{name}: {traced:?}, not {usual:?}");
        let stopped = Instant::now();
        let log = server.stop();
        let took = stopped.elapsed();
        assert!(took < Duration::from_secs(6), "{name}: {took:?}");
        // Which of the two is logged depends on whether the queue was full before the first batch was dropped.
        let is_counted =
            log.contains("dropped_span_count=") || log.contains("did not take all traces spans=");
        assert!(is_counted, "{name}: {log}");
        assert!(log.matches("the collector does not take traces").count() <= 1, "{name}: {log}");
        assert!(log.lines().count() <= 5, "{name}: {log}");
    }
}

#[tokio::test]
async fn the_last_spans_arrive_before_the_server_ends() {
    let (folder, collector) = (scratch(), Collector::start());
    let mut command = collector.command(&folder.path().join("data"));
    command.env("OTEL_BSP_SCHEDULE_DELAY", "60000");
    let server = Munjigi::serve(command);
    Persona::new(&server.url).get("/healthz").await;
    assert!(collector.spans().is_empty());
    assert_eq!(server.stop(), "");
    assert_eq!(named(&collector.spans(), "GET /healthz").len(), 1);
}

#[tokio::test]
async fn without_a_collector_nothing_is_set_up() {
    let (folder, collector) = (scratch(), Collector::start());
    let threads = |server: &Munjigi| -> Vec<String> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", server.id())).unwrap();
        tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).unwrap()).collect()
    };
    let traces = |server: &Munjigi| threads(server).iter().any(|name| name.starts_with("OpenTelemetry"));
    assert!(!traces(&Munjigi::serve(Munjigi::command(&folder.path().join("untraced")))));
    assert!(traces(&Munjigi::serve(collector.command(&folder.path().join("traced")))));
}
