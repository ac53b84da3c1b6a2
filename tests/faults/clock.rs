//! Wrong clocks: set forward, set back, and corrected. No user gains time, and nothing breaks.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::{ApiClient, Munjigi, PASSWORD, Persona, TestApp, over_both_stores, scratch};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

over_both_stores![
    an_hour_back_signs_no_user_out_and_extends_no_proof,
    a_session_from_a_future_that_never_was_is_over,
];

async fn an_hour_back_signs_no_user_out_and_extends_no_proof(app: TestApp) {
    app.clock.stop();
    let mina = app.member("mina").await;
    app.clock.advance(-HOUR);
    assert!(mina.is_signed_in().await);
    let fields = [("display_name", ""), ("email", "mina@example.net"), ("language", ""), ("theme", "auto")];
    assert_eq!(mina.post("/profile", &fields).await.status, 422, "the time of the last password is unknown");
    app.clock.advance(2 * HOUR);
    assert!(mina.is_signed_in().await);
    app.clock.advance(2 * HOUR);
    assert!(!mina.is_signed_in().await);
}

async fn a_session_from_a_future_that_never_was_is_over(app: TestApp) {
    app.clock.stop();
    app.clock.advance(400 * DAY);
    let mina = app.member("mina").await;
    let client = app.client_of("mina").await;
    assert!(mina.is_signed_in().await);
    app.clock.advance(-400 * DAY);
    assert!(!mina.is_signed_in().await, "it would live for four hundred days and more");
    assert!(!client.is_signed_in().await);
    assert_eq!(client.try_refresh(&client.refresh).await.status, 401);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
}

/// Sets the time of processes that read this file through `libfaketime`; the monotonic clock is unchanged.
struct WrongClock(tempfile::TempDir);

impl WrongClock {
    fn new() -> Self {
        let clock = Self(scratch());
        clock.set("+0");
        clock
    }

    fn set(&self, to: &str) {
        // Written to a temporary file first: no process reads half a line.
        let (draft, path) = (self.0.path().join("draft"), self.0.path().join("time"));
        std::fs::write(&draft, format!("{to}\n")).unwrap();
        std::fs::rename(&draft, &path).unwrap();
    }

    fn command(&self, data: &Path) -> Command {
        let found = Command::new("faketime").args(["-m", "-f", "+0", "printenv", "LD_PRELOAD"]).output();
        let found =
            found.unwrap_or_else(|error| panic!("faketime: {error}; tests/run installs what tests need"));
        let mut command = Munjigi::command(data);
        command
            .env("LD_PRELOAD", String::from_utf8(found.stdout).unwrap().trim())
            .env("FAKETIME_TIMESTAMP_FILE", self.0.path().join("time"))
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        command
    }
}

#[tokio::test]
async fn a_real_process_goes_on_through_every_change_of_the_clock() {
    let (clock, folder) = (WrongClock::new(), scratch());
    let server = Munjigi::serve(clock.command(&folder.path().join("data")));
    let (mina, noa) = (Persona::new(&server.url), Persona::new(&server.url));
    mina.register("mina").await;
    noa.register("noa").await;
    noa.post("/logout", &[]).await.assert_redirect("/");
    let fields = [("login", "noa"), ("password", PASSWORD), ("remember", "yes")];
    noa.post("/login", &fields).await.assert_redirect("/dashboard");
    let mut client = ApiClient::new(&server.url);
    client.sign_in("mina").await;

    clock.set("+1h");
    assert!(mina.is_signed_in().await && noa.is_signed_in().await);
    assert!(!client.is_signed_in().await, "an access token lives for five minutes");
    client.renew().await;
    assert!(client.is_signed_in().await);

    clock.set("-1h");
    assert!(mina.is_signed_in().await && noa.is_signed_in().await);
    assert!(!client.is_signed_in().await, "issued two hours from now");
    client.renew().await;
    assert!(client.is_signed_in().await);
    for _ in 0..6 {
        noa.post("/login", &[("login", "mina"), ("password", "guess")]).await;
    }

    clock.set("+400d");
    for persona in [&mina, &noa] {
        assert!(!persona.is_signed_in().await, "past every limit");
    }
    assert_eq!(client.try_refresh(&client.refresh).await.status, 401);
    let zora = Persona::new(&server.url);
    zora.register("zora").await;
    let eve = Persona::new(&server.url);
    let guess = [("login", "noa"), ("password", "guess")];
    let mut refused = 0;
    for _ in 0..8 {
        refused += usize::from(eve.post("/login", &guess).await.status == 429);
    }
    assert!(refused > 0, "limits count on");

    clock.set("+0");
    assert!(!zora.is_signed_in().await, "from a future that never was");
    zora.sign_in("zora").await.assert_redirect("/dashboard");
    let reply = eve.post("/login", &guess).await;
    let wait: u64 = reply.header("retry-after").parse().unwrap();
    assert!(reply.status == 429 && wait <= 900, "the wait does not last until the wrong time: {wait} s");
    // The cleanup runs throughout.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(zora.get("/healthz").await.status, 200);
    assert_eq!(zora.get("/readyz").await.status, 200);
    let log = server.stop();
    assert!(!log.contains("panicked") && !log.contains("ERROR"), "{log}");
}
