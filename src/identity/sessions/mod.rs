//! Sessions of signed-in browsers and API clients: stored in one of two stores, cached, checked, revoked.

mod active;
mod auth_method;
mod authority;
mod cache;
mod check;
mod embedded;
pub(in crate::identity) mod ended;
mod id;
mod last_used;
mod list;
mod provider_methods;
mod record;
mod redis;
mod rotation;
mod services;
mod session;
#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod sessions;
mod store;
mod sweeper;
pub(in crate::identity) mod trusted_devices;
pub(in crate::identity) mod upstream_ends;
pub(in crate::identity) mod upstream_sessions;

pub use active::{ActiveSession, NewSession, SessionSummary, SessionUnavailable};
pub use auth_method::{Method, Methods};
pub use authority::AsSession;
pub use cache::SessionCache;
pub use check::{LastSeenTracker, SessionReader};
pub use id::{Id, Key};
pub use last_used::{FlushMode, LastUsed, LastUsedTracker, by_time};
pub use list::SessionDirectory;
pub use provider_methods::ProviderMethods;
pub use record::{LastSeen, State, StoreError, Stored};
pub use rotation::Rotation;
pub use services::{SessionLimits, SessionServices};
pub use session::{RECENT_SECONDS, Session, SessionKind};
pub use sessions::{MAX_PER_USER, SessionError, Sessions};
pub use store::Store;
pub use trusted_devices::TrustedDevice;
pub use upstream_sessions::{UpstreamEnd, UpstreamSession};
