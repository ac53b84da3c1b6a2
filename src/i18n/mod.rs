//! Texts in Korean and English, and the types of `identity` in words. A text that lacks one of the two does not compile.

#[macro_use]
mod macros;

pub mod admin;
pub mod apps;
pub mod audit;
pub mod board;
mod client_words;
pub mod dashboard;
pub mod error;
pub mod event;
pub mod field;
pub mod forward_auth;
pub mod groups;
pub mod home;
pub mod layout;
pub mod letters;
pub mod login;
pub mod mail;
pub mod oidc;
pub mod oidc_apps;
pub mod password_reset;
pub mod profile;
pub mod register;
pub mod security;
pub mod sessions;
pub mod sign_in_link;
mod texts;
pub mod tokens;
pub mod translate;
pub mod unsent;
pub mod upstream;
pub mod users;
pub mod verify_email;
mod when;

pub use texts::Texts;
pub use when::When;
