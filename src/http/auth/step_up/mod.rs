//! Step-up over HTTP: forms that ask again, and calls that bring a proof.

mod api;
pub mod confirm_page;
mod form;

pub use api::of_call;
pub use form::{Stepped, SteppedByFactor, SteppedBySecond, of_form};
