//! Parses the command and runs it.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match munjigi::cli::run(munjigi::cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("munjigi: {error}");
            ExitCode::FAILURE
        }
    }
}
