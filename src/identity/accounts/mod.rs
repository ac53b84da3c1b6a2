//! Accounts: users, their profiles and groups, and what they may do.

pub mod directory;
pub mod group;
pub mod link_request;
pub mod member;
pub mod name;
pub mod permission;
pub mod profile;
pub mod profile_change;
pub mod scope;
pub mod user;
pub mod verification;
