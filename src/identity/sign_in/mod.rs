//! Signing in, stage by stage, and proving again who one is.

pub mod limits;
mod metrics;
mod passkey;
pub mod pending;
mod second_factor;
#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod sign_in;
pub mod step_up;

pub use passkey::{Accepted, Offered, Shown};
pub use second_factor::{Checked, Half};
pub use sign_in::{Authenticated, Entered, Refusal, Step, VERIFY};
