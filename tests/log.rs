//! The log while something fails: a line when it begins and one when it is over, whatever happens in between.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::support::{Munjigi, PASSWORD, Persona, PostgresServer, RedisServer, scratch};

/// The lines with this text.
fn lines<'l>(log: &'l str, text: &str) -> Vec<&'l str> {
    log.lines().filter(|line| line.contains(text)).collect()
}

/// The seconds that a line gives as `took`.
fn took(line: &str) -> f64 {
    let (_, rest) = line.split_once("took=").unwrap_or_else(|| panic!("{line}"));
    rest.split(' ').next().unwrap().trim_end_matches('s').parse().unwrap()
}

fn every_line_begins_with_its_time(log: &str) {
    for line in log.lines() {
        let begins = line.len() > 20 && line[..4].parse::<u16>().is_ok() && line.as_bytes()[10] == b'T';
        assert!(begins, "no line of its own: {line}\n{log}");
    }
}

/// Problems by the words that every line about them has.
fn problems(log: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in log.lines().filter(|line| line.contains(" WARN ") || line.contains("ERROR ")) {
        let words = line.split_once(' ').unwrap().1.split(" error=").next().unwrap();
        *counts.entry(words.to_owned()).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn an_outage_of_redis_is_one_line_when_it_begins_and_one_when_it_is_over() {
    let (mut redis, folder) = (RedisServer::start(), scratch());
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("REDIS_URL", redis.url());
    let server = Munjigi::serve(command);
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let killed = Instant::now();
    redis.kill().await;
    for _ in 0..4 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        mina.post("/login", &[("login", "mina"), ("password", "guess")]).await;
    }
    redis.start_again();
    let at_most = killed.elapsed().as_secs_f64() + 1.0;
    for _ in 0..4 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let guest = Persona::new(&server.url);
        guest.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    }
    let log = server.stop();
    every_line_begins_with_its_time(&log);
    assert_eq!(lines(&log, "change notifications stopped").len(), 1, "{log}");
    assert_eq!(lines(&log, "rate limits are local").len(), 1, "{log}");
    let over = lines(&log, "change notifications arrive again");
    assert_eq!(over.len(), 1, "{log}");
    assert!((4.0..at_most).contains(&took(over[0])), "{}", over[0]);
    assert_eq!(lines(&log, "rate limits are counted in Redis again").len(), 1, "{log}");
}

#[tokio::test]
async fn an_outage_of_postgres_is_one_line_of_each_kind() {
    let (mut postgres, folder) = (PostgresServer::quick(), scratch());
    let database = postgres.database("munjigi");
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("DATABASE_URL", postgres.url("munjigi"));
    drop(database);
    let server = Munjigi::serve(command);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let stopped = Instant::now();
    postgres.stop();
    tokio::time::sleep(Duration::from_secs(7)).await;
    postgres.start_again();
    let at_most = stopped.elapsed().as_secs_f64() + 3.0;
    tokio::time::sleep(Duration::from_secs(7)).await;
    let log = server.stop();
    every_line_begins_with_its_time(&log);
    let problems = problems(&log);
    assert!(problems.values().all(|count| *count == 1), "{problems:#?}\n{log}");
    let over = lines(&log, "changes are read from the database again");
    assert_eq!(over.len(), 1, "{log}");
    assert!((6.5..at_most).contains(&took(over[0])), "{}", over[0]);
    assert_eq!(lines(&log, "the database connection failed").len(), 1, "{log}");
    assert_eq!(lines(&log, "the database answers again").len(), 1, "{log}");
}
