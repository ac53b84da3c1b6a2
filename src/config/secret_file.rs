//! Secrets in files of their own, as containers and service managers provide them, or on standard input.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

use crate::platform::private_files::exposed_mode;

use super::error::ConfigError;

/// Enough for every secret; a longer file is another one.
const MAX_BYTES: u64 = 64 * 1024;

/// Reads one secret after the other.
#[derive(Default)]
pub(super) struct SecretFiles {
    /// The setting that has read standard input.
    input_of: Option<&'static str>,
    pub warnings: Vec<String>,
}

impl SecretFiles {
    /// Puts the content of the file, if one is named, into `text`. No error repeats the name of the file: the operator may have
    /// put the secret there.
    pub fn settle(
        &mut self,
        text: &mut Option<String>,
        variable: &'static str,
        path: Option<&str>,
        file_variable: &'static str,
    ) -> Result<(), ConfigError> {
        let Some(path) = path.map(str::trim) else { return Ok(()) };
        let wrong = |problem: String| ConfigError::new(file_variable, problem);
        if text.is_some() {
            return Err(wrong(format!("{variable} is given as well; it takes one of the two")));
        }
        if path == "-" {
            if let Some(other) = self.input_of.replace(file_variable) {
                return Err(wrong(format!("{other} reads standard input already; it takes a file")));
            }
        } else {
            self.warnings.extend(exposed(file_variable, Path::new(path)));
        }
        *text = Some(read_secret(path).map_err(wrong)?);
        Ok(())
    }
}

/// The secret in a file, or in the next line of standard input if the path is `-`; without white space around it.
///
/// # Errors
/// One clause, which repeats neither the path nor the content.
pub fn read_secret(path: &str) -> Result<String, String> {
    let (bytes, place) = if path == "-" {
        (line_of_input(), "standard input")
    } else {
        (bytes_of(Path::new(path)), "the file that it names")
    };
    let bytes = bytes.map_err(|error| format!("{place} cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("{place} is too long; it takes a file with the secret alone"));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| format!("{place} is not UTF-8; it takes text in UTF-8"))?;
    match without_mark(&text).trim() {
        "" => Err(format!("{place} is empty; it takes a file with the secret alone")),
        secret => Ok(secret.to_owned()),
    }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Leaves what follows for the next reader of standard input, such as for a password.
fn line_of_input() -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    io::stdin().lock().take(MAX_BYTES + 1).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// The text without a byte order mark, which some editors and shells write first.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A warning if other users of the machine may read or change the file.
pub(super) fn exposed(setting: &str, path: &Path) -> Option<String> {
    let mode = exposed_mode(path)?;
    let path = path.display();
    Some(format!(
        "{setting}: other users of this machine may read or change {path} (mode {mode:o}); chmod 600"
    ))
}
