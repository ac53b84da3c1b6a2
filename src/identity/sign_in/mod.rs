//! Sign-in, stage by stage, and re-authentication.

mod attempt;
mod authenticated;
mod complete;
mod limits;
mod links;
mod metrics;
mod outcome;
mod passkey;
mod password;
pub(in crate::identity) mod pending;
mod provider;
mod records;
mod second_factor;
#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod sign_in;
mod sign_out;
mod stages;
mod step_up;

pub use attempt::{Attempt, Issue};
pub use authenticated::Authenticated;
pub use limits::SignInLimits;
pub use outcome::{DeviceTrust, Outcome, Rejection, SignedIn};
pub use pending::{LIFETIME as PENDING_SECONDS, PendingSignIn};
pub use records::SignInRecords;
pub use sign_in::SignIn;
pub use step_up::{AcceptedProofs, Reauth, ReauthError, ReauthPolicy, ReauthProof, StepUp, Supplied};
