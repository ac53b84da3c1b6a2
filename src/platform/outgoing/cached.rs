//! What another server publishes, such as its keys, cached in memory. A server that is down is asked rarely, and what it said
//! before counts.

use std::sync::{Arc, Mutex, PoisonError};

use crate::platform::clock::Clock;

/// Seconds for which it is fresh.
const FRESH: i64 = 3600;
/// Seconds for which it counts while the server does not answer.
const USABLE: i64 = 24 * 3600;
/// Seconds after an attempt, good or bad, before the next one that something unknown causes.
const PAUSE: i64 = 10;

struct State<T> {
    value: Option<(Arc<T>, i64)>,
    tried_at: Option<i64>,
    problem: String,
}

pub struct Cached<T> {
    state: Mutex<State<T>>,
    /// One request at a time.
    turn: tokio::sync::Mutex<()>,
    clock: Clock,
}

impl<T> Cached<T> {
    pub fn new(clock: Clock) -> Self {
        let state = State { value: None, tried_at: None, problem: String::new() };
        Self { state: Mutex::new(state), turn: tokio::sync::Mutex::new(()), clock }
    }

    /// The value, fetched unless it is fresh.
    pub async fn get(&self, fetch: impl AsyncFnOnce() -> Result<T, String>) -> Result<Arc<T>, String> {
        if let Some(value) = self.younger_than(FRESH) {
            return Ok(value);
        }
        let _turn = self.turn.lock().await;
        if let Some(value) = self.younger_than(FRESH) {
            return Ok(value);
        }
        self.fetch(fetch).await
    }

    /// The value, fetched again because it lacks something, unless that was tried a moment ago.
    pub async fn renewed(&self, fetch: impl AsyncFnOnce() -> Result<T, String>) -> Result<Arc<T>, String> {
        let _turn = self.turn.lock().await;
        self.fetch(fetch).await
    }

    async fn fetch(&self, fetch: impl AsyncFnOnce() -> Result<T, String>) -> Result<Arc<T>, String> {
        if self.was_just_tried() {
            return self.younger_than(USABLE).ok_or_else(|| self.problem());
        }
        let fetched = fetch().await;
        let now = self.clock.ticks();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.tried_at = Some(now);
        match fetched {
            Ok(value) => {
                let value = Arc::new(value);
                state.value = Some((Arc::clone(&value), now));
                Ok(value)
            }
            Err(problem) => {
                state.problem.clone_from(&problem);
                let known = state.value.as_ref().filter(|(_, at)| now - at < USABLE);
                known.map(|(value, _)| Arc::clone(value)).ok_or(problem)
            }
        }
    }

    fn younger_than(&self, seconds: i64) -> Option<Arc<T>> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.ticks();
        state.value.as_ref().filter(|(_, at)| now - at < seconds).map(|(value, _)| Arc::clone(value))
    }

    fn was_just_tried(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.tried_at.is_some_and(|at| self.clock.ticks() - at < PAUSE)
    }

    fn problem(&self) -> String {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).problem.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_failing_server_is_asked_rarely_and_what_it_said_counts_for_a_day() {
        let clock = Clock::default();
        clock.stop();
        let cached = Cached::new(clock.clone());
        let down = async || Err::<u8, _>("it is down".to_owned());
        assert_eq!(cached.get(down).await, Err("it is down".to_owned()));
        assert_eq!(cached.get(async || Ok(1)).await, Err("it is down".to_owned()), "not again at once");
        clock.advance(PAUSE);
        assert_eq!(*cached.get(async || Ok(1)).await.unwrap(), 1);
        assert_eq!(*cached.get(async || Ok(2)).await.unwrap(), 1, "from memory");
        assert_eq!(*cached.renewed(async || Ok(2)).await.unwrap(), 1, "not again at once");
        clock.advance(FRESH);
        assert_eq!(*cached.get(down).await.unwrap(), 1);
        clock.advance(PAUSE);
        assert_eq!(*cached.get(async || Ok(3)).await.unwrap(), 3);
        clock.advance(USABLE);
        assert!(cached.get(down).await.is_err());
    }
}
