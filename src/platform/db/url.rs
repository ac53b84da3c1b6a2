//! The location of the database, parsed from `DATABASE_URL`. It is displayed without passwords.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use url::Url;

/// One of the two engines, and the location of its data.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    /// A URL as libpq reads it: `postgres://user:password@host:port/name?sslmode=…`.
    Postgres(Url),
}

/// The URL is malformed. The message does not repeat it, because it may contain a password.
#[derive(Debug, thiserror::Error)]
pub enum NoDatabaseUrl {
    #[error(
        "it does not fit; it takes sqlite:// and a path, or postgres://user:password@host/name, percent-encoded"
    )]
    Malformed,
    #[error("it does not fit; behind sqlite:// it takes the path of a file, without parameters, ? or #")]
    NoPath,
}

impl FromStr for DatabaseUrl {
    type Err = NoDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, NoDatabaseUrl> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            return if is_path(path) {
                Ok(Self::Sqlite(PathBuf::from(path)))
            } else {
                Err(NoDatabaseUrl::NoPath)
            };
        }
        let url = Url::parse(text).map_err(|_| NoDatabaseUrl::Malformed)?;
        let name = url.path().strip_prefix('/').unwrap_or_default();
        let is_postgres = matches!(url.scheme(), "postgres" | "postgresql");
        // An @ in the name is that before the host, behind a password that is not percent-encoded.
        let fits = is_postgres && !name.is_empty() && !name.contains(['/', '@']) && url.fragment().is_none();
        if fits && has_sound_parts(&url) { Ok(Self::Postgres(url)) } else { Err(NoDatabaseUrl::Malformed) }
    }
}

/// Whether this is the path of a file, as opposed to what other programs allow behind `sqlite://`.
fn is_path(path: &str) -> bool {
    let is_other = path.starts_with("file:") || path.starts_with(":memory:") || path.starts_with("~/");
    !path.is_empty() && !path.contains(['?', '#', '\0']) && !path.ends_with('/') && !is_other
}

/// Whether all of the URL can be read. What cannot may be a part of a password.
fn has_sound_parts(url: &Url) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
    let is_pair =
        |pair: &str| pair.split_once('=').is_some_and(|(name, value)| is_name(name) && !value.contains('='));
    let pairs = url.query().filter(|query| !query.is_empty());
    let text = url.as_str().as_bytes();
    let is_encoded = |at: usize| {
        let digits = text.get(at + 1..at + 3).unwrap_or_default();
        digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit) && digits != b"00"
    };
    let mut escapes = text.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    escapes.all(|(at, _)| is_encoded(at)) && pairs.is_none_or(|pairs| pairs.split('&').all(is_pair))
}

impl DatabaseUrl {
    /// Whether it contains a password.
    pub fn has_password(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(url) => {
                url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password")
            }
        }
    }
}

impl From<&Path> for DatabaseUrl {
    fn from(path: &Path) -> Self {
        Self::Sqlite(path.to_owned())
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => {
                write!(
                    f,
                    "PostgreSQL at {}",
                    url.host_str().filter(|host| !host.is_empty()).unwrap_or("localhost")
                )?;
                if let Some(port) = url.port() {
                    write!(f, ":{port}")?;
                }
                write!(f, "{}", url.path())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<String> {
        text.parse::<DatabaseUrl>().ok().map(|url| url.to_string())
    }

    #[test]
    fn both_engines_are_recognised_and_no_password_is_shown() {
        assert_eq!(parse("sqlite://data/munjigi.db").as_deref(), Some("data/munjigi.db"));
        for (text, shown) in [
            ("postgres://db.example.org/id", "PostgreSQL at db.example.org/id"),
            ("postgresql://mina:p%40ss@[::1]:5433/id?sslmode=require", "PostgreSQL at [::1]:5433/id"),
            ("postgres:///id?host=/run/postgresql&password=p%40ss", "PostgreSQL at localhost/id"),
            ("postgres://mina:p@ss@host/id", "PostgreSQL at host/id"),
        ] {
            assert_eq!(parse(text).as_deref(), Some(shown));
        }
        for text in
            ["", "munjigi.db", "sqlite://", "mysql://x/y", "postgres://host", "postgres://mina:p/ss@host/id"]
        {
            let error = text.parse::<DatabaseUrl>().unwrap_err().to_string();
            assert!(!error.contains("p/ss") && error.contains("sqlite://"), "{error}");
        }
    }

    #[test]
    fn parameters_are_no_part_of_a_path() {
        for path in
            ["/srv/z.db?mode=rwc", "z.db#x", "z?", ":memory:", "file:z.db", "/srv/", "~/z.db", "?", "a\0b"]
        {
            let error = format!("sqlite://{path}").parse::<DatabaseUrl>().unwrap_err().to_string();
            assert!(error.contains("without parameters"), "{path}: {error}");
        }
        for path in ["/srv/z.db", "z.db", "../z", "/srv/a b/z%20.db", "/srv/키.db", "C:/z.db"] {
            assert_eq!(parse(&format!("sqlite://{path}")).as_deref(), Some(path));
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_not_repeated() {
        for text in [
            "postgres://u:hunter2%zz@host/id",
            "postgres://u:hunter2%0@host/id",
            "postgres://u:hunter2%00@host/id",
            "postgres://u:123/hunter2@host",
            "postgres://host/id?password=a&hunter2",
            "postgres://host/id?password=a&hunter2=",
            "postgres://host/id?password=a=hunter2",
            "postgres://host/id?=hunter2",
        ] {
            let error = text.parse::<DatabaseUrl>().unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{text}: {error}");
        }
        assert!(parse("postgres://u:a%25b@host/id?sslmode=require&host=/run").is_some());
        let has = |text: &str| text.parse::<DatabaseUrl>().unwrap().has_password();
        assert!(has("postgres://u:p@h/id") && has("postgres://h/id?password=p"));
        assert!(!has("postgres://u@h/id") && !has("sqlite://u:p@h"));
    }
}
