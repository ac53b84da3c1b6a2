//! `/admin`: the staff's pages. Every route here is locked for staff, every handler begins with `Staff` or, where it
//! changes something, with `StaffForm`, which asks for the password unless it was typed recently.

pub mod apps;
pub mod audit;
mod enter;
mod event_row;
pub mod export;
pub mod groups;
mod paging;
pub mod sessions;
mod staff_form;
pub mod user;
pub mod users;

pub use enter::enter;
