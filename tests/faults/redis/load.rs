//! Users who send requests without pause on two nodes, and the answers they get.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use munjigi::config::Config;
use tokio::task::JoinHandle;

use crate::support::{PASSWORD, Persona, Reply, TestApp};

/// One node with a near cache, and one that reads Redis each time.
pub struct Nodes {
    pub cached: TestApp,
    pub bare: TestApp,
}

impl Nodes {
    pub async fn start(redis_url: &str) -> Self {
        let common = |config: &mut Config| {
            config.redis_url = Some(redis_url.to_owned());
            config.trusted_proxies = vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()];
        };
        let cached = TestApp::with(common).await;
        let (database, data_dir) = (cached.config.database.clone(), cached.config.data_dir.clone());
        let bare = TestApp::with(|config| {
            common(config);
            (config.database, config.data_dir) = (database, data_dir);
            config.near_cache_bytes = 0;
        })
        .await;
        cached.warm().await;
        Self { cached, bare }
    }

    /// The same person at the other node.
    pub fn at_bare(&self, persona: &Persona) -> Persona {
        follow(&self.bare, persona)
    }

    pub fn at_cached(&self, persona: &Persona) -> Persona {
        follow(&self.cached, persona)
    }
}

fn follow(app: &TestApp, persona: &Persona) -> Persona {
    let follower = app.visitor();
    follower.set_cookie("munjigi", &persona.cookie("munjigi").unwrap());
    follower
}

/// Clicks until it is stopped.
pub struct Load {
    stop: Arc<AtomicBool>,
    clicks: Vec<JoinHandle<Vec<Click>>>,
}

/// When a request was sent, how long its answer took, and the answer.
struct Click {
    sent: Instant,
    took: Duration,
    status: u16,
}

/// The answers that users got.
pub struct Answers {
    pub good: usize,
    pub unavailable: usize,
    /// From the first 503 until the last.
    pub outage: Duration,
    pub slowest: Duration,
}

impl Load {
    /// Members who open a page repeatedly, each on both nodes; and `others` who sign in and out.
    pub fn start(nodes: &Nodes, members: &[Persona], others: &[&str]) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let mut clicks = Vec::new();
        for member in members.iter().flat_map(|member| [nodes.at_cached(member), nodes.at_bare(member)]) {
            let stop = Arc::clone(&stop);
            clicks.push(tokio::spawn(async move {
                let mut clicks = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    clicks.push(click(member.get("/profile")).await);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                clicks
            }));
        }
        for name in others {
            let (stop, name, visitor) = (Arc::clone(&stop), (*name).to_owned(), nodes.bare.visitor());
            clicks.push(tokio::spawn(async move {
                let mut clicks = Vec::new();
                let fields = [("login", name.as_str()), ("password", PASSWORD)];
                while !stop.load(Ordering::Relaxed) {
                    let mut signed_in = click(visitor.post("/login", &fields)).await;
                    if signed_in.status == 303 {
                        signed_in.status = 200;
                    }
                    clicks.push(signed_in);
                    visitor.post("/logout", &[]).await;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                clicks
            }));
        }
        Self { stop, clicks }
    }

    /// Every answer was a success or a 503.
    pub async fn stop(self) -> Answers {
        self.stop.store(true, Ordering::Relaxed);
        let mut clicks = Vec::new();
        for task in self.clicks {
            clicks.extend(task.await.unwrap());
        }
        let odd: Vec<u16> =
            clicks.iter().map(|click| click.status).filter(|status| !matches!(status, 200 | 503)).collect();
        assert!(
            odd.is_empty(),
            "{} of {} were answered {:?}",
            odd.len(),
            clicks.len(),
            &odd[..odd.len().min(5)]
        );
        let unavailable: Vec<&Click> = clicks.iter().filter(|click| click.status == 503).collect();
        let first = unavailable.iter().map(|click| click.sent).min();
        let last = unavailable.iter().map(|click| click.sent + click.took).max();
        Answers {
            good: clicks.len() - unavailable.len(),
            unavailable: unavailable.len(),
            outage: first.zip(last).map_or(Duration::ZERO, |(first, last)| last - first),
            slowest: clicks.iter().map(|click| click.took).max().unwrap_or_default(),
        }
    }
}

impl Answers {
    pub fn print(&self, what: &str) {
        let Self { good, unavailable, outage, slowest } = self;
        println!(
            "{what}: {good} succeeded, {unavailable} answered 503 within {outage:?}, the slowest {slowest:?}"
        );
    }
}

