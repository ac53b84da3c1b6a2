//! Decides which of several equal requests is processed, and keeps its answer for the others.

use std::time::Duration;

use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::redis::Redis;

use super::redis::RedisAnswers;
use super::sql::SqlAnswers;

/// Without an answer from the store within this time, requests are processed as if each were the only one.
const DEADLINE: Duration = Duration::from_millis(500);
/// Seconds for which others wait for the request that is processed; its node may have died.
const LEASE: i64 = 30;

/// What is known of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is the first of its kind, and now the one to be processed.
    First,
    /// An equal one is being processed.
    InProgress,
    /// The answer to an equal one.
    Answered(Vec<u8>),
    /// The store does not answer.
    Unknown,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct FormAnswers(Place);

#[derive(Clone)]
enum Place {
    Redis(RedisAnswers),
    Sql(SqlAnswers),
}

impl FormAnswers {
    pub fn new(redis: Option<Redis>, db: &Db, clock: Clock) -> Self {
        Self(match redis {
            Some(redis) => Place::Redis(RedisAnswers(redis)),
            None => Place::Sql(SqlAnswers::new(db.internal(), clock)),
        })
    }

    /// Takes on the request `id`, unless an equal one was.
    pub async fn claim(&self, id: &str) -> Claim {
        let found = within(async {
            match &self.0 {
                Place::Redis(redis) => redis.claim(id, LEASE).await.map_err(anyhow::Error::from),
                Place::Sql(sql) => sql.claim(id, LEASE).await.map_err(anyhow::Error::from),
            }
        });
        match found.await {
            Some(None) => Claim::First,
            Some(Some(answer)) if answer.is_empty() => Claim::InProgress,
            Some(Some(answer)) => Claim::Answered(answer),
            None => Claim::Unknown,
        }
    }

    /// Looks whether a request in progress is answered by now; `First` if it is no longer being processed.
    pub async fn look(&self, id: &str) -> Claim {
        let found = within(async {
            match &self.0 {
                Place::Redis(redis) => redis.find(id).await.map_err(anyhow::Error::from),
                Place::Sql(sql) => sql.find(id).await.map_err(anyhow::Error::from),
            }
        });
        match found.await {
            Some(None) => self.claim(id).await,
            Some(Some(answer)) if answer.is_empty() => Claim::InProgress,
            Some(Some(answer)) => Claim::Answered(answer),
            None => Claim::Unknown,
        }
    }

    /// What is stored under `id`, if anything.
    pub async fn find(&self, id: &str) -> Option<Vec<u8>> {
        let found = within(async {
            match &self.0 {
                Place::Redis(redis) => redis.find(id).await.map_err(anyhow::Error::from),
                Place::Sql(sql) => sql.find(id).await.map_err(anyhow::Error::from),
            }
        });
        found.await.flatten().filter(|found| !found.is_empty())
    }

    /// Keeps bytes under `id` for some seconds.
    pub async fn keep(&self, id: &str, answer: Vec<u8>, seconds: i64) {
        let stored = within(async {
            match &self.0 {
                Place::Redis(redis) => redis.keep(id, &answer, seconds).await.map_err(anyhow::Error::from),
                Place::Sql(sql) => sql.keep(id, answer, seconds).await.map_err(anyhow::Error::from),
            }
        });
        stored.await;
    }

    /// Lets an equal request be processed, because this one has no answer worth keeping.
    pub async fn discard(&self, id: &str) {
        let gone = within(async {
            match &self.0 {
                Place::Redis(redis) => redis.remove(id).await.map_err(anyhow::Error::from),
                Place::Sql(sql) => sql.remove(id).await.map_err(anyhow::Error::from),
            }
        });
        gone.await;
    }
}

/// None if the store fails or is late.
async fn within<T>(work: impl Future<Output = Result<T, anyhow::Error>>) -> Option<T> {
    match tokio::time::timeout(DEADLINE, work).await {
        Ok(Ok(done)) => Some(done),
        Ok(Err(error)) => {
            tracing::debug!(%error, "the store of form answers failed");
            None
        }
        Err(_) => {
            tracing::debug!("the store of form answers is late");
            None
        }
    }
}
