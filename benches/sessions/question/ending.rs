//! How long a login is accepted after its sign-out, by each carrier and node, and how many bytes carry it.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::Client;

use super::site::{
    Carrier, Member, RIVALS, Site, access_token, client, proxy_cookie, rival, session_cookie, sign_out_rival,
};
use crate::load::Redis;

const TRIALS: usize = 300;
/// Of the ways that need seconds.
const LONG_TRIALS: usize = 5;
/// Seconds that tokens and copies live here; five minutes are usual.
const LIFETIME: u64 = 10;

pub async fn measure(redis: &Redis) {
    println!("\nSign-out at the first node; then, until the login is refused:");
    let client = client();
    for (store, code) in [("embedded", "question"), ("Redis", "question-redis")] {
        let site = Site::start(code, &redis.url(60));
        browsers(&client, &site, store).await;
        programs(&client, &site, store).await;
    }
    let site = Site::start(&format!("rivals-{LIFETIME}"), &redis.url(59));
    for way in RIVALS {
        let trials = if way.1 == "actix" { TRIALS } else { LONG_TRIALS };
        let mut times = [Vec::new(), Vec::new()];
        // Side by side, because they wait for a lifetime.
        let mut bytes = 0;
        let all = join_all((0..trials).map(|_| one_rival(&client, &site, way))).await;
        for (trial, size) in all {
            bytes = size;
            trial.into_iter().zip(&mut times).for_each(|(time, times)| times.push(time));
        }
        let [here, there] = times;
        report(way.0, "at the same node", here);
        report(way.0, "at the other node", there);
        println!("  {}: {bytes} bytes a request", way.0);
    }
    println!("  tokens and copies lived for {LIFETIME} s");
}

async fn one_rival(
    client: &Client,
    site: &Site,
    way: (&'static str, &'static str, &'static str),
) -> ([Duration; 2], usize) {
    let carriers = rival(client, site, way).await;
    for carrier in &carriers {
        assert_eq!(carrier.ask(client).await.0, 200, "{}", carrier.name);
    }
    sign_out_rival(client, site, way.1, &carriers[0]).await;
    let ended = Instant::now();
    let mut times = Vec::new();
    for time in join_all(carriers.iter().map(|carrier| until_refused(client, carrier, ended))).await {
        times.push(time);
    }
    ([times[0], times[1]], carriers[0].bytes())
}

async fn browsers(client: &Client, site: &Site, store: &str) {
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    let mut sizes = String::new();
    for number in 0..TRIALS {
        let (_, cookies) = Member::register(client, &site.here, number).await;
        let carriers = [
            session_cookie(&site.here, &cookies),
            session_cookie(&site.there, &cookies),
            proxy_cookie(&site.there, &cookies),
        ];
        // Twice, so that every node has it in memory.
        for carrier in carriers.iter().chain(&carriers) {
            assert_eq!(carrier.ask(client).await.0, 200, "{}", carrier.name);
        }
        let out = client.post(format!("{}/logout", site.here.url)).header("cookie", &carriers[0].value);
        assert_eq!(out.send().await.expect("an answer").status(), 303);
        let ended = Instant::now();
        sizes = format!("{} and {} bytes", carriers[0].bytes(), carriers[2].bytes());
        for (carrier, times) in carriers.iter().zip(&mut times) {
            times.push(until_refused(client, carrier, ended).await);
        }
    }
    let name = format!("Munjigi ({store})");
    let [here, there, by_proxy] = times;
    report(&name, "session cookie at the same node", here);
    report(&name, "session cookie at the other node", there);
    report(&name, "proxy cookie at the other node", by_proxy);
    println!("  {name}: session cookie and proxy cookie, {sizes} a request");
}

async fn programs(client: &Client, site: &Site, store: &str) {
    let mut times = [Vec::new(), Vec::new()];
    let mut bytes = 0;
    for number in TRIALS..2 * TRIALS {
        let (member, _) = Member::register(client, &site.here, number).await;
        let pair = member.tokens(client, &site.here).await;
        let carriers = [access_token(&site.here, &pair), access_token(&site.there, &pair)];
        for carrier in carriers.iter().chain(&carriers) {
            assert_eq!(carrier.ask(client).await.0, 200, "{}", carrier.name);
        }
        bytes = carriers[0].bytes();
        let out = client.post(format!("{}/api/auth/logout", site.here.url));
        let out = out.header("authorization", &carriers[0].value).send().await.expect("an answer");
        assert_eq!(out.status(), 204);
        let ended = Instant::now();
        for (carrier, times) in carriers.iter().zip(&mut times) {
            times.push(until_refused(client, carrier, ended).await);
        }
    }
    let name = format!("Munjigi ({store})");
    let [here, there] = times;
    report(&name, "access token at the same node", here);
    report(&name, "access token at the other node", there);
    println!("  {name}: access token, {bytes} bytes a request");
}

/// From the answer of the sign-out to the sending of the first request that is refused; zero if none was accepted.
pub async fn until_refused(client: &Client, carrier: &Carrier, ended: Instant) -> Duration {
    let mut is_first = true;
    loop {
        let sent = ended.elapsed();
        match carrier.ask(client).await.0 {
            200 => is_first = false,
            401 | 302 | 303 if is_first => return Duration::ZERO,
            401 | 302 | 303 => return sent,
            other => panic!("{} answers {other}", carrier.name),
        }
        if sent > Duration::from_millis(100) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn report(name: &str, which: &str, mut times: Vec<Duration>) {
    times.sort();
    let first = times.iter().filter(|time| time.is_zero()).count();
    println!(
        "  {name}, {which}: {first} of {} refused at the first request, longest {:.1} ms",
        times.len(),
        times[times.len() - 1].as_secs_f64() * 1_000.0
    );
}
