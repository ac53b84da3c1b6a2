//! The settings file.

use std::path::Path;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

use super::error::ConfigError;
use super::parse::path_shown;
use super::secret_file::without_mark;

const NO_SETTING: &str = "there is no setting of this name";
const NO_LINE: &str = "it cannot be read; it takes lines such as listen = \"127.0.0.1:8080\"";

/// Reads the file that `setting` names. Errors name the line but do not repeat it, because it may contain a secret.
pub(super) fn read<T: DeserializeOwned>(setting: &'static str, path: &Path) -> Result<T, ConfigError> {
    let wrong = |problem: String| ConfigError::new(setting, format!("{}: {problem}", path_shown(path)));
    let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        wrong(format!("line {}: it is not UTF-8", lines_in(before)))
    })?;
    parse(without_mark(&text)).map_err(wrong)
}

/// Reads TOML. The error is one clause, which names the line.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let number = lines_in(before.as_bytes());
        let line = text.split('\n').nth(number - 1).unwrap_or_default();
        format!("line {number}: {}", problem(error.message(), line))
    })
}

/// The number of the line after this text.
fn lines_in(before: &[u8]) -> usize {
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

/// A parser's message about a line, unless it repeats a part of the line that may be a secret.
fn problem(message: &str, line: &str) -> String {
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let name = rest.split('`').next().unwrap_or_default();
        let is_name = name.len() <= 40 && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
        return if is_name { format!("there is no setting {name}") } else { NO_SETTING.to_owned() };
    }
    let value = line.split_once('=').map_or(line, |(_, value)| value);
    let mut words = value.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3);
    if words.any(|word| message.contains(word)) {
        return NO_LINE.to_owned();
    }
    message.replace('\n', " ")
}

/// A setting in the file may be a string, a number or a list of strings.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let single = |value: toml::Value| match value {
        toml::Value::String(text) => Ok(text),
        toml::Value::Integer(number) => Ok(number.to_string()),
        other => Err(D::Error::custom(format!("a {} does not fit here", other.type_str()))),
    };
    match toml::Value::deserialize(deserializer)? {
        toml::Value::Array(items) => {
            Ok(Some(items.into_iter().map(single).collect::<Result<Vec<_>, _>>()?.join(",")))
        }
        value => single(value).map(Some),
    }
}