async fn click(ask: impl Future<Output = Reply>) -> Click {
    let sent = Instant::now();
    let status = ask.await.status;
    Click { sent, took: sent.elapsed(), status }
}

/// Waits until a condition holds.
pub async fn until(what: &str, within: Duration, holds: impl AsyncFn() -> bool) -> Duration {
    let since = Instant::now();
    while !holds().await {
        assert!(since.elapsed() < within, "{what}: not within {within:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    since.elapsed()
}

/// Asserts that both nodes refuse a session, whatever the store holds.
pub async fn stays_out(nodes: &Nodes, copy: &Persona) {
    for persona in [nodes.at_cached(copy), nodes.at_bare(copy)] {
        let is_known = async || persona.get("/profile").await.status != 503;
        until("the store answers", Duration::from_secs(5), is_known).await;
        for _ in 0..20 {
            assert_eq!(persona.get("/profile").await.status, 303, "who is out stays out");
        }
    }
}

/// Asserts that revocations in Redis alone are pushed to the node with a near cache.
pub async fn pushes_are_heard(nodes: &Nodes, member: &Persona, user: &str) {
    nodes.cached.warm().await;
    let hot = nodes.at_cached(member);
    for _ in 0..3 {
        assert_eq!(hot.get("/profile").await.status, 200);
    }
    let store = nodes.bare.identity.sessions.reader.store();
    for stored in store.of_user(nodes.bare.user_id(user)).await.unwrap() {
        store.remove(&stored.key).await.unwrap();
    }
    let is_refused = async || hot.get("/profile").await.status == 303;
    until("the push is heard", Duration::from_millis(500), is_refused).await;
}

/// Repeatedly, a user signs in, is hot on the node with a near cache, and the other node revokes them in Redis alone.
pub struct Ends {
    stop: Arc<AtomicBool>,
    times: JoinHandle<Vec<Duration>>,
}

impl Ends {
    pub async fn start(nodes: &Nodes, name: &str) -> Self {
        nodes.bare.member(name).await.post("/logout", &[]).await;
        let (user, bare) = (nodes.bare.user_id(name), Arc::clone(&nodes.bare.identity));
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, name) = (Arc::clone(&stop), name.to_owned());
        let (urls, mut times) = ([nodes.bare.url.clone(), nodes.cached.url.clone()], Vec::new());
        let times = tokio::spawn(async move {
            while !stopped.load(Ordering::Relaxed) {
                let (here, there) = (Persona::new(&urls[0]), Persona::new(&urls[1]));
                let signed_in =
                    here.post("/login", &[("login", &name), ("password", PASSWORD)]).await.status == 303;
                if !signed_in {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
                there.set_cookie("munjigi", &here.cookie("munjigi").unwrap());
                for _ in 0..3 {
                    there.get("/profile").await;
                }
                let store = bare.sessions.reader.store();
                let Ok(all) = store.of_user(user).await else { continue };
                let mut all_ended = !all.is_empty();
                for stored in all {
                    all_ended &= store.remove(&stored.key).await.is_ok();
                }
                if all_ended {
                    times.extend(accepted_for(&here, &there).await);
                }
            }
            times
        });
        Self { stop, times }
    }

    /// How long the slowest session was accepted after its revocation.
    pub async fn stop(self, what: &str) -> Duration {
        self.stop.store(true, Ordering::Relaxed);
        let times = self.times.await.unwrap();
        let longest = times.iter().max().copied().unwrap_or_default();
        println!(
            "{what}: {} sessions ended in Redis alone, the longest was accepted for {longest:?}",
            times.len()
        );
        assert!(times.len() > 5, "some were ended");
        longest
    }
}

/// None if a failover has lost the revocation, so that Redis still holds the session: SQL covers that.
async fn accepted_for(bare: &Persona, cached: &Persona) -> Option<Duration> {
    let since = Instant::now();
    let mut last = Duration::ZERO;
    loop {
        let sent = since.elapsed();
        match cached.get("/profile").await.status {
            200 if bare.get("/profile").await.status == 200 => return None,
            200 => last = sent,
            303 => return Some(last),
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
        let answers = (bare.get("/profile").await.status, cached.get("/profile").await.status);
        assert!(sent < Duration::from_secs(10), "it is refused in the end, not {answers:?}");
    }
}
