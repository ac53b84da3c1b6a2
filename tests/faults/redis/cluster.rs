//! A cluster whose slots move and whose primaries die.

use std::time::Duration;

use crate::support::{Persona, RedisCluster, RedisServer, signal};

use super::load::{Ends, Load, Nodes, pushes_are_heard, stays_out, until};

/// A replica is elected within seconds after its primary is considered dead.
const BOUND: Duration = Duration::from_secs(RedisCluster::NODE_TIMEOUT.as_secs() + 5);

/// How long a near cache may trust servers after their last message: a bound for what SQL, which notifies at once, covers.
const TRUST: Duration = Duration::from_secs(1);

/// Enough users that each primary has some of their sessions.
const NAMES: [&str; 8] = ["mina", "noa", "zora", "sofia", "juno", "kai", "lena", "omar"];

async fn members(nodes: &Nodes) -> Vec<Persona> {
    let mut members = Vec::new();
    for name in NAMES {
        members.push(nodes.cached.member(name).await);
    }
    members
}

/// Moves a slot with its keys, as `redis-cli --cluster reshard` does.
async fn move_slot(slot: &str, from: &RedisServer, to: &RedisServer, everyone: &RedisCluster) {
    let (from_id, to_id) = (from.text(&["CLUSTER", "MYID"]).await, to.text(&["CLUSTER", "MYID"]).await);
    to.run(&["CLUSTER", "SETSLOT", slot, "IMPORTING", &from_id]).await;
    from.run(&["CLUSTER", "SETSLOT", slot, "MIGRATING", &to_id]).await;
    // Half moved for a while, so that keys are requested on both sides.
    tokio::time::sleep(Duration::from_millis(20)).await;
    loop {
        let keys = from.run(&["CLUSTER", "GETKEYSINSLOT", slot, "1"]).await;
        let keys: Vec<String> = redis::from_redis_value(keys).unwrap();
        let Some(key) = keys.first() else { break };
        from.run(&["MIGRATE", "127.0.0.1", &to.port.to_string(), key, "0", "2000"]).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for server in [to, from].into_iter().chain(&everyone.primaries) {
        server.run(&["CLUSTER", "SETSLOT", slot, "NODE", &to_id]).await;
    }
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn slots_that_move_are_followed_without_a_single_refusal() {
    let cluster = RedisCluster::start().await;
    let nodes = Nodes::start(&cluster.url()).await;
    let people = members(&nodes).await;
    nodes.cached.member("busy").await;
    let (load, ends) = (Load::start(&nodes, &people, &["busy"]), Ends::start(&nodes, "ender").await);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let (from, to) = (&cluster.primaries[0], &cluster.primaries[1]);
    let keys: Vec<String> = redis::from_redis_value(from.run(&["KEYS", "munjigi:*"]).await).unwrap();
    let mut slots = Vec::new();
    for key in &keys {
        let slot: u16 = redis::from_redis_value(from.run(&["CLUSTER", "KEYSLOT", key]).await).unwrap();
        slots.push(slot);
    }
    slots.sort();
    slots.dedup();
    assert!(slots.len() >= 3, "some keys to move: {keys:?}");
    for slot in &slots {
        move_slot(&slot.to_string(), from, to, &cluster).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let answers = load.stop().await;
    answers.print(&format!("{} slots moved with their keys", slots.len()));
    assert_eq!(answers.unavailable, 0);
    assert!(ends.stop("concurrently").await < TRUST);
    pushes_are_heard(&nodes, &people[0], NAMES[0]).await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_killed_primary_is_replaced_and_no_user_is_signed_out() {
    let mut cluster = RedisCluster::start().await;
    let nodes = Nodes::start(&cluster.url()).await;
    let people = members(&nodes).await;
    nodes.cached.member("busy").await;
    let leaver = Persona::with_cookies_of(&people[7]);
    for primary in &cluster.primaries {
        primary.run(&["WAIT", "1", "2000"]).await;
    }
    let load = Load::start(&nodes, &people[..7], &["busy"]);
    tokio::time::sleep(Duration::from_millis(500)).await;
    cluster.primaries[1].kill().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    people[7].post("/logout", &[]).await.assert_redirect("/");
    tokio::time::sleep(BOUND + Duration::from_secs(2)).await;
    let answers = load.stop().await;
    answers.print("a primary killed");
    assert!(answers.outage <= BOUND, "{:?}", answers.outage);
    stays_out(&nodes, &leaver).await;

    let load = Load::start(&nodes, &people[..7], &["busy"]);
    cluster.primaries[1].start_again();
    let is_replica = async || cluster.primaries[1].is("slave").await;
    until("the old primary is a replica", Duration::from_secs(30), is_replica).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let answers = load.stop().await;
    answers.print("the old primary back");
    assert_eq!(answers.unavailable, 0);
    pushes_are_heard(&nodes, &people[0], NAMES[0]).await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_primary_that_hangs_is_replaced_and_its_waking_changes_nothing() {
    let cluster = RedisCluster::start().await;
    let nodes = Nodes::start(&cluster.url()).await;
    let people = members(&nodes).await;
    for primary in &cluster.primaries {
        primary.run(&["WAIT", "1", "2000"]).await;
    }
    let process = cluster.primaries[2].process_id().await;
    let load = Load::start(&nodes, &people, &[]);
    tokio::time::sleep(Duration::from_millis(500)).await;
    signal(process, "STOP");
    tokio::time::sleep(BOUND + Duration::from_secs(2)).await;
    let answers = load.stop().await;
    answers.print("a primary that hangs");
    assert!(answers.outage <= BOUND, "{:?}", answers.outage);
    assert!(answers.slowest < Duration::from_secs(2), "{:?}", answers.slowest);

    let leavers: Vec<Persona> = people[4..].iter().map(Persona::with_cookies_of).collect();
    for person in &people[4..] {
        person.post("/logout", &[]).await.assert_redirect("/");
    }
    let load = Load::start(&nodes, &people[..4], &[]);
    signal(process, "CONT");
    tokio::time::sleep(Duration::from_secs(3)).await;
    let answers = load.stop().await;
    answers.print("the primary that hung awake again");
    assert_eq!(answers.unavailable, 0);
    for leaver in &leavers {
        stays_out(&nodes, leaver).await;
    }
    pushes_are_heard(&nodes, &people[0], NAMES[0]).await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_replica_takes_over_by_hand_and_pushes_go_on() {
    let cluster = RedisCluster::start().await;
    let nodes = Nodes::start(&cluster.url()).await;
    let people = members(&nodes).await;
    let (load, ends) = (Load::start(&nodes, &people, &[]), Ends::start(&nodes, "ender").await);
    tokio::time::sleep(Duration::from_millis(500)).await;
    for replica in &cluster.replicas {
        replica.run(&["CLUSTER", "FAILOVER"]).await;
        let is_primary = async || replica.is("master").await;
        until("the replica has taken over", Duration::from_secs(10), is_primary).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let answers = load.stop().await;
    answers.print("three replicas took over by hand");
    assert!(ends.stop("concurrently").await < TRUST);
    assert!(answers.outage <= BOUND, "{:?}", answers.outage);
    for (person, name) in people.iter().zip(NAMES).take(4) {
        pushes_are_heard(&nodes, person, name).await;
    }
}
