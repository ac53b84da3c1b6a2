//! The command line. Without a command, it runs the server.

mod app;
mod backup;
mod commands;
mod doctor;
mod keys;
mod log;
mod mail;
mod move_database;
mod output;
mod provider;
mod rules;
mod session;
mod settings;
mod user;

pub use commands::{Cli, run};
pub use log::start_log;
pub use output::complain;
