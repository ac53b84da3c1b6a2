//! The log on standard error: one event, one line.

use std::io::{self, IsTerminal, Write};

use crate::config::{Config, LogFormat};

pub fn start_log(config: &Config) {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(directives(&config.log)))
        .with_writer(|| OneLine(io::stderr()))
        // The macro would write the error to the stream that has failed, and panic.
        .log_internal_errors(false)
        .with_target(false);
    match config.log_format {
        LogFormat::Text => builder.with_ansi(io::stderr().is_terminal()).init(),
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(false).init(),
    }
}

/// At the default level, the start-up line already contains what the libraries would log at length.
fn directives(log: &str) -> String {
    if log == "info" { "info,actix_server=warn".to_owned() } else { log.to_owned() }
}

/// Replaces line breaks within an event, such as those in libpq's messages (ASVS 16.4.1). The formatter writes each
/// event at once.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        match is_one_line(event) {
            true => self.0.write_all(event)?,
            false => self.0.write_all(one_line(&String::from_utf8_lossy(event)).as_bytes())?,
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Whether the event has nothing to replace, as nearly all have: then its bytes are written as they are.
fn is_one_line(event: &[u8]) -> bool {
    let printable = |byte: &u8| (b' '..=b'~').contains(byte);
    event.strip_suffix(b"\n").is_some_and(|line| line.iter().all(printable))
}

/// The text with a space for each line break and the white space around it, and with one line break at its end.
fn one_line(event: &str) -> String {
    let parts = event.trim_end().split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']);
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_whatever_it_quotes() {
        for (event, line) in [
            ("WARN it failed: refused\n\tIs it running?\n\n", "WARN it failed: refused Is it running?\n"),
            ("a\r\nb\u{2028}c\u{85}d\n", "a b c d\n"),
            ("one  two\n", "one  two\n"),
        ] {
            let mut written = Vec::new();
            OneLine(&mut written).write_all(event.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), line);
        }
    }
}
