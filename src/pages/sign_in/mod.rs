//! `/sign-in/{name}`: sign-in with an account at another provider.

pub mod backchannel_logout;
pub mod begin;
pub mod callback;
pub mod link;
mod outcome;
pub mod register;
