//! Limits on failures: a number within a window, then 429. Successes cost nothing.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use quick_cache::sync::Cache;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::platform::clock::Clock;

use super::keyed_semaphore::MAX_KEYS;
use super::shared::{Admission, Shared, Ticket};

/// The longest that an attempt waits for others with the same key.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// How often an attempt that waits for attempts on other nodes asks again.
const RETRY_EVERY: Duration = Duration::from_millis(20);

/// Counts failures by key, on a monotonic clock: a wrong wall clock must not lock users out. As many attempts as may
/// still fail run at a time and the others wait. So a burst of parallel guesses gets no more than the limit, and a
/// burst of correct passwords is not rejected.
pub struct Limiter {
    max: usize,
    seconds: i64,
    clock: Clock,
    windows: Cache<String, Arc<Window>>,
    /// The count shared by all nodes, and its name.
    shared: Option<(Shared, &'static str)>,
}

#[derive(Debug)]
struct Window {
    /// A permit for each failure that is still allowed.
    free: Arc<Semaphore>,
    failures: Mutex<VecDeque<i64>>,
    full: Notify,
}

/// The limit is reached. `retry_after` is the number of seconds until the oldest failure leaves the window.
#[derive(Debug, PartialEq, Eq)]
pub struct LimitReached {
    pub retry_after: u64,
}

/// An attempt in progress. It counts as failed unless it is refunded, so a client gains nothing by closing the
/// connection early.
#[derive(Debug)]
pub struct LimitedAttempt {
    window: Arc<Window>,
    permit: Option<OwnedSemaphorePermit>,
    max: usize,
    at: i64,
    ticket: Option<Ticket>,
}

impl Limiter {
    /// At most `max` failures within `seconds`.
    pub fn new(max: usize, seconds: i64, clock: Clock) -> Self {
        Self { max, seconds, clock, windows: Cache::new(MAX_KEYS), shared: None }
    }

    /// Shares the count with all nodes under this name.
    pub fn shared(self, name: &'static str, shared: Option<&Shared>) -> Self {
        Self { shared: shared.map(|shared| (shared.clone(), name)), ..self }
    }

    /// Waits until an attempt under `key` may begin.
    pub async fn acquire(&self, key: &str) -> Result<LimitedAttempt, LimitReached> {
        let deadline = Instant::now() + MAX_WAIT;
        let window = self.window(key);
        self.expire(&window);
        self.reject_if_full(&window)?;
        let permit = match Arc::clone(&window.free).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => self.wait_for_permit(&window, deadline).await?,
        };
        let at = self.clock.ticks();
        let ticket = self.acquire_shared(key, deadline).await?;
        Ok(LimitedAttempt { window, permit: Some(permit), max: self.max, at, ticket })
    }

    /// Waits until another attempt has succeeded, or all that may fail have failed.
    async fn wait_for_permit(
        &self,
        window: &Window,
        deadline: Instant,
    ) -> Result<OwnedSemaphorePermit, LimitReached> {
        let full = window.full.notified();
        tokio::pin!(full);
        // Before the check, or a failure in between would go unnoticed.
        full.as_mut().enable();
        self.reject_if_full(window)?;
        let permit = tokio::select! {
            permit = Arc::clone(&window.free).acquire_owned() => permit.ok(),
            () = full => None,
            () = tokio::time::sleep_until(deadline) => None,
        };
        if let Some(permit) = permit {
            return Ok(permit);
        }
        self.reject_if_full(window)?;
        Err(LimitReached { retry_after: 1 })
    }

    /// The same in the count shared by all nodes; none if there is no such count.
    async fn acquire_shared(&self, key: &str, deadline: Instant) -> Result<Option<Ticket>, LimitReached> {
        let Some((shared, name)) = &self.shared else { return Ok(None) };
        let mut ticket = shared.ticket(name, key, self.max, self.seconds);
        loop {
            match ticket.ask(self.clock.now()).await {
                Admission::Admitted => return Ok(Some(ticket)),
                Admission::Full { retry_after } => return Err(LimitReached { retry_after }),
                Admission::Wait if Instant::now() > deadline => return Err(LimitReached { retry_after: 1 }),
                Admission::Wait => tokio::time::sleep(RETRY_EVERY).await,
            }
        }
    }

    fn window(&self, key: &str) -> Arc<Window> {
        let open = || -> Result<_, std::convert::Infallible> {
            Ok(Arc::new(Window {
                free: Arc::new(Semaphore::new(self.max)),
                failures: Mutex::default(),
                full: Notify::new(),
            }))
        };
        let Ok(window) = self.windows.get_or_insert_with(key, open);
        window
    }

    /// Drops the failures that have left the window.
    fn expire(&self, window: &Window) {
        let since = self.clock.ticks() - self.seconds;
        let mut failures = window.failures();
        while failures.front().is_some_and(|at| *at <= since) {
            failures.pop_front();
            window.free.add_permits(1);
        }
    }

    fn reject_if_full(&self, window: &Window) -> Result<(), LimitReached> {
        let failures = window.failures();
        match failures.front() {
            Some(oldest) if failures.len() >= self.max => {
                let seconds = oldest + self.seconds - self.clock.ticks();
                Err(LimitReached { retry_after: seconds.max(1) as u64 })
            }
            _ => Ok(()),
        }
    }
}

impl LimitedAttempt {
    /// The attempt succeeded, or failed through no fault of the client.
    pub fn refund(mut self) {
        self.permit = None;
        if let Some(ticket) = &mut self.ticket {
            ticket.refund();
        }
    }
}

impl Drop for LimitedAttempt {
    fn drop(&mut self) {
        let Some(permit) = self.permit.take() else { return };
        let mut failures = self.window.failures();
        failures.push_back(self.at);
        permit.forget();
        if failures.len() >= self.max {
            self.window.full.notify_waiters();
        }
    }
}

impl Window {
    fn failures(&self) -> MutexGuard<'_, VecDeque<i64>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;

    #[actix_web::test]
    async fn failures_fill_up_and_expire_after_the_window() {
        let clock = Clock::default();
        let limiter = Limiter::new(3, 900, clock.clone());
        for _ in 0..3 {
            drop(limiter.acquire("mina").await.unwrap());
        }
        let reached = limiter.acquire("mina").await.err().unwrap();
        assert!((890..=900).contains(&reached.retry_after), "{reached:?}");
        limiter.acquire("noa").await.expect("another key has its own limit").refund();
        clock.advance(901);
        assert!(limiter.acquire("mina").await.is_ok());
    }

    #[actix_web::test]
    async fn successes_are_never_rejected() {
        let limiter = Limiter::new(2, 900, Clock::default());
        for _ in 0..100 {
            limiter.acquire("mina").await.unwrap().refund();
        }
        let burst = join_all((0..100).map(|_| async {
            let attempt = limiter.acquire("mina").await.expect("it waits");
            tokio::task::yield_now().await;
            attempt.refund();
        }));
        burst.await;
    }

    #[actix_web::test]
    async fn parallel_failures_get_no_more_than_the_limit() {
        let limiter = Limiter::new(5, 900, Clock::default());
        let burst = join_all((0..200).map(|_| async {
            let attempt = limiter.acquire("mina").await.ok()?;
            tokio::task::yield_now().await;
            drop(attempt);
            Some(())
        }));
        assert_eq!(burst.await.into_iter().flatten().count(), 5);
    }
}
