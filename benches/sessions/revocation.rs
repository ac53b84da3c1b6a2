//! How long another process accepts a session after this one has revoked it.

use std::time::{Duration, Instant};

use reqwest::Client;
use reqwest::redirect::Policy;

use crate::load::{Redis, Running, this_program, wrk};

const TRIALS: usize = 1_000;
const PASSWORD: &str = "walnut tram eleven orchard";

pub fn measure(redis: &Redis) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_string_lossy().into_owned();
    let node = |code: &str| {
        let own = tempfile::tempdir().expect("a folder");
        Running::spawn(std::process::Command::new(this_program()), &[code, &path, &redis.url(14)], own)
    };
    let (here, there) = (node("node"), node("node"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        report("idle", trials(&client, &here, &there, 0).await);
        let load = [&here, &there]
            .map(|node| wrk(&format!("{}/login", node.url), None, 16, 120).spawn().expect("wrk runs"));
        report("under load", trials(&client, &here, &there, TRIALS).await);
        for mut wrk in load {
            let _ = wrk.kill();
            let _ = wrk.wait();
        }
    });
}

fn report(when: &str, mut times: Vec<Duration>) {
    times.sort();
    let at_once = times.iter().filter(|time| time.as_micros() < 100).count();
    println!(
        "Revocation across two processes, {when}, {} trials: {at_once} refused on the very first request, p99 {:?}, longest {:?}",
        times.len(),
        times[times.len() * 99 / 100],
        times[times.len() - 1]
    );
}

async fn trials(client: &Client, here: &Running, there: &Running, first: usize) -> Vec<Duration> {
    let mut times = Vec::new();
    for number in first..first + TRIALS {
        let cookie = register(client, here, number).await;
        for _ in 0..2 {
            assert_eq!(profile(client, there, &cookie).await, 200);
        }
        let out = client
            .post(format!("{}/logout", here.url))
            .header("cookie", &cookie)
            .send()
            .await
            .expect("an answer");
        assert_eq!(out.status(), 303);
        let ended = Instant::now();
        loop {
            let sent = Instant::now();
            if profile(client, there, &cookie).await == 303 {
                times.push(sent - ended);
                break;
            }
        }
    }
    times
}

async fn register(client: &Client, node: &Running, number: usize) -> String {
    let form = format!(
        "username=trial{number}x&email=trial{number}x%40example.org&password={}",
        PASSWORD.replace(' ', "+")
    );
    let request = client.post(format!("{}/register", node.url)).body(form);
    // An address for each, because registrations are limited per address.
    let address = format!("10.1.{}.{}", number / 250, number % 250);
    let request = request
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-for", address);
    let reply = request.send().await.expect("an answer");
    assert_eq!(reply.status(), 303);
    let cookies = reply.headers().get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let session = cookies.into_iter().find(|line| line.starts_with("munjigi=")).expect("a session");
    session.split(';').next().unwrap_or_default().to_owned()
}

async fn profile(client: &Client, node: &Running, cookie: &str) -> u16 {
    let request = client.get(format!("{}/profile", node.url)).header("cookie", cookie);
    request.send().await.expect("an answer").status().as_u16()
}
