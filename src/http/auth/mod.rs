//! Who may come in, and where signing in leads: what pages and the API share.

pub mod redirect_target;
