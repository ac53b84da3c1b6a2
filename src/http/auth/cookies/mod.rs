//! Every cookie that identifies a user or stores where they were going. Functions on the site, whose jar signs them.

pub mod device;
pub mod passkey_challenge;
pub mod pending_sign_in;
pub mod proxy;
mod requesting_browser;
pub mod return_to;
pub mod session;
pub mod tokens;
pub mod totp_secret;
pub mod upstream;

pub use requesting_browser::RequestingBrowser;
