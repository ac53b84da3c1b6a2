//! The foundation, independent of users and HTTP: database, Redis, keys, mail, rate limits, metrics, traces, clock.

pub mod clock;
pub mod db;
pub mod form_answers;
pub mod jws;
pub mod keys;
pub mod lang;
pub mod mail;
pub mod memory;
pub mod metrics;
pub mod near_cache;
pub mod outage;
pub mod outgoing;
pub mod private_files;
pub mod rate_limit;
pub mod redis;
pub mod schema;
pub mod time_zone;
pub mod traces;
pub mod work_queue;
