//! Metrics: on an address of their own, correct, and without series that an anonymous user could create.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::Range;
use std::process::Stdio;

use serde_json::json;

use crate::support::{
    ApiClient, Authenticator, Figures, Munjigi, PASSWORD, Persona, RedisServer, free_port, scratch,
    with_metrics,
};

#[tokio::test]
async fn metrics_are_on_an_address_of_their_own_and_nothing_else_is_there() {
    let folder = scratch();
    let server = with_metrics(&folder.path().join("data"), None);
    let metrics = server.metrics_url.clone().unwrap();
    assert_eq!(Persona::new(&server.url).get("/metrics").await.status, 404, "not among the pages");
    let there = Persona::new(metrics.strip_suffix("/metrics").unwrap());
    let reply = there.get("/metrics").await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/plain; version=0.0.4; charset=utf-8")
    );
    let asked = there.request(reqwest::Method::GET, "/metrics");
    let reply = there.send(asked.header("accept", "application/openmetrics-text; version=1.0.0")).await;
    assert_eq!(reply.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    for path in ["/", "/login", "/metrics/", "/healthz", "/api/auth/check", "/metrics/../login"] {
        assert_eq!(there.get(path).await.status, 404, "{path}");
    }
    assert_eq!(there.post("/metrics", &[("a", "b")]).await.status, 405);

    let silent = Munjigi::serve(Munjigi::command(&folder.path().join("other")));
    assert!(silent.metrics_url.is_none() && !silent.start_lines.contains("etrics"));
    assert_eq!(Persona::new(&silent.url).get("/metrics").await.status, 404);
}

#[test]
fn an_address_that_is_taken_stops_the_start_with_one_sentence() {
    let folder = scratch();
    let port = free_port();
    let pages = format!("127.0.0.1:{port}");
    for metrics in [pages.clone(), format!("0.0.0.0:{port}"), "nowhere".to_owned()] {
        let output = Munjigi::command(&folder.path().join("data"))
            .env("MUNJIGI_LISTEN", &pages)
            .env("MUNJIGI_METRICS_LISTEN", &metrics)
            .stdout(Stdio::piped())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.lines().count() == 1, "{text}");
        assert!(text.starts_with("munjigi: MUNJIGI_METRICS_LISTEN: "), "{text}");
    }
}

