//! The texts of `locales`, and the types of `identity` in words. A text that a language lacks does not compile.

mod client_words;
mod count;
mod error;
mod field;
pub mod letters;
mod locales;
mod oidc_apps;
mod overview;
mod texts;
pub mod translate;
mod when;

pub use locales::{ErrorTexts, FieldTexts, LayoutTexts, Texts, TokensTexts};
pub use when::When;
