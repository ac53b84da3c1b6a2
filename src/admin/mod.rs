//! `/admin`: the staff's pages. Every route here is locked for staff, every handler begins with `Staff`, and every act
//! asks for the password unless it was typed lately.

pub mod apps;
