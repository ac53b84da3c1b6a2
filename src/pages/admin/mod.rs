//! `/admin`: the staff pages. Every route is locked for staff. Every handler takes `Staff` first or, if it
//! changes something, `StaffForm`, which requires the password unless it was typed recently.

pub mod apps;
pub mod audit;
mod enter;
mod event_row;
pub mod export;
pub mod groups;
pub mod oidc_app;
mod oidc_form;
pub mod oidc_new;
mod paging;
pub mod sessions;
mod staff_form;
pub mod user;
pub mod users;

pub use enter::enter;
