//! Parses the command and runs it.

use std::process::ExitCode;

use munjigi::cli::{Cli, complain, run};

fn main() -> ExitCode {
    match Cli::read().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}
