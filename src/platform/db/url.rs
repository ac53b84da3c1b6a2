//! The location of the database, parsed from `DATABASE_URL`. It is displayed without passwords.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// Default connection parameters: a server that is gone is noticed within seconds.
const DEFAULTS: [(&str, &str); 6] = [
    ("keepalives", "1"),
    ("keepalives_idle", "5"),
    ("keepalives_interval", "2"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "5000"),
    ("application_name", "munjigi"),
];

/// One of the two engines, and the location of its data.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    /// A URL for libpq: `postgres://user:password@host:port/name?sslmode=…`.
    Postgres(Url),
}

/// The URL is malformed. The message does not repeat it, because it may contain a password.
#[derive(Debug, thiserror::Error)]
#[error(
    "it does not fit; it takes sqlite:// and a path, or postgres://user:password@host/name, percent-encoded"
)]
pub struct NoDatabaseUrl;

impl FromStr for DatabaseUrl {
    type Err = NoDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, NoDatabaseUrl> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            return if path.is_empty() { Err(NoDatabaseUrl) } else { Ok(Self::Sqlite(PathBuf::from(path))) };
        }
        let url = Url::parse(text).map_err(|_| NoDatabaseUrl)?;
        let name = url.path().strip_prefix('/').unwrap_or_default();
        let fits = matches!(url.scheme(), "postgres" | "postgresql")
            && !name.is_empty()
            && !name.contains('/')
            && url.fragment().is_none();
        if fits { Ok(Self::Postgres(url)) } else { Err(NoDatabaseUrl) }
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

/// The URL for libpq with default parameters. If certificates are verified and no authority is named, the system's are
/// used.
pub(super) fn for_libpq(url: &Url, connect_timeout: &str) -> String {
    let given =
        |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let mut query: Vec<String> =
        url.query().filter(|query| !query.is_empty()).map(str::to_owned).into_iter().collect();
    let mut add = |name: &str, value: &str| {
        query.push(format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    };
    let patience = [("connect_timeout", connect_timeout)];
    for (name, value) in DEFAULTS.into_iter().chain(patience).filter(|(name, _)| given(name).is_none()) {
        add(name, value);
    }
    let (mode, authority) = (given("sslmode"), given("sslrootcert"));
    let by_system = authority.as_deref() == Some("system");
    let is_checked = mode.as_deref().is_some_and(|mode| mode.starts_with("verify-"));
    if by_system || (is_checked && authority.is_none()) {
        if let Some(file) = openssl_probe::probe().cert_file {
            add("sslrootcert", &file.to_string_lossy());
        }
        if mode.is_none() {
            add("sslmode", "verify-full");
        }
    }
    let mut url = url.clone();
    url.set_query(Some(&query.join("&")));
    url.into()
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
    fn libpq_gets_deadlines_unless_the_url_sets_its_own() {
        let url = |text: &str| for_libpq(&Url::parse(text).unwrap(), "2");
        let plain = url("postgres://u:a+b@host/id?connect_timeout=9&application_name=x%20y");
        assert!(plain.contains("connect_timeout=9") && !plain.contains("connect_timeout=2"), "{plain}");
        assert!(
            plain.contains("tcp_user_timeout=5000") && plain.contains("application_name=x%20y"),
            "{plain}"
        );
        assert!(plain.starts_with("postgres://u:a+b@host/id?"), "{plain}");
        assert!(!plain.contains("sslrootcert"));
        let own = url("postgres://host/id?sslmode=verify-full&sslrootcert=/ca.pem");
        assert_eq!(own.matches("sslrootcert").count(), 1);
        let system = url("postgres://host/id?sslrootcert=system");
        assert!(system.ends_with("&sslmode=verify%2Dfull"), "{system}");
    }
}
