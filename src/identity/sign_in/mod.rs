//! Sign-in, stage by stage, and re-authentication.

mod attempt;
mod authenticated;
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
mod services;
mod sign_out;
mod stages;
mod step_up;

pub use attempt::{Attempt, Issue};
pub use authenticated::Authenticated;
pub use links::LinkSignIn;
pub use outcome::{DeviceTrust, Outcome, Rejection, SignedIn};
pub use passkey::PasskeySignIn;
pub use password::PasswordSignIn;
pub use pending::{LIFETIME as PENDING_SECONDS, PendingSignIn};
pub use provider::ProviderSignIn;
pub use second_factor::SecondFactorSignIn;
pub use services::{SignInParts, SignInServices};
pub use sign_out::SignOut;
pub use stages::SignInStages;
pub use step_up::{AcceptedProofs, Reauth, ReauthError, ReauthPolicy, ReauthProof, StepUp, Supplied};
