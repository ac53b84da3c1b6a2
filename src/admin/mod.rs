//! `/admin`: the staff's pages. Every route here is locked for staff, every handler begins with `Staff`, and every act
//! asks for the password unless it was typed lately.

pub mod audit;
mod event_row;
pub mod export;
pub mod groups;
mod paging;
pub mod sessions;
pub mod user;
pub mod users;
