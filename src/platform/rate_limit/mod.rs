//! Limits on failures and on concurrency, by key. Independent of HTTP and users.

mod keyed_semaphore;
mod limiter;
mod shared;

pub use keyed_semaphore::KeyedSemaphore;
pub use limiter::{Attempt, Limiter, Refused};
pub use shared::Shared;
