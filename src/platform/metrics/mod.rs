//! Metrics for Prometheus, declared as one table. Nothing is recorded before `start`; after that, each event is one
//! call where it happens. Label values come from this source or are status codes, never from a request.

mod calls;
mod http;
mod labels;
mod process;
mod registry;
mod snapshot;
mod table;
mod work;

pub use calls::{ErrorLabel, store_call};
pub use http::{Route, method_name, request};
pub use labels::{
    CacheKind, Dropped, LogoutOutcome, Lookup, MailOutcome, SignInMethod, SignInOutcome, TokenCheck,
    TokenGrant, TokenOutcome, TokenState,
};
pub use registry::{count, start, text};
pub use snapshot::Snapshot;
pub use work::{QueueTimer, Work, WorkTimer, waiting_for};
