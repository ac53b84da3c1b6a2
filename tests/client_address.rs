//! The client's address as proxies report it, and what the log says when they are not understood.

use reqwest::Method;

use crate::support::{Munjigi, PASSWORD, Persona};

fn with_proxies(folder: &std::path::Path, trusted: Option<&str>) -> Munjigi {
    let mut command = Munjigi::command(&folder.join("data"));
    command.envs(trusted.map(|trusted| ("MUNJIGI_TRUSTED_PROXIES", trusted)));
    Munjigi::serve(command)
}

async fn get(server: &Munjigi, headers: &[(&str, &str)]) -> u16 {
    let visitor = Persona::new(&server.url);
    let request = visitor.request(Method::GET, "/login");
    visitor
        .send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)))
        .await
        .status
}

/// The lines of the log, except those of each request.
fn warnings(log: &str) -> Vec<&str> {
    log.lines().filter(|line| line.contains(" WARN ")).collect()
}

#[tokio::test]
async fn a_proxy_that_is_not_listed_is_reported_once_with_its_address_and_the_setting() {
    for header in [
        ("x-forwarded-for", "203.0.113.3"),
        ("x-forwarded-for", "junk"),
        ("x-forwarded-host", "id.example.org"),
        ("x-forwarded-proto", "https"),
        ("x-real-ip", "203.0.113.3"),
        ("forwarded", "for=203.0.113.3"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let server = with_proxies(folder.path(), None);
        assert_eq!(get(&server, &[]).await, 200);
        for _ in 0..30 {
            assert_eq!(get(&server, &[header]).await, 200);
        }
        let log = server.stop();
        let found = warnings(&log);
        assert_eq!(found.len(), 1, "{header:?}: {log}");
        for part in ["127.0.0.1", "MUNJIGI_TRUSTED_PROXIES", header.0] {
            assert!(found[0].contains(part), "{header:?} {part}: {log}");
        }
    }
}

#[tokio::test]
async fn a_listed_proxy_and_a_plain_client_cause_no_warning() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_proxies(folder.path(), Some("127.0.0.1"));
    assert_eq!(get(&server, &[]).await, 200);
    for value in ["203.0.113.3", "203.0.113.3,", ", 203.0.113.3", "198.51.100.9, 203.0.113.3", "", ","] {
        assert_eq!(get(&server, &[("x-forwarded-for", value), ("x-forwarded-proto", "https")]).await, 200);
    }
    let log = server.stop();
    assert!(warnings(&log).is_empty(), "{log}");
    assert!(log.contains("address=203.0.113.3"), "{log}");
}

#[tokio::test]
async fn empty_members_are_no_members_and_unreadable_ones_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_proxies(folder.path(), Some("127.0.0.1, 10.0.0.0/8"));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    // Failures are counted by the address that is found.
    for number in 0..20 {
        let mut visitor = Persona::new(&server.url);
        visitor.forwarded_for = Some(
            ["203.0.113.3,", "203.0.113.3", " ,203.0.113.3,\t,", "8.8.8.8, 203.0.113.3 ,, 10.0.0.1,"]
                [number % 4]
                .to_owned(),
        );
        let name = format!("unknown{number}");
        visitor.post("/login", &[("login", &*name), ("password", "not this one")]).await;
    }
    let mut theirs = Persona::new(&server.url);
    theirs.forwarded_for = Some("203.0.113.3".to_owned());
    assert_eq!(theirs.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.status, 429);
    for unreadable in ["203.0.113.3, unknown", "unknown", "203.0.113.3, _hidden, 10.0.0.1"] {
        for _ in 0..5 {
            get(&server, &[("x-forwarded-for", unreadable)]).await;
        }
    }
    let log = server.stop();
    let found = warnings(&log);
    let about: Vec<&&str> = found.iter().filter(|line| line.contains("X-Forwarded-For")).collect();
    assert_eq!(about.len(), 1, "{log}");
    assert!(about[0].contains("127.0.0.1") && about[0].contains("unknown"), "{log}");
}
