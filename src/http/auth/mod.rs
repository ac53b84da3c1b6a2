//! Who may come in, and where signing in leads: what pages and the API share.

pub mod allowed;
pub mod caller;
pub mod cookies;
pub mod factor_setup;
pub mod locks;
pub mod redirect_target;
pub mod step_up;
