//! What commands print. A reader who leaves, as `head` does, is no error.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Prints a line that the command was called for.
///
/// # Errors
/// If standard output takes nothing, such as on a full disk; never because its reader has left.
macro_rules! show {
    ($($text:tt)*) => { $crate::cli::output::show_line(format_args!($($text)*)) };
}
pub(super) use show;

/// Prints a line about what is done already: the command has succeeded, whatever happens to the line.
macro_rules! report {
    ($($text:tt)*) => { $crate::cli::output::report_line(format_args!($($text)*)) };
}
pub(super) use report;

#[derive(Debug, thiserror::Error)]
#[error("standard output cannot be written to: {0}")]
pub struct OutputError(io::Error);

pub fn show_line(line: Arguments<'_>) -> Result<(), OutputError> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(OutputError(error)),
        _ => Ok(()),
    }
}

pub fn report_line(line: Arguments<'_>) {
    if let Err(error) = show_line(line) {
        complain(&error);
    }
}

/// Prints a sentence on standard error, if anybody can read it there.
pub fn complain(sentence: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "munjigi: {sentence}");
}
