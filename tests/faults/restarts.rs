//! Nodes are restarted and keys are rotated while users work behind nginx.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tokio::sync::Mutex;

use crate::support::{ApiClient, Load, PASSWORD, Persona, RedisServer, Shot, Twins, encode, open_database};

const PEOPLE: usize = 40;

/// Users at work, each with a browser and a program.
struct Crowd {
    url: String,
    browsers: Vec<Persona>,
    programs: Vec<Mutex<ApiClient>>,
}

impl Crowd {
    async fn gather(url: &str) -> Self {
        let (mut browsers, mut programs) = (Vec::new(), Vec::new());
        for number in 0..PEOPLE {
            let mut browser = Persona::new(url);
            browser.forwarded_for = Some(format!("10.1.0.{number}"));
            browser.register(&format!("person{number}")).await;
            let mut program = ApiClient::new(url);
            program.sign_in(&format!("person{number}")).await;
            browsers.push(browser);
            programs.push(Mutex::new(program));
        }
        Self { url: url.to_owned(), browsers, programs }
    }

    /// The actions of one user: mostly read, sometimes write, refresh a token, or sign in on another device.
    async fn act(&self, number: u64) -> Shot {
        let (browser, place) = (&self.browsers[number as usize % PEOPLE], number as usize % PEOPLE);
        match number * 37 % 100 {
            0 => ("sign-in", self.sign_in(number, place).await),
            1..=6 => ("post", self.write(browser, number).await),
            7..=13 => ("refresh", self.renew(place).await),
            14..=29 => ("check by token", self.check(place).await),
            30..=49 => ("check by cookie", get(browser, "/api/auth/check").await),
            _ => ("page", get(browser, "/dashboard").await),
        }
    }

    async fn sign_in(&self, number: u64, place: usize) -> Result<u16, String> {
        let mut device = Persona::new(&self.url);
        device.forwarded_for = Some(format!("10.2.{}.{}", number / 250 % 250, number % 250));
        post(&device, "/login", &[("login", &format!("person{place}")), ("password", PASSWORD)]).await
    }

    async fn write(&self, browser: &Persona, number: u64) -> Result<u16, String> {
        post(browser, "/board/new", &[("title", &format!("post {number}")), ("body", "from the crowd")]).await
    }

    async fn renew(&self, place: usize) -> Result<u16, String> {
        let mut program = self.programs[place].lock().await;
        let body = json!({"refresh_token": program.refresh});
        let reply = program.try_send(Method::POST, "/api/auth/refresh", "", Some(body)).await?;
        reply.expect_status(200)?;
        program.keep(&reply);
        Ok(200)
    }

    async fn check(&self, place: usize) -> Result<u16, String> {
        let program = self.programs[place].lock().await;
        let reply = program.try_send(Method::GET, "/api/auth/check", &program.bearer(), None).await?;
        reply.expect_status(200)
    }
}

async fn get(browser: &Persona, path: &str) -> Result<u16, String> {
    browser.try_send(browser.request(Method::GET, path)).await?.expect_status(200)
}

async fn post(browser: &Persona, path: &str, fields: &[(&str, &str)]) -> Result<u16, String> {
    let request =
        browser.request(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
    browser.try_send(request.body(encode(fields))).await?.expect_status(303)
}

/// Restarts node after node, or rotates keys, until stopped; returns how often.
async fn disturb(twins: &mut Twins, until: Instant, rotate: bool) -> usize {
    for round in 0.. {
        if Instant::now() > until {
            return round;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let (took, log) = twins.restart(round % 2).await;
        println!("node {} stopped within {took:?}", round % 2);
        assert!(took < Duration::from_secs(35), "within the time for what is in flight: {took:?}");
        assert!(!log.contains("ERROR") && !log.contains("panicked"), "{log}");
        if rotate {
            let words: &[&str] = if round % 2 == 0 { &["rotate"] } else { &["rotate", "--secret"] };
            let mut command = twins.command();
            command.arg("keys").args(words);
            let done = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
    }
    0
}

async fn walk(mut twins: Twins, rate: u32, seconds: u64, rotate: bool) {
    let crowd = Crowd::gather(&twins.url).await;
    let load = Load { rate, time: Duration::from_secs(seconds) };
    let until = Instant::now() + Duration::from_secs(seconds.saturating_sub(8));
    let (tally, rounds) =
        tokio::join!(load.run(|number| crowd.act(number)), disturb(&mut twins, until, rotate));
    println!("{rounds} restarts: {tally}");
    tally.assert_all_went_well();
    assert!(rounds > 0);
    for browser in &crowd.browsers {
        assert!(browser.is_signed_in().await, "no session ended");
    }
    for program in &crowd.programs {
        assert!(program.lock().await.is_signed_in().await);
    }
    let db = open_database(&twins.data());
    let posts = count(&db, "posts");
    assert_eq!(posts, count(&db, "(SELECT DISTINCT title FROM posts)"), "nginx repeated none");
    assert_eq!(posts as usize, tally.done_of("post"), "none was lost");
}

fn count(db: &munjigi::platform::db::Db, rows: &str) -> i64 {
    use diesel::prelude::*;
    let query = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("SELECT count(*) FROM {rows}"));
    query.get_result(&mut *db.conn().unwrap()).unwrap()
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_rolling_restart_fails_no_request() {
    walk(Twins::start(None), 60, 16, false).await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_minute_of_rolling_restarts_under_load_fails_no_request() {
    walk(Twins::start(None), 200, 60, false).await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_minute_of_rolling_restarts_with_redis_fails_no_request() {
    walk(Twins::start(Some(RedisServer::start())), 200, 60, false).await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_minute_of_rolling_restarts_while_keys_and_secrets_are_rotated_fails_no_request() {
    walk(Twins::start(None), 200, 60, true).await;
}
