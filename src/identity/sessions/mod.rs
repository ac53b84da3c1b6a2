//! Sessions: signed-in browsers and API clients. Stored in one of two stores, cached, checked, revoked.

pub mod auth_method;
pub mod cache;
mod check;
mod embedded;
mod ended;
pub mod last_used;
mod list;
mod own;
mod redis;
mod rotation;
mod session;
#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod sessions;
pub(crate) mod store;
pub mod trusted_devices;

pub use ended::is_over;
pub use rotation::Rotation;
pub use session::{Id, Key, Kind, PROOF_IS_RECENT, Session};
pub use sessions::{Beginning, Listed, Live, MAX_PER_USER, Sessions, Unknown};
pub use store::{Sighting, State, Store, StoreError, Stored};
