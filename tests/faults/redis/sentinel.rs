//! Failovers by sentinels.

use std::time::Duration;

use munjigi::platform::redis::{Redis, RedisUrl, TlsFiles};

use crate::support::{Persona, Sentinels, signal};

use super::load::{Ends, Load, Nodes, pushes_are_heard, stays_out, until};

/// The promised recovery time after a master's death.
const BOUND: Duration = Duration::from_secs(Sentinels::DOWN_AFTER.as_secs() + 5);

/// How long a near cache may trust a server after its last message: a bound for what SQL, which notifies at once, covers.
const TRUST: Duration = Duration::from_secs(1);

async fn members(nodes: &Nodes, names: &[&str]) -> Vec<Persona> {
    let mut members = Vec::new();
    for name in names {
        members.push(nodes.cached.member(name).await);
    }
    members
}

async fn in_step(servers: &Sentinels) {
    servers.master.run(&["WAIT", "1", "2000"]).await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_killed_master_is_replaced_and_users_recover_quickly() {
    let mut servers = Sentinels::start().await;
    let nodes = Nodes::start(&servers.url()).await;
    let people = members(&nodes, &["mina", "noa", "zora", "busy", "leaver"]).await;
    let leaver = Persona::with_cookies_of(&people[4]);
    in_step(&servers).await;

    let load = Load::start(&nodes, &people[..3], &["busy"]);
    tokio::time::sleep(Duration::from_secs(1)).await;
    servers.master.kill().await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    people[4].post("/logout", &[]).await.assert_redirect("/");
    tokio::time::sleep(BOUND + Duration::from_secs(2)).await;
    let answers = load.stop().await;
    answers.print("a master killed");
    assert!(answers.outage <= BOUND, "{:?}", answers.outage);
    assert!(answers.slowest < Duration::from_secs(2), "{:?}", answers.slowest);
    stays_out(&nodes, &leaver).await;

    // The old master comes back: for a moment it still acts as master.
    let load = Load::start(&nodes, &people[..3], &["busy"]);
    servers.master.start_again();
    let is_replica = async || servers.master.is("slave").await;
    until("the old master is a replica", Duration::from_secs(30), is_replica).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let answers = load.stop().await;
    answers.print("the old master back");
    assert_eq!(answers.unavailable, 0);
    stays_out(&nodes, &leaver).await;
    pushes_are_heard(&nodes, &people[0], "mina").await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_master_that_hangs_is_replaced_and_its_waking_changes_nothing() {
    let servers = Sentinels::start().await;
    let nodes = Nodes::start(&servers.url()).await;
    let people = members(&nodes, &["mina", "noa", "busy"]).await;
    in_step(&servers).await;
    let process = servers.master.process_id().await;

    let load = Load::start(&nodes, &people[..2], &["busy"]);
    tokio::time::sleep(Duration::from_millis(500)).await;
    signal(process, "STOP");
    tokio::time::sleep(BOUND + Duration::from_secs(1)).await;
    let answers = load.stop().await;
    answers.print("a master that hangs");
    assert!(answers.outage <= BOUND, "{:?}", answers.outage);
    assert!(answers.slowest < Duration::from_secs(2), "{:?}", answers.slowest);

    // Only the new master knows the sign-outs since then.
    let leaver = Persona::with_cookies_of(&people[1]);
    people[1].post("/logout", &[]).await.assert_redirect("/");
    let load = Load::start(&nodes, &people[..1], &["busy"]);
    signal(process, "CONT");
    tokio::time::sleep(Duration::from_secs(4)).await;
    let answers = load.stop().await;
    answers.print("the master that hung awake again");
    assert_eq!(answers.unavailable, 0);
    stays_out(&nodes, &leaver).await;
    pushes_are_heard(&nodes, &people[0], "mina").await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_failover_that_loses_the_last_writes_restores_no_revoked_session() {
    let mut servers = Sentinels::start().await;
    let nodes = Nodes::start(&servers.url()).await;
    let people = members(&nodes, &["mina", "noa", "zora"]).await;
    let copies: Vec<Persona> = people.iter().map(Persona::with_cookies_of).collect();
    in_step(&servers).await;
    let held = async |server: &crate::support::RedisServer| {
        let keys = server.run(&["KEYS", "munjigi:session:*"]).await;
        redis::from_redis_value::<Vec<String>>(keys).unwrap().len()
    };

    // From here on the replica receives nothing.
    servers.replica.run(&["CONFIG", "SET", "masterauth", "wrong"]).await;
    servers.master.run(&["CLIENT", "KILL", "TYPE", "replica"]).await;
    people[0].post("/logout", &[]).await.assert_redirect("/");
    people[1].post("/profile/delete", &[("current_password", crate::support::PASSWORD)]).await;
    let is_gone = async || held(&servers.master).await == 1;
    until("the master knows of both ends", Duration::from_secs(5), is_gone).await;
    servers.master.kill().await;

    let is_master = async || servers.replica.is("master").await;
    until("the replica is promoted", BOUND, is_master).await;
    assert_eq!(held(&servers.replica).await, 3, "the new master still lists all three");
    stays_out(&nodes, &copies[0]).await;
    stays_out(&nodes, &copies[1]).await;
    assert!(
        nodes.at_cached(&copies[2]).is_signed_in().await && nodes.at_bare(&copies[2]).is_signed_in().await
    );
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_planned_failover_is_followed_and_the_replica_is_never_written_to() {
    let servers = Sentinels::start().await;
    let nodes = Nodes::start(&servers.url()).await;
    let people = members(&nodes, &["mina", "noa", "busy"]).await;
    in_step(&servers).await;
    let (load, ends) = (Load::start(&nodes, &people[..2], &["busy"]), Ends::start(&nodes, "ender").await);
    tokio::time::sleep(Duration::from_millis(500)).await;
    servers.run(0, &["SENTINEL", "FAILOVER", "mymaster"]).await;
    let is_master = async || servers.replica.is("master").await;
    until("the replica is promoted", BOUND, is_master).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let answers = load.stop().await;
    answers.print("a planned failover");
    assert!(ends.stop("concurrently").await < TRUST);
    assert!(answers.outage <= BOUND, "{:?}", answers.outage);
    let clients = servers.master.text(&["CLIENT", "LIST", "TYPE", "NORMAL"]).await;
    let ours = clients.lines().filter(|line| line.contains("cmd=get ") || line.contains("flags=t"));
    assert_eq!(ours.count(), 0, "no client uses the server that is a replica now: {clients}");
    pushes_are_heard(&nodes, &people[0], "mina").await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_sentinel_that_slept_through_a_failover_is_not_trusted() {
    let servers = Sentinels::start().await;
    let target =
        RedisUrl::parse(&servers.url(), &TlsFiles::default()).unwrap_or_else(|expected| panic!("{expected}"));
    let redis = Redis::new(&target).unwrap();
    let before = redis.view().await.unwrap();
    let info: String = redis::from_redis_value(servers.run(0, &["INFO", "server"]).await).unwrap();
    let sleeper = info.lines().find_map(|line| line.strip_prefix("process_id:")).unwrap().parse().unwrap();
    signal(sleeper, "STOP");
    servers.run(1, &["SENTINEL", "FAILOVER", "mymaster"]).await;
    until("the master has moved", BOUND, async || redis.view().await.unwrap() != before).await;
    signal(sleeper, "CONT");
    for _ in 0..100 {
        assert_ne!(redis.view().await.unwrap(), before);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_master_that_does_not_know_that_it_was_replaced_is_left() {
    let servers = Sentinels::start().await;
    let nodes = Nodes::start(&servers.url()).await;
    let people = members(&nodes, &["mina", "noa"]).await;
    in_step(&servers).await;
    let load = Load::start(&nodes, &people, &[]);
    servers.replica.run(&["REPLICAOF", "NO", "ONE"]).await;
    servers.proclaim(&servers.replica).await;
    let asks_the_old_one = async || {
        let clients = servers.master.text(&["CLIENT", "LIST", "TYPE", "NORMAL"]).await;
        clients.lines().any(|line| line.contains("cmd=get ") || line.contains("flags=t"))
    };
    let left = until("everyone has left", Duration::from_secs(4), async || !asks_the_old_one().await).await;
    println!("the master that was replaced was left within {left:?}");
    let answers = load.stop().await;
    answers.print("a master that does not know that it was replaced");
    assert_eq!(answers.unavailable, 0);
    pushes_are_heard(&nodes, &people[0], "mina").await;
}
