//! Load of a bounded rate and time. Requests start by the clock, whatever happened to earlier ones (an open loop): a
//! server that stalls is detected, where a closed loop would wait for it.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::time::{Duration, Instant};

use futures_util::stream::{FuturesUnordered, StreamExt};

/// How many failure texts are stored.
const MAX_FAILURES: usize = 12;

/// Concurrent requests; a request beyond this limit has failed.
const IN_FLIGHT: usize = 512;

pub struct Load {
    /// Requests a second.
    pub rate: u32,
    pub time: Duration,
}

/// The outcome of one request: its kind, and its status or error.
pub type Shot = (&'static str, Result<u16, String>);

/// The outcomes of all requests.
#[derive(Default)]
pub struct Tally {
    counts: BTreeMap<(&'static str, u16), usize>,
    failed: usize,
    failures: Vec<String>,
    times: Vec<Duration>,
}

impl Load {
    /// Runs it. `act` sends the request of this number and returns whether it succeeded.
    pub async fn run<F: Future<Output = Shot>>(&self, act: impl Fn(u64) -> F) -> Tally {
        let mut tally = Tally::default();
        let mut under_way = FuturesUnordered::new();
        let total = u64::from(self.rate) * self.time.as_millis() as u64 / 1000;
        let begun = Instant::now();
        for number in 0..total {
            let due = begun + Duration::from_secs(1) * u32::try_from(number).unwrap() / self.rate;
            while let Some(wait) = due.checked_duration_since(Instant::now()) {
                match tokio::time::timeout(wait, under_way.next()).await {
                    Ok(Some(done)) => tally.add(begun, done),
                    Ok(None) => tokio::time::sleep(wait).await,
                    Err(_) => break,
                }
            }
            if under_way.len() >= IN_FLIGHT {
                tally.fail(begun, "load", "too many were under way");
                continue;
            }
            let shot = act(number);
            under_way.push(async move { (shot.await, due.elapsed()) });
        }
        while let Some(done) = under_way.next().await {
            tally.add(begun, done);
        }
        tally
    }
}

impl Tally {
    fn add(&mut self, begun: Instant, ((what, outcome), took): (Shot, Duration)) {
        self.times.push(took);
        match outcome {
            Ok(status) => *self.counts.entry((what, status)).or_default() += 1,
            Err(why) => self.fail(begun, what, &why),
        }
    }

    fn fail(&mut self, begun: Instant, what: &str, why: &str) {
        self.failed += 1;
        if self.failures.len() < MAX_FAILURES {
            self.failures.push(format!("{:.2} s {what}: {why}", begun.elapsed().as_secs_f32()));
        }
    }

    /// Requests that succeeded.
    pub fn done(&self) -> usize {
        self.counts.values().sum()
    }

    /// Requests of one kind that succeeded.
    pub fn done_of(&self, what: &str) -> usize {
        self.counts.iter().filter(|((kind, _), _)| *kind == what).map(|(_, count)| count).sum()
    }

    /// The time within which this percentage was answered.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(place).copied().unwrap_or_default()
    }

    #[track_caller]
    pub fn assert_all_went_well(&self) {
        assert_eq!(self.failed, 0, "{self}");
        assert!(self.done() > 0, "{self}");
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} went well, {} failed", self.done(), self.failed)?;
        write!(
            f,
            "; p50 {:?}, p99 {:?}, longest {:?}",
            self.percentile(50),
            self.percentile(99),
            self.percentile(100)
        )?;
        for ((what, status), count) in &self.counts {
            write!(f, "\n  {what} {status}: {count}")?;
        }
        self.failures.iter().try_for_each(|failure| write!(f, "\n  {failure}"))
    }
}
