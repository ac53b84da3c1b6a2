//! Authentication and authorisation of requests, and redirects after sign-in: shared by pages, the API and protocols.

pub mod actix_session;
pub mod allowed;
pub mod attempt;
pub mod authenticator;
pub mod caller;
pub mod cookies;
pub mod factor_setup;
pub mod guards;
pub mod locks;
pub mod new_challenge;
pub mod presented;
pub mod redirect_target;
pub mod respond;
pub mod step_up;
pub mod unsent_form;