#[tokio::test]
async fn requests_are_counted_by_the_pattern_of_their_route() {
    let folder = scratch();
    let server = with_metrics(&folder.path().join("data"), None);
    let visitor = Persona::new(&server.url);
    for path in ["/board/1", "/board/2", "/board/3?q=x", "/board/x", "/healthz", "/nowhere", "/board/1/2/3"] {
        visitor.get(path).await;
    }
    visitor.post("/healthz", &[]).await;
    let figures = server.figures().await;
    let requests = |labels: &str| figures.of(&format!("munjigi_http_requests_total{{{labels}}}"));
    assert_eq!(requests(r#"route="/board/{id}",method="GET",status="404""#), 4.0);
    assert_eq!(requests(r#"route="/healthz",method="GET",status="200""#), 1.0);
    assert_eq!(requests(r#"route="/healthz",method="POST",status="405""#), 1.0);
    assert_eq!(requests(r#"route="none",method="GET",status="404""#), 2.0);
    assert_eq!(figures.of(r#"munjigi_http_request_duration_seconds_count{route="/healthz"}"#), 2.0);
    let within = |bound: &str| {
        figures
            .of(&format!(r#"munjigi_http_request_duration_seconds_bucket{{le="{bound}",route="/healthz"}}"#))
    };
    assert_eq!((within("+Inf"), within("5.0")), (2.0, 2.0));
    assert_eq!(figures.of(r#"munjigi_build_info{version="0.1.0"}"#), 1.0);
    assert!(figures.sum("process_resident_memory_bytes") > 1e6 && figures.sum("process_open_fds") > 3.0);
}

/// One of everything that an anonymous user may choose.
fn whims(number: usize) -> String {
    let host = format!("Host: h{number}.localhost\r\nUser-Agent: agent-{number}\r\n");
    let cookie = format!("Cookie: munjigi=session{number}.x\r\n");
    let token = format!("Authorization: Bearer token{number}\r\n");
    [
        format!("GET /nowhere-{number}/{number}?a{number}=b HTTP/1.1\r\n{host}\r\n"),
        format!("GET /board/{number} HTTP/1.1\r\n{host}{cookie}\r\n"),
        format!("GET /api/n{number} HTTP/1.1\r\n{host}{token}\r\n"),
        format!("BREW{number} /healthz HTTP/1.1\r\n{host}\r\n"),
    ]
    .concat()
}

/// Sends many arbitrary requests, one after the other on one connection, and reads every status.
fn pester(server: &Munjigi, numbers: Range<usize>) {
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    let last = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let count = numbers.len();
    stream.write_all((numbers.map(whims).collect::<String>() + last).as_bytes()).unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    let answered = |status: u16| answers.matches(&format!("HTTP/1.1 {status} ")).count();
    assert_eq!((answered(404), answered(405), answered(200)), (3 * count, count, 1), "{answers}");
}

#[tokio::test]
async fn a_thousand_paths_methods_and_hosts_make_no_new_series() {
    let folder = scratch();
    let server = with_metrics(&folder.path().join("data"), None);
    pester(&server, 0..3);
    let before = server.figures().await;
    for start in (10..1_010).step_by(100) {
        pester(&server, start..start + 100);
    }
    let after = server.figures().await;
    let series = |figures: &Figures| figures.series.keys().cloned().collect::<Vec<_>>();
    assert_eq!(series(&before), series(&after));
    assert_eq!(
        after.of(r#"munjigi_http_requests_total{route="/healthz",method="other",status="405"}"#),
        1_003.0
    );
    for word in ["nowhere", "BREW", "example", "agent-", "session7", "token7"] {
        assert!(!after.text.contains(word), "{word}");
    }
}

#[tokio::test]
async fn sign_ins_are_counted_by_method_and_outcome_and_never_by_name() {
    let folder = scratch();
    let server = with_metrics(&folder.path().join("data"), None);
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let other = Persona::new(&server.url);
    other.sign_in("mina").await.assert_redirect("/dashboard");
    other.post("/logout", &[]).await;
    let program = ApiClient::new(&server.url);
    let wrong = json!({"login": "mina", "password": "wrong wrong wrong"});
    assert_eq!(program.post("/api/auth/login", wrong).await.status, 401);
    let right = json!({"login": "mina", "password": PASSWORD});
    assert_eq!(program.post("/api/auth/login", right.clone()).await.status, 200);

    // A second factor, used at the next sign-in on a page and required by the API.
    let page = mina.get("/security/totp").await;
    let app = Authenticator { secret: page.find("#totp-secret").remove(0), recovery: Vec::new() };
    let sealed = page.attributes("input[name=secret]", "value").remove(0);
    let now = munjigi::platform::clock::Clock::default().now();
    let set_up = mina.post("/security/totp", &[("secret", &sealed), ("code", &app.code_at(now))]).await;
    let recovery = set_up.find(".codes code").remove(0);
    other.sign_in("mina").await.assert_redirect("/login/verify");
    other.fill("/login/verify", "/login/verify", &[("code", "000000")]).await;
    other.fill("/login/verify", "/login/verify", &[("code", &recovery)]).await.assert_redirect("/dashboard");
    assert_eq!(program.post("/api/auth/login", right).await.status, 401);

    let anonymous = Persona::new(&server.url);
    for _ in 0..6 {
        anonymous.post("/login", &[("login", "mina"), ("password", "wrong wrong wrong")]).await;
    }
    let figures = server.figures().await;
    let sign_ins = |method: &str, outcome: &str| {
        figures.of(&format!(r#"munjigi_sign_ins_total{{method="{method}",outcome="{outcome}"}}"#))
    };
    assert_eq!(sign_ins("password", "success"), 1.0);
    assert_eq!(sign_ins("password", "second_factor_required"), 1.0);
    assert_eq!((sign_ins("second_factor", "failure"), sign_ins("second_factor", "success")), (1.0, 1.0));
    assert_eq!((sign_ins("api", "success"), sign_ins("api", "failure")), (1.0, 1.0));
    assert_eq!(sign_ins("api", "second_factor_required"), 1.0);
    assert!(
        sign_ins("password", "failure") >= 4.0 && sign_ins("password", "rate_limited") >= 1.0,
        "{}",
        figures.text
    );
    assert_eq!(figures.sum("munjigi_sessions_begun_total"), 4.0);
    assert!(figures.sum("munjigi_hashing_duration_seconds_count") >= 8.0);
    for word in ["mina", "example.org", "127.0.0.1", &mina.cookie("munjigi").unwrap()[..20]] {
        assert!(!figures.text.contains(word), "{word}");
    }
}

#[tokio::test]
async fn hot_sessions_hit_the_near_cache_and_an_outage_of_redis_shows() {
    let folder = scratch();
    let mut redis = RedisServer::start();
    let server = with_metrics(&folder.path().join("data"), Some(&redis.url()));
    server.figures_once(|figures| figures.sum("munjigi_near_cache_bypassed") == 0.0).await;
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    for _ in 0..10 {
        assert!(mina.is_signed_in().await);
    }
    let figures = server.figures().await;
    let hits = |kind: &str| {
        figures.of(&format!(r#"munjigi_near_cache_lookups_total{{kind="{kind}",outcome="hit"}}"#))
    };
    assert!(hits("session") >= 9.0 && hits("user") >= 9.0, "{}", figures.text);
    assert_eq!(figures.of(r#"munjigi_near_cache_entries{kind="session"}"#), 1.0);
    assert!(figures.sum("munjigi_near_cache_bytes") > 200.0);
    let calls = |figures: &Figures, operation: &str, outcome: &str| {
        let labels = format!(r#"store="redis",operation="{operation}",outcome="{outcome}""#);
        figures.of(&format!("munjigi_store_call_duration_seconds_count{{{labels}}}"))
    };
    assert_eq!(calls(&figures, "insert", "ok"), 1.0);
    assert!(!figures.has("munjigi_sessions"), "counting them is not cheap there");

    redis.kill().await;
    let bypassed = server.figures_once(|figures| figures.sum("munjigi_near_cache_bypassed") == 1.0).await;
    assert!(bypassed.of(r#"munjigi_near_cache_drops_total{kind="everything"}"#) >= 1.0);
    assert_eq!(mina.get("/dashboard").await.status, 503);
    let figures = server.figures().await;
    assert!(
        calls(&figures, "fetch", "failed") + calls(&figures, "fetch", "timed_out") >= 1.0,
        "{}",
        figures.text
    );
}

#[tokio::test]
async fn the_embedded_store_sql_and_mail_have_metrics() {
    let folder = scratch();
    let server = with_metrics(&folder.path().join("data"), None);
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    Persona::new(&server.url).sign_in("mina").await.assert_redirect("/dashboard");
    let sent = r#"munjigi_mail_attempts_total{outcome="sent"}"#;
    let figures =
        server.figures_once(|figures| figures.of(sent) == 1.0 && figures.sum("munjigi_mails_waiting") == 0.0);
    let figures = figures.await;
    assert_eq!(figures.sum("munjigi_sessions"), 2.0);
    for access in ["read", "write"] {
        for name in ["sql_duration_seconds_count", "sql_wait_seconds_count"] {
            assert!(figures.of(&format!(r#"munjigi_{name}{{access="{access}"}}"#)) > 0.0, "{name} {access}");
        }
    }
    // No query is left waiting.
    server.figures_once(|figures| figures.sum("munjigi_sql_waiting") == 0.0).await;
    mina.post("/sessions/end-others", &[]).await;
    mina.post("/logout", &[]).await;
    let figures = server.figures().await;
    assert!(figures.sum("munjigi_sessions_ended_total") >= 1.0);
    assert_eq!(figures.sum("munjigi_sessions"), 0.0);
}

/// Every name in an expression that may be a metric, in order.
fn names_in(text: &str) -> Vec<String> {
    let name = regex::Regex::new(r"\b(?:munjigi|process)_[a-z_]+").unwrap();
    name.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

#[tokio::test]
async fn the_dashboard_and_the_alerts_name_only_existing_metrics() {
    let dashboard = include_str!("../deploy/grafana-dashboard.json");
    let read: serde_json::Value = serde_json::from_str(dashboard).unwrap();
    let expressions: Vec<String> = read["panels"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|panel| panel["targets"].as_array().cloned().unwrap_or_default())
        .map(|target| target["expr"].as_str().unwrap().to_owned())
        .collect();
    let named = names_in(&expressions.join("\n"));
    assert!(expressions.len() > 25 && named.len() >= expressions.len());

    // Some are of one store only.
    let mut reported = Vec::new();
    for redis in [None, Some(crate::support::redis_url())] {
        let folder = scratch();
        let server = with_metrics(&folder.path().join("data"), redis.as_deref());
        let mina = Persona::new(&server.url);
        mina.register("mina").await;
        mina.post("/logout", &[]).await;
        mina.sign_in("mina").await.assert_redirect("/dashboard");
        reported.push(server.figures().await);
    }
    for name in named.into_iter().chain(names_in(include_str!("../deploy/prometheus-rules.yml"))) {
        assert!(reported.iter().any(|figures| figures.has(&name)), "{name} is not reported");
    }
}
