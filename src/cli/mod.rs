//! The command line. Without a word, it serves.

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
