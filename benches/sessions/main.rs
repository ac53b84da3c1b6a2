//! The cost of a session, in one run and as ratios: `cargo bench`. It needs wrk, redis-server, openssl,
//! nginx, npm and three cores.
//!
//! Servers run on the first core, the load and Redis on the second. Every variant is measured in turn, three rounds of
//! it, and the median is reported.
//! `cargo bench -- --storm` measures only the storm of sign-ins, `-- --board` the list of posts, `-- --proxy` nginx
//! with and without the check, `-- --provider` the OpenID provider, `-- --writes` refreshes on SQLite and PostgreSQL, `-- --question` what docs/sessions-or-tokens.md compares (on two cores).

#![allow(
    clippy::too_many_lines,
    clippy::disallowed_methods,
    reason = "it sets up what it measures, behind the services"
)]

mod board;
mod code_flow;
mod copies;
mod data;
mod load;
mod oidc_provider;
mod provider;
mod proxy;
mod question;
mod revocation;
mod rivals;
mod servers;
mod storm;
mod tokens;
mod variant;
mod writes;

use std::collections::BTreeMap;

use load::{Measured, Redis, Running};
use variant::Variant;

const ROUNDS: usize = 3;
const CONCURRENCY: [usize; 3] = [1, 32, 256];

fn main() {
    rustls::crypto::ring::default_provider().install_default().expect("no provider was installed before");
    let words: Vec<String> = std::env::args().collect();
    if words.iter().any(|word| word == "--storm") {
        return storm::measure();
    }
    if words.iter().any(|word| word == "--board") {
        return board::measure();
    }
    if words.iter().any(|word| word == "--proxy") {
        return proxy::measure(&Redis::start());
    }
    if words.iter().any(|word| word == "--provider") {
        return provider::measure();
    }
    if words.iter().any(|word| word == "--question") {
        return question::measure();
    }
    if words.iter().any(|word| word == "--writes") {
        return writes::measure();
    }
    match words.iter().position(|word| word == "--serve") {
        Some(place) => servers::serve(&words[place + 1..]),
        None => measure(),
    }
}

fn measure() {
    let redis = Redis::start();
    println!("Filling the stores with 100,000 sessions …");
    let running: Vec<(Variant, Running)> =
        Variant::ALL.iter().map(|variant| (*variant, Running::start(*variant, &redis))).collect();
    let mut results: BTreeMap<(usize, usize), Vec<Measured>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        for (column, connections) in CONCURRENCY.iter().enumerate() {
            for (row, (variant, server)) in running.iter().enumerate() {
                if variant.has_many_sessions() {
                    // "Last seen" is recorded once a minute: without this, every request would be the first of its minute.
                    server.load(*connections, 3);
                }
                results.entry((row, column)).or_default().push(server.load(*connections, 2));
            }
        }
    }
    print_table(&running, &results);
    for (variant, server) in &running {
        if let Some(memory) = &server.memory {
            println!("{}: {memory}", variant.name());
        }
    }
    drop(running);
    proxy::measure(&redis);
    let [few, many] = redis.bytes_per_session;
    println!("Redis: {few} bytes a session with 4 a person, {many} with 200 a person, index included");
    revocation::measure(&redis);
    storm::measure();
    board::measure();
    provider::measure();
}

fn print_table(running: &[(Variant, Running)], results: &BTreeMap<(usize, usize), Vec<Measured>>) {
    println!(
        "\n| variant | c=1 req/s, ratio | c=32 req/s, ratio | p99 ms | CPU µs, ratio | c=256 req/s, ratio | p99 ms | CPU µs, ratio |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (row, (variant, _)) in running.iter().enumerate() {
        let cell = |column: usize| median(&results[&(row, column)]);
        // Against the bare handler of the same round.
        let ratio = |column: usize, of: fn(&Measured) -> f64| {
            let rounds = results[&(row, column)].iter().zip(&results[&(0, column)]);
            let mut ratios: Vec<f64> = rounds.map(|(this, bare)| of(this) / of(bare)).collect();
            ratios.sort_by(f64::total_cmp);
            ratios[ratios.len() / 2]
        };
        let rate: fn(&Measured) -> f64 = |measured| measured.requests_per_second;
        let cpu: fn(&Measured) -> f64 = |measured| measured.cpu_us;
        println!(
            "| {} | {:.0}, {:.2} | {:.0}, {:.2} | {:.1} | {:.1}, {:.2} | {:.0}, {:.2} | {:.1} | {:.1}, {:.2} |",
            variant.name(),
            cell(0).requests_per_second,
            ratio(0, rate),
            cell(1).requests_per_second,
            ratio(1, rate),
            cell(1).p99_ms,
            cell(1).cpu_us,
            ratio(1, cpu),
            cell(2).requests_per_second,
            ratio(2, rate),
            cell(2).p99_ms,
            cell(2).cpu_us,
            ratio(2, cpu),
        );
    }
    println!();
}

fn median(measured: &[Measured]) -> Measured {
    let mut sorted = measured.to_vec();
    sorted.sort_by(|one, other| one.requests_per_second.total_cmp(&other.requests_per_second));
    sorted[sorted.len() / 2]
}
