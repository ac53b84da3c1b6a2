//! Counts shared by all nodes, in Redis. While Redis does not answer, the count of each node decides: an outage neither
//! locks users out nor lifts the limits.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::platform::clock::Timestamp;
use crate::platform::outage::Outage;
use crate::platform::redis::Redis;

/// Without an answer within this time the local count decides.
const DEADLINE: Duration = Duration::from_millis(250);
/// How long Redis is not asked after it did not answer.
const BYPASS: Duration = Duration::from_secs(1);
/// Seconds after which an attempt whose outcome was not reported is dropped; its node has died.
const FORGOTTEN_AFTER: i64 = 60;
/// Characters of a key's hash: 128 bits.
const HASH: usize = 22;

static OUTAGE: Outage =
    Outage::new("rate limits are local until Redis answers", "rate limits are counted in Redis again");

/// A sorted set by time of failed attempts (`f`) and attempts in progress (`p`).
const ADMIT: &str = "
local key, now, window, max, id = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
if redis.call('ZSCORE', key, 'p' .. id) then return 0 end
local there = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
local count, failures, oldest = #there / 2, 0, now
for i = 1, #there, 2 do
  local at = tonumber(there[i + 1])
  if string.sub(there[i], 1, 1) == 'f' then
    failures = failures + 1
    oldest = math.min(oldest, at)
  elseif at <= now - tonumber(ARGV[5]) then
    redis.call('ZREM', key, there[i])
    count = count - 1
  end
end
if count < max then
  redis.call('ZADD', key, now, 'p' .. id)
  redis.call('EXPIRE', key, window)
  return 0
end
if failures < max then return -1 end
return math.max(oldest + window - now, 1)
";

const FAIL: &str = "
redis.call('ZREM', KEYS[1], 'p' .. ARGV[3])
redis.call('ZADD', KEYS[1], ARGV[1], 'f' .. ARGV[3])
return redis.call('EXPIRE', KEYS[1], ARGV[2])
";

/// Cheap to clone; clones share whether Redis is bypassed.
#[derive(Clone)]
pub struct Shared {
    redis: Redis,
    base: Instant,
    /// Milliseconds since `base` until which Redis is not asked.
    bypassed_until: Arc<AtomicU64>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Admission {
    /// The attempt may begin, or Redis is bypassed.
    Admitted,
    /// Attempts in progress might use up the rest.
    Wait,
    Full {
        retry_after: u64,
    },
}

/// An attempt in the shared count. Once admitted, it counts as failed unless it is refunded.
pub struct Ticket {
    shared: Shared,
    key: String,
    id: String,
    max: usize,
    window: i64,
    /// When it was admitted.
    at: Option<Timestamp>,
    /// Redis may have recorded it.
    was_asked: bool,
    refunded: bool,
}

impl Shared {
    pub fn new(redis: Redis) -> Self {
        Self { redis, base: Instant::now(), bypassed_until: Arc::default() }
    }

    pub(super) fn ticket(&self, name: &str, key: &str, max: usize, window: i64) -> Ticket {
        let mut hash = URL_SAFE_NO_PAD.encode(Sha256::digest(key));
        hash.truncate(HASH);
        Ticket {
            shared: self.clone(),
            key: format!("munjigi:limit:{name}:{hash}"),
            id: URL_SAFE_NO_PAD.encode(crate::platform::keys::random_bytes::<9>()),
            max,
            window,
            at: None,
            was_asked: false,
            refunded: false,
        }
    }

    fn now(&self) -> u64 {
        self.base.elapsed().as_millis() as u64
    }

    fn is_bypassed(&self) -> bool {
        self.now() < self.bypassed_until.load(Ordering::Relaxed)
    }

    fn bypass(&self, why: &dyn fmt::Display) {
        OUTAGE.failed(why);
        self.bypassed_until.store(self.now() + BYPASS.as_millis() as u64, Ordering::Relaxed);
    }
}

impl Ticket {
    pub(super) async fn ask(&mut self, now: Timestamp) -> Admission {
        if self.shared.is_bypassed() {
            self.at = Some(now);
            return Admission::Admitted;
        }
        self.was_asked = true;
        let mut eval = redis::cmd("EVAL");
        eval.arg(ADMIT).arg(1).arg(&self.key).arg(now).arg(self.window).arg(self.max).arg(&self.id);
        eval.arg(FORGOTTEN_AFTER);
        let asked = self.shared.redis.ask::<i64>(&self.key, &eval);
        let answer = match tokio::time::timeout(DEADLINE, asked).await {
            Ok(Ok(answer)) => {
                OUTAGE.worked();
                answer
            }
            Ok(Err(error)) => {
                self.shared.bypass(&error);
                0
            }
            Err(late) => {
                self.shared.bypass(&late);
                0
            }
        };
        match answer {
            0 => {
                self.at = Some(now);
                Admission::Admitted
            }
            seconds if seconds > 0 => {
                self.was_asked = false;
                Admission::Full { retry_after: seconds as u64 }
            }
            _ => Admission::Wait,
        }
    }

    pub(super) fn refund(&mut self) {
        self.refunded = true;
    }
}

/// Reports the outcome to Redis in the background.
impl Drop for Ticket {
    fn drop(&mut self) {
        let key = std::mem::take(&mut self.key);
        if let (Some(at), false) = (self.at, self.refunded) {
            let mut fail = redis::cmd("EVAL");
            fail.arg(FAIL).arg(1).arg(&key).arg(at).arg(self.window).arg(&self.id);
            self.shared.redis.send_later(key, fail);
        } else if self.was_asked {
            // Even without an answer: Redis may have recorded it.
            let remove = redis::Cmd::zrem(&key, format!("p{}", self.id));
            self.shared.redis.send_later(key, remove);
        }
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").field("key", &self.key).field("id", &self.id).finish_non_exhaustive()
    }
}
