//! What a request costs and what a user takes, on the wire and in memory.

use actix_session::storage::{RedisSessionStore, SessionStore};
use actix_web::cookie::time::Duration;

use crate::data::state;
use crate::load::{Measured, Redis, Running};
use crate::variant::Variant;

const ROUNDS: usize = 5;
const CONNECTIONS: usize = 32;
/// Sessions of actix-session, to learn what one takes.
const STORED: u64 = 20_000;

const VARIANTS: [Variant; 8] = [
    Variant::PlainCheck,
    Variant::EmbeddedCheck,
    Variant::RedisCheck,
    Variant::AccessTokenCheck,
    Variant::Hs256Check,
    Variant::Ed25519Check,
    Variant::CopyCheck,
    Variant::ActixRedisCheck,
];

pub fn measure(redis: &Redis) {
    let running = VARIANTS.map(|variant| (variant, Running::start(variant, redis)));
    let mut results: Vec<Vec<Measured>> = vec![Vec::new(); VARIANTS.len()];
    for _ in 0..ROUNDS {
        for ((_, server), measured) in running.iter().zip(&mut results) {
            measured.push(server.load(CONNECTIONS, 2));
        }
    }
    println!("\n| a request | CPU µs | CPU, ratio | requests/s, ratio |\n| --- | --- | --- | --- |");
    for ((variant, _), measured) in running.iter().zip(&results) {
        let ratio = |figure: fn(&Measured) -> f64| {
            median(measured.iter().zip(&results[0]).map(|(this, plain)| figure(this) / figure(plain)))
        };
        println!(
            "| {} | {:.1} | {:.2} | {:.2} |",
            variant.name(),
            median(measured.iter().map(|this| this.cpu_us)),
            ratio(|this| this.cpu_us),
            ratio(|this| this.requests_per_second),
        );
    }
    drop(running);
    println!("\nRedis, bytes a session: Munjigi {} (4 a user, with their list)", redis.bytes_per_session[0]);
    println!("Redis, bytes a session: actix-session {} (no list)", stored(redis));
    let many = Running::start(Variant::EmbeddedMany, redis);
    println!("Munjigi's near cache, 100,000 sessions: {}", many.memory.as_deref().unwrap_or("not measured"));
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// What a session of actix-session takes in Redis, with the same state as ours.
fn stored(redis: &Redis) -> u64 {
    let before = redis.used_memory().unwrap_or_default();
    actix_web::rt::System::new().block_on(async {
        let store = RedisSessionStore::new(redis.url(61)).await.expect("Redis");
        for number in 0..STORED {
            let user = usize::try_from(number).unwrap_or_default();
            store.save(state(user), &Duration::days(1)).await.expect("a session is saved");
        }
    });
    (redis.used_memory().unwrap_or_default() - before) / STORED
}
