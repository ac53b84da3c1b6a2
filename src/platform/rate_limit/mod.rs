//! Limits on how often and how many at once, by key. Knows neither HTTP nor users.

mod keyed_semaphore;
mod limiter;
mod shared;

pub use keyed_semaphore::Lanes;
pub use limiter::{Attempt, Limiter, Refused};
pub use shared::Shared;
