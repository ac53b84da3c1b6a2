//! The settings file.

use std::path::Path;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

use super::error::ConfigError;

/// Errors name the line but do not repeat it, because it may contain a secret.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, ConfigError> {
    let wrong =
        |problem: String| ConfigError::new("MUNJIGI_CONFIG", format!("{}: {problem}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.split('\n').count();
        wrong(format!("line {line}: {}", error.message().replace('\n', " ")))
    })
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
