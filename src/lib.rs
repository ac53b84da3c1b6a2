//! Munjigi, a sign-in server: one session, three carriers, ended everywhere at once.
//!
//! A request enters by `web::door`, finds its lock and handler in `routes`, and is answered by a feature: one file or
//! folder each, named after its path. Features ask `identity` who someone is. Arrows only downward:
//! `cli → server → routes → features → gate, post → identity → web → i18n → config, platform`.

pub mod cli;
pub mod config;
pub mod gate;
pub mod i18n;
pub mod identity;
pub mod platform;
pub mod post;
pub mod routes;
pub mod server;
pub mod web;

mod admin;
pub mod api;
mod authz;
mod board;
pub mod dashboard;
mod home;
mod language;
mod login;
mod password_reset;
mod probe;
mod profile;
mod register;
mod security;
mod sessions;
mod sign_in_link;
mod tokens;
mod verify_email;
