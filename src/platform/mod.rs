//! What the rest stands on and nothing of which knows users or HTTP: SQL, Redis, keys, mail, metrics, traces, the clock.

pub mod clock;
pub mod db;
pub mod keys;
pub mod mail;
pub mod metrics;
pub mod private_files;
pub mod rate_limit;
pub mod redis;
pub mod schema;
pub mod traces;
pub mod work_queue;
