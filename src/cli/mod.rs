//! The command line. Without a command, it runs the server.

mod app;
mod backup;
mod commands;
mod doctor;
mod keys;
mod mail;
mod move_database;
mod rules;
mod session;
mod user;

pub use commands::{Cli, run};
