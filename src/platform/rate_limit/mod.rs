//! Limits on failures and on concurrency, by key. Independent of HTTP and users.

mod keyed_semaphore;
mod limiter;
mod shared;

pub use keyed_semaphore::KeyedSemaphore;
pub use limiter::{LimitReached, LimitedAttempt, Limiter};
pub use shared::Shared;
