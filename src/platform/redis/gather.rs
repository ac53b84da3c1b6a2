//! Collects the answers of several servers without waiting for slow ones.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use redis::{ErrorKind, RedisError, RedisResult};

/// How long to wait for further answers after the first.
const GRACE: Duration = Duration::from_millis(100);

/// All answers that arrive in time; an error if there is none.
pub async fn gather<T, F: Future<Output = RedisResult<T>>>(asked: Vec<F>) -> RedisResult<Vec<T>> {
    let mut asked: FuturesUnordered<F> = asked.into_iter().collect();
    let mut answers = Vec::new();
    let mut last_error = RedisError::from((ErrorKind::Io, "there is no server to ask"));
    loop {
        let next = if answers.is_empty() {
            asked.next().await
        } else {
            tokio::time::timeout(GRACE, asked.next()).await.unwrap_or(None)
        };
        match next {
            Some(Ok(answer)) => answers.push(answer),
            Some(Err(error)) => last_error = error,
            None if answers.is_empty() => return Err(last_error),
            None => return Ok(answers),
        }
    }
}
