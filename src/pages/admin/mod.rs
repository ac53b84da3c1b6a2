//! `/admin`: the staff's pages. Every route here is locked for staff, every handler begins with `Staff` or, where it
//! does something, with `Act`, which asks for the password unless it was typed lately.

pub mod apps;
pub mod audit;
mod event_row;
pub mod export;
pub mod groups;
mod paging;
pub mod sessions;
mod staff_form;
pub mod user;
pub mod users;

use crate::http::Answer;
use crate::http::auth::locks as visitor;
use crate::http::page::see_other;

/// `/admin` leads to the first of the pages.
pub async fn enter(_: visitor::Staff) -> Answer {
    Ok(see_other("/admin/users").finish())
}
