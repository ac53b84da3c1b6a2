//! Every cookie that says who somebody is, or where they were going.

pub mod device;
pub mod proxy;
pub mod requesting_browser;
pub mod return_to;
pub mod session;
pub mod tokens;
