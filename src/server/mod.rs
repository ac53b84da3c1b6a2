//! The running server: its parts, the order of its middleware, and how it stops.

mod bounded_stream;
mod check;
mod error;
mod housekeeping;
mod keys;
mod listen;
pub mod routes;
mod scrape;
mod services;
mod start;
mod stop;

pub use check::{check_settings, default_public_url};
pub use error::StartError;
pub use keys::{open_keys, secrets};
pub use services::Services;
pub use start::{Server, transport};
pub use stop::{Signals, Stopper};
