//! Step-up over HTTP: forms that request a proof, and API calls that include one.

mod api;
mod confirm_page;
mod elevate;
mod form;
mod question;
mod sealed_passwords;

pub use api::of_call;
pub use confirm_page::{
    AGAIN as CONFIRM_AGAIN, BACK as CONFIRM_BACK, PASSKEY, PASSKEY_STATE, THEN as CONFIRM_THEN,
};
pub use elevate::{NewCookie, Step};
pub use form::{Recent, Stepped, SteppedByFactor, SteppedBySecond, ask_again, asked, of_form};
pub use question::Question;
pub use sealed_passwords::SealedPasswords;
