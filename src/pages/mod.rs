//! The web pages: one file or folder for each path, as in `templates/` and `tests/`. Pages do not depend on
//! each other.

pub mod admin;
pub mod app_logo;
pub mod board;
pub mod dashboard;
pub mod health;
pub mod home;
pub mod language;
pub mod login;
mod mailed_link;
pub mod password_reset;
pub mod profile;
pub mod register;
pub mod security;
pub mod sessions;
pub mod sign_in;
pub mod sign_in_link;
pub mod tokens;
pub mod unsent;
pub mod verify_email;
pub mod well_known;
