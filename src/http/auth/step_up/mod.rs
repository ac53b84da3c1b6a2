//! Step-up over HTTP: forms that request a proof, and API calls that include one.

mod api;
mod confirm_page;
mod elevate;
mod form;
mod sealed_passwords;

pub use api::of_call;
pub use confirm_page::{PASSKEY, PASSKEY_STATE};
pub use elevate::{NewCookie, Step};
pub use form::{Stepped, SteppedByFactor, SteppedBySecond, ask_again, of_form};
pub use sealed_passwords::SealedPasswords;
