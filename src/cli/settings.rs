//! The settings as typed: what is said about those that cannot be read, are unknown, or show a secret.

use std::ffi::{OsStr, OsString};

use anyhow::anyhow;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::config::Settings;

/// Explains a wrong command and ends the process; a setting that is not UTF-8 is returned as a sentence that names it.
pub fn refuse(wrong: clap::Error) -> anyhow::Error {
    match not_utf8() {
        Some(name) if wrong.kind() == ErrorKind::InvalidUtf8 => {
            anyhow!("{name}: it is not UTF-8; it takes text in UTF-8")
        }
        _ => without_secrets(wrong).exit(),
    }
}

/// The name of the first setting or argument that is not UTF-8.
fn not_utf8() -> Option<String> {
    let is_wrong = |text: &OsStr| text.to_str().is_none();
    let mut before = String::new();
    for argument in std::env::args_os().skip(1) {
        let text = argument.to_string_lossy();
        let flag = text.split('=').next().unwrap_or_default();
        if is_wrong(&argument) {
            let name = if flag.starts_with("--") { flag } else { &before };
            return Some(if name.is_empty() { "an argument".to_owned() } else { name.to_owned() });
        }
        before = if flag.starts_with("--") { flag.to_owned() } else { String::new() };
    }
    let wrong = |name: &&&str| std::env::var_os(name).is_some_and(|text| is_wrong(&text));
    Settings::ENVIRONMENT.iter().find(wrong).map(|name| (*name).to_owned())
}

/// The same error without an argument that may be a secret in the wrong place.
fn without_secrets(mut wrong: clap::Error) -> clap::Error {
    for kind in [ContextKind::InvalidArg, ContextKind::InvalidSubcommand, ContextKind::InvalidValue] {
        let is_secret = |text: &String| text.contains("://") && !text.contains('<');
        if matches!(wrong.get(kind), Some(ContextValue::String(text)) if is_secret(text)) {
            wrong.insert(kind, ContextValue::String("a URL".to_owned()));
        }
    }
    wrong
}

/// Reports mistyped names in the environment, which would otherwise go unnoticed.
pub fn warn_of_unknown_settings() {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if Settings::ENVIRONMENT.contains(&name.as_ref()) {
            continue;
        }
        let of_file = name.strip_suffix("_FILE").filter(|name| Settings::ENVIRONMENT.contains(name));
        match of_file {
            Some(_) => tracing::warn!(%name, "unknown setting ignored: only secrets are read from files"),
            None if name.starts_with("MUNJIGI_") => tracing::warn!(%name, "unknown setting ignored"),
            None => {}
        }
    }
}

/// Reports secrets among the arguments, which every user of the machine can list.
pub fn warn_of_secrets_in_flags() {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    for row in Settings::ROWS {
        let Some(file_variable) = row.file_variable else { continue };
        let flag = format!("--{}", row.name.replace('_', "-"));
        let is_it = |argument: &OsString| argument.to_string_lossy().split('=').next() == Some(&flag);
        if arguments.iter().any(is_it) {
            tracing::warn!("every user of this machine can see the value of {flag}; use {file_variable}");
        }
    }
}
