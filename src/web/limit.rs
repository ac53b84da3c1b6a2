//! Limits on failures: so many within a window, then 429. What succeeds costs nothing.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use quick_cache::sync::Cache;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::clock::Clock;

/// Keys that are remembered; beyond it, the least used are forgotten.
const MAX_KEYS: usize = 100_000;
/// The longest that an attempt waits for others under the same key.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// Counts failures by key, by a clock that nobody can set: a wrong time must not lock anyone out until it is reached again. As many attempts as could still fail run at once; the others wait, so that a burst of
/// parallel guesses gets no more than its share, and a burst of right passwords is not refused.
pub struct Limiter {
    max: usize,
    window: i64,
    clock: Clock,
    gates: Cache<String, Arc<Gate>>,
}

#[derive(Debug)]
struct Gate {
    /// One permit for each failure that is still allowed.
    free: Arc<Semaphore>,
    failures: Mutex<VecDeque<i64>>,
    full: Notify,
}

/// The limit is reached; how many seconds until the oldest failure is forgotten.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    pub retry_after: u64,
}

/// An attempt that is under way. It counts as failed unless `forgive` is called: whoever hangs up early gains nothing.
#[derive(Debug)]
pub struct Attempt {
    gate: Arc<Gate>,
    permit: Option<OwnedSemaphorePermit>,
    max: usize,
    at: i64,
}

impl Limiter {
    /// At most `max` failures within `window` seconds.
    pub fn new(max: usize, window: i64, clock: Clock) -> Self {
        Self { max, window, clock, gates: Cache::new(MAX_KEYS) }
    }

    /// Waits for a turn under `key`.
    pub async fn enter(&self, key: &str) -> Result<Attempt, Refused> {
        let gate = self.gate(key);
        let full = gate.full.notified();
        tokio::pin!(full);
        full.as_mut().enable();
        self.forgive(&gate);
        self.refuse_if_full(&gate)?;
        let turn = Arc::clone(&gate.free).acquire_owned();
        let permit = tokio::select! {
            permit = turn => permit.ok(),
            () = full => None,
            () = tokio::time::sleep(MAX_WAIT) => None,
        };
        match permit {
            Some(permit) => Ok(Attempt {
                gate: Arc::clone(&gate),
                permit: Some(permit),
                max: self.max,
                at: self.clock.ticks(),
            }),
            None => {
                self.refuse_if_full(&gate)?;
                Err(Refused { retry_after: 1 })
            }
        }
    }

    fn gate(&self, key: &str) -> Arc<Gate> {
        let open = || -> Result<_, std::convert::Infallible> {
            Ok(Arc::new(Gate {
                free: Arc::new(Semaphore::new(self.max)),
                failures: Mutex::default(),
                full: Notify::new(),
            }))
        };
        let Ok(gate) = self.gates.get_or_insert_with(key, open);
        gate
    }

    /// Forgets what happened before the window.
    fn forgive(&self, gate: &Gate) {
        let since = self.clock.ticks() - self.window;
        let mut failures = gate.failures();
        while failures.front().is_some_and(|at| *at <= since) {
            failures.pop_front();
            gate.free.add_permits(1);
        }
    }

    fn refuse_if_full(&self, gate: &Gate) -> Result<(), Refused> {
        let failures = gate.failures();
        match failures.front() {
            Some(oldest) if failures.len() >= self.max => {
                let seconds = oldest + self.window - self.clock.ticks();
                Err(Refused { retry_after: seconds.max(1) as u64 })
            }
            _ => Ok(()),
        }
    }
}

impl Attempt {
    /// It did not fail, or through no fault of whoever tried.
    pub fn forgive(mut self) {
        self.permit = None;
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let Some(permit) = self.permit.take() else { return };
        let mut failures = self.gate.failures();
        failures.push_back(self.at);
        permit.forget();
        if failures.len() >= self.max {
            self.gate.full.notify_waiters();
        }
    }
}

impl Gate {
    fn failures(&self) -> MutexGuard<'_, VecDeque<i64>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A few at a time under each key; the others wait their turn.
pub struct Lanes {
    width: usize,
    max_wait: Duration,
    lanes: Cache<String, Arc<Semaphore>>,
}

impl Lanes {
    pub fn new(width: usize, max_wait: Duration) -> Self {
        Self { width, max_wait, lanes: Cache::new(MAX_KEYS) }
    }

    /// A turn, kept until it is dropped; none if it did not come in time.
    pub async fn turn(&self, key: &str) -> Option<OwnedSemaphorePermit> {
        let open = || Ok::<_, std::convert::Infallible>(Arc::new(Semaphore::new(self.width)));
        let Ok(lane) = self.lanes.get_or_insert_with(key, open);
        tokio::time::timeout(self.max_wait, lane.acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;

    #[actix_web::test]
    async fn failures_fill_up_and_are_forgotten_after_the_window() {
        let clock = Clock::default();
        let limiter = Limiter::new(3, 900, clock.clone());
        for _ in 0..3 {
            drop(limiter.enter("mina").await.unwrap());
        }
        let refused = limiter.enter("mina").await.err().unwrap();
        assert!((890..=900).contains(&refused.retry_after), "{refused:?}");
        limiter.enter("noa").await.expect("another key is another matter").forgive();
        clock.advance(901);
        assert!(limiter.enter("mina").await.is_ok());
    }

    #[actix_web::test]
    async fn what_succeeds_is_never_refused() {
        let limiter = Limiter::new(2, 900, Clock::default());
        for _ in 0..100 {
            limiter.enter("mina").await.unwrap().forgive();
        }
        let burst = join_all((0..100).map(|_| async {
            let attempt = limiter.enter("mina").await.expect("waits for its turn");
            tokio::task::yield_now().await;
            attempt.forgive();
        }));
        burst.await;
    }

    #[actix_web::test]
    async fn parallel_failures_get_no_more_than_their_share() {
        let limiter = Limiter::new(5, 900, Clock::default());
        let burst = join_all((0..200).map(|_| async {
            let attempt = limiter.enter("mina").await.ok()?;
            tokio::task::yield_now().await;
            drop(attempt);
            Some(())
        }));
        assert_eq!(burst.await.into_iter().flatten().count(), 5);
    }

    #[actix_web::test]
    async fn a_lane_lets_a_few_through_at_a_time() {
        let lanes = Lanes::new(2, Duration::from_millis(50));
        let (first, _second) = (lanes.turn("a").await.unwrap(), lanes.turn("a").await.unwrap());
        assert!(lanes.turn("a").await.is_none());
        assert!(lanes.turn("b").await.is_some());
        drop(first);
        assert!(lanes.turn("a").await.is_some());
    }
}
