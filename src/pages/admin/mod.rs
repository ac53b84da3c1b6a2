//! `/admin`: the staff pages. Every route is locked for staff. Every handler takes `Staff` first or, if it
//! changes something, `StaffForm`, which requires the password unless it was typed recently.

pub mod apps;
mod attention;
pub mod audit;
mod chart;
mod event_row;
pub mod export;
pub mod groups;
pub mod oidc_app;
mod oidc_form;
pub mod oidc_new;
pub mod overview;
mod paging;
pub mod search;
pub mod sessions;
mod sorting;
mod staff_form;
pub mod user;
pub mod users;
