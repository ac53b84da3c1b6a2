//! In Redis, where they expire by themselves.

use redis::{Cmd, RedisResult};

use crate::platform::redis::Redis;

/// The stored answer, or nothing and a claim in its place.
const CLAIM: &str = "
local found = redis.call('GET', KEYS[1])
if not found then redis.call('SET', KEYS[1], '', 'EX', ARGV[1]) end
return found
";

#[derive(Clone)]
pub struct RedisAnswers(pub Redis);

impl RedisAnswers {
    pub async fn claim(&self, id: &str, seconds: i64) -> RedisResult<Option<Vec<u8>>> {
        let key = key(id);
        let mut eval = redis::cmd("EVAL");
        eval.arg(CLAIM).arg(1).arg(&key).arg(seconds);
        self.0.ask(&key, &eval).await
    }

    pub async fn find(&self, id: &str) -> RedisResult<Option<Vec<u8>>> {
        let key = key(id);
        self.0.ask(&key, &Cmd::get(&key)).await
    }

    pub async fn keep(&self, id: &str, answer: &[u8], seconds: i64) -> RedisResult<()> {
        let key = key(id);
        let mut set = redis::cmd("SET");
        set.arg(&key).arg(answer).arg("EX").arg(seconds);
        self.0.ask(&key, &set).await
    }

    pub async fn remove(&self, id: &str) -> RedisResult<()> {
        let key = key(id);
        self.0.ask::<Option<Vec<u8>>>(&key, &redis::cmd("GETDEL").arg(&key).to_owned()).await.map(drop)
    }
}

fn key(id: &str) -> String {
    format!("munjigi:form:{id}")
}
