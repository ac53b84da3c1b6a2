//! Two processes of the real binary on one Redis and one database: sessions revoked on one are revoked on the other.

mod api_tokens;
pub mod logouts;
mod oidc;
mod overview;

use std::net::Ipv4Addr;
use std::ops::Range;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::support::{Munjigi, PASSWORD, Persona, RedisServer, TestApp, database_at, scratch};

/// Revocations that are timed, idle and under load; the benchmark times ten times as many.
const TRIALS: u8 = 100;

pub struct Pair {
    pub here: Munjigi,
    pub there: Munjigi,
    redis: RedisServer,
    folder: tempfile::TempDir,
}

impl Pair {
    pub fn start() -> Self {
        let folder = scratch();
        let redis = RedisServer::start();
        let node = || {
            let mut command: Command = Munjigi::command(&folder.path().join("data"));
            command.env("REDIS_URL", redis.url()).env("MUNJIGI_LOG", "warn");
            command.env("MUNJIGI_TRUSTED_PROXIES", "127.0.0.1");
            Munjigi::serve(command)
        };
        let (here, there) = (node(), node());
        Self { here, there, redis, folder }
    }

    /// A node within this process.
    pub async fn third(&self) -> TestApp {
        let data = self.folder.path().join("data");
        TestApp::with(|config| {
            config.database = database_at(&data);
            config.data_dir = data;
            config.redis_url = Some(self.redis.url());
        })
        .await
    }

    async fn member(&self, name: &str, number: usize) -> Persona {
        let mut mina = Persona::new(&self.here.url);
        // Each from an address of its own, because registrations are limited per address.
        mina.forwarded_for = Some(format!("10.1.{}.{}", number / 250, number % 250));
        mina.register(name).await;
        mina
    }

    fn follow(&self, persona: &Persona) -> Persona {
        let there = Persona::new(&self.there.url);
        there.set_cookie("munjigi", &persona.cookie("munjigi").unwrap());
        there
    }
}

/// How long after `since` the first refused request was sent.
async fn until_refused(persona: &Persona, since: Instant) -> Duration {
    loop {
        let sent = Instant::now();
        match persona.get("/profile").await.status {
            303 => return sent - since,
            200 => assert!(since.elapsed() < Duration::from_secs(5), "it is not refused"),
            other => panic!("answered {other}"),
        }
    }
}

/// One of the ways in which a session ends.
async fn end(kind: usize, mina: &Persona) {
    let new = format!("orchard velvet seven {kind} 계단");
    let reply = match kind % 20 {
        0 => mina.post("/security", &[("current_password", PASSWORD), ("new_password", &new)]).await,
        1 => mina.post("/profile/delete", &[("current_password", PASSWORD)]).await,
        2..8 => {
            let action = mina.get("/sessions").await.attributes(".session.now form", "action").remove(0);
            mina.post(&action, &[]).await
        }
        _ => mina.post("/logout", &[]).await,
    };
    assert_eq!(reply.status, 303);
}

/// Ends a session from elsewhere: by another session of the same user, or by staff.
async fn end_from_elsewhere(third: &TestApp, url: &str, (name, by_staff): (&str, bool)) {
    let reply = if by_staff {
        let path = format!("/admin/users/{}/disable", third.user_id(name));
        Persona::at(url, &third.another_browser("sofia").await).post(&path, &[]).await
    } else {
        Persona::at(url, &third.another_browser(name).await).post("/sessions/end-others", &[]).await
    };
    assert_eq!(reply.status, 303, "{}", reply.text());
}

/// This many signed-in users. A third node creates them, because its hashes are cheap.
pub async fn people(pair: &Pair, third: &TestApp, prefix: &str, count: u8) -> Vec<Persona> {
    let mut people = Vec::new();
    for number in 0..count {
        let address = Ipv4Addr::new(10, 1, prefix.len() as u8, number);
        let made = third.member_from(address, &format!("{prefix}{number}")).await;
        people.push(Persona::at(&pair.here.url, &made));
    }
    people
}

/// Revokes sessions that are hot on both nodes, on one and the other in turn; returns how long the other node accepted each.
async fn trials(
    (pair, third): (&Pair, &TestApp),
    (prefix, people): (&str, &[Persona]),
    kinds: Range<usize>,
) -> Vec<Duration> {
    let mut times = Vec::new();
    for ((number, mina), kind) in people.iter().enumerate().zip(kinds.cycle()) {
        let there = pair.follow(mina);
        for persona in [mina, &there, mina, &there] {
            assert_eq!(persona.get("/profile").await.status, 200);
        }
        // Each kind on either node.
        let (url, at, other) = match (number + number / 20) % 2 {
            0 => (&pair.here.url, mina, &there),
            _ => (&pair.there.url, &there, mina),
        };
        match kind {
            10 | 11 => end_from_elsewhere(third, url, (&format!("{prefix}{number}"), kind == 11)).await,
            _ => end(kind, at).await,
        }
        times.push(until_refused(other, Instant::now()).await);
    }
    times.sort();
    times
}

/// Other tests run concurrently, so a few may be late by a time slice; the benchmark, alone on the
/// machine, holds the 99th of a hundred to the same bound.
fn are_refused_at_once(times: &[Duration], bound: Duration) {
    let (ninetieth, longest) = (times[times.len() * 9 / 10], times[times.len() - 1]);
    assert!(ninetieth <= bound, "nine of ten within {ninetieth:?}");
    assert!(longest <= Duration::from_secs(1), "the longest {longest:?}");
}

