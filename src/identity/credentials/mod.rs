//! Credentials: the password, second factors, passkeys, recovery codes.

mod common_passwords;
#[expect(clippy::module_inception, reason = "the bundle is named after its room")]
mod credentials;
mod error;
pub(in crate::identity) mod factors;
mod guess_limits;
mod hasher;
pub mod key_rotation;
pub(in crate::identity) mod passkey_rows;
mod passkeys;
pub mod password;
mod passwords;
mod recovery_codes;
pub(in crate::identity) mod reset;
mod second_factors;
mod totp;
mod webauthn;

pub use credentials::Credentials;
pub use error::CredentialError;
pub use factors::{FactorKeys, Factors};
pub use guess_limits::{Guess, GuessLimits, Secret};
pub use hasher::{Hasher, PasswordCheck};
pub use key_rotation::RotationError;
pub use passkey_rows::NamedPasskey;
pub use passkeys::{ChallengeBinding, Passkeys, Registered, Shown};
pub use password::Password;
pub use passwords::Passwords;
pub use reset::{MAILED, PasswordReset};
pub use second_factors::SecondFactors;
pub use totp::TotpSecret;
pub use webauthn::{Ceremony, PasskeyAnswer, PasskeyCeremonies};