#[tokio::test]
async fn a_session_ended_on_one_node_is_refused_on_the_other_at_once() {
    let pair = Pair::start();
    let third = pair.third().await;
    third.staff("sofia").await;
    let both = (&pair, &third);
    let idle = trials(both, ("idle", &people(&pair, &third, "idle", TRIALS).await), 0..20).await;
    are_refused_at_once(&idle, Duration::from_millis(10));

    let (busy, others) = (pair.member("busy", 10_000).await, people(&pair, &third, "loaded", TRIALS).await);
    let (stop, follower) = (AtomicBool::new(false), pair.follow(&busy));
    let load = join_all((0..4).map(async |number| {
        let persona = if number % 2 == 0 { &busy } else { &follower };
        while !stop.load(Ordering::Relaxed) {
            assert_eq!(persona.get("/profile").await.status, 200);
        }
    }));
    // Without the kinds that hash: hashing threads yield while every core is busy.
    let measured = async {
        let loaded = trials(both, ("loaded", &others), 2..20).await;
        stop.store(true, Ordering::Relaxed);
        loaded
    };
    let (_, loaded) = tokio::join!(load, measured);
    are_refused_at_once(&loaded, Duration::from_millis(50));
}

#[tokio::test]
async fn a_new_password_here_ends_other_sessions_there() {
    let pair = Pair::start();
    let mina = pair.member("mina", 1).await;
    let phone = Persona::new(&pair.there.url);
    phone.sign_in("mina").await.assert_redirect("/dashboard");
    assert!(phone.is_signed_in().await);
    mina.post("/security", &[("current_password", PASSWORD), ("new_password", "orchard 계단 velvet seven")])
        .await
        .assert_redirect("/security");
    assert!(until_refused(&phone, Instant::now()).await < Duration::from_secs(1));
    assert!(mina.is_signed_in().await && pair.follow(&mina).is_signed_in().await);
}

/// How long after `since` the first request for `path` that got `status` was sent.
async fn until_answered(persona: &Persona, path: &str, status: u16, since: Instant) -> Duration {
    loop {
        let sent = Instant::now();
        if persona.get(path).await.status == status {
            return sent - since;
        }
        assert!(since.elapsed() < Duration::from_secs(5), "{path} is never answered by {status}");
    }
}

#[tokio::test]
async fn what_staff_take_away_on_one_node_is_gone_on_the_other_at_once() {
    let pair = Pair::start();
    let (sofia, author) = (pair.member("sofia", 1).await, pair.member("author", 2).await);
    let mina = pair.member("mina", 3).await;
    let promote = ["user", "promote", "sofia"];
    assert!(Munjigi::command(&pair.folder.path().join("data")).args(promote).status().unwrap().success());
    author.post("/board/new", &[("title", "T"), ("body", "B")]).await.assert_redirect("/board/1");
    let (group, edit) = ("/admin/groups/1", "/board/1/edit");
    sofia.post("/admin/groups", &[("name", "Moderators")]).await.assert_redirect(group);
    let may_change = [("name", "Moderators"), ("board.change_post", "yes")];
    let bare = [("name", "Moderators"), ("was-board.change_post", "yes")];
    let there = pair.follow(&mina);
    let mut times = Vec::new();
    for round in 0..20 {
        sofia.post(group, &may_change).await.assert_redirect(group);
        sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect(group);
        until_answered(&there, edit, 200, Instant::now()).await;
        if round % 2 == 0 {
            sofia.post("/admin/groups/1/members/3/remove", &[]).await.assert_redirect(group);
        } else {
            sofia.post(group, &bare).await.assert_redirect(group);
        }
        times.push(until_answered(&there, edit, 403, Instant::now()).await);
    }
    sofia.post("/admin/users/3/disable", &[]).await.assert_redirect("/admin/users/3");
    times.push(until_answered(&there, edit, 303, Instant::now()).await);
    times.sort();
    are_refused_at_once(&times, Duration::from_millis(50));
}

#[tokio::test]
async fn what_the_command_line_does_is_seen_on_every_node() {
    let pair = Pair::start();
    let mina = pair.member("mina", 1).await;
    let there = pair.follow(&mina);
    assert!(mina.is_signed_in().await && there.is_signed_in().await);
    let done = Munjigi::command(&pair.folder.path().join("data"))
        .args(["user", "disable", "mina"])
        .status()
        .unwrap();
    assert!(done.success());
    let since = Instant::now();
    assert!(until_refused(&mina, since).await < Duration::from_millis(500));
    assert!(until_refused(&there, since).await < Duration::from_millis(500));
}

#[tokio::test]
async fn a_redis_that_lost_its_last_writes_restores_no_revoked_session() {
    let mut pair = Pair::start();
    let people = [pair.member("mina", 1).await, pair.member("noa", 2).await, pair.member("zora", 3).await];
    let copies: Vec<Persona> = people.iter().map(Persona::with_cookies_of).collect();
    pair.redis.run(&["SAVE"]).await;
    end(9, &people[0]).await;
    end(0, &people[1]).await;
    pair.redis.kill().await;
    pair.redis.start_again();
    let back: Vec<String> =
        redis::from_redis_value(pair.redis.run(&["KEYS", "munjigi:session:*"]).await).unwrap();
    assert_eq!(back.len(), 3, "Redis still lists all three");
    for (copy, lives) in copies.iter().zip([false, false, true]) {
        for persona in [copy, &pair.follow(copy)] {
            let deadline = Instant::now() + Duration::from_secs(2);
            while persona.get("/profile").await.status == 503 {
                assert!(Instant::now() < deadline, "Redis is back");
            }
            assert_eq!(persona.is_signed_in().await, lives);
        }
    }
}
