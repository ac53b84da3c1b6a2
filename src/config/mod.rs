//! Every setting, its default and its check. A wrong one stops the start with one sentence.

mod settings;

use std::collections::HashSet;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use url::{Host, Origin, Url};

use crate::keys::SecretKey;

pub use settings::Settings;

/// Settings that have been read and checked.
#[derive(Clone)]
pub struct Config {
    /// `host:port`; port 0 means any free one.
    pub listen: String,
    /// Set by the operator, or else `http://` + the address that was bound.
    pub public_url: Option<Url>,
    pub data_dir: PathBuf,
    pub database: PathBuf,
    pub redis_url: Option<String>,
    /// Given by the operator, or else the key file in `data_dir` is used.
    pub secret_key: Option<SecretKey>,
    pub bcrypt_cost: u32,
    /// The longest that a request waits for its turn to hash. No setting: only a test of something else changes it.
    pub hash_wait: Duration,
    pub session: Lifetime,
    pub remembered: Lifetime,
    pub near_cache_entries: usize,
    pub near_cache_bytes: u64,
    pub registration: Registration,
    /// Seconds.
    pub audit_retention: i64,
    pub trusted_proxies: Vec<IpNet>,
    pub allowed_origins: HashSet<Origin>,
    /// Whose pages may call the API.
    pub cors_origins: HashSet<Origin>,
    pub log: String,
    pub log_format: LogFormat,
}

/// How long a session may live, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    pub idle: i64,
    pub absolute: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    Open,
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// One sentence that names the setting and says what it takes.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    setting: &'static str,
    problem: String,
}

impl ConfigError {
    pub fn new(setting: &'static str, problem: impl Into<String>) -> Self {
        Self { setting, problem: problem.into() }
    }
}

impl Config {
    /// Checks what the operator wrote.
    pub fn from_settings(settings: Settings) -> Result<Config, ConfigError> {
        let data_dir = PathBuf::from(settings.data_dir.unwrap_or_else(|| "data".to_owned()));
        let config = Config {
            listen: read(settings.listen, "MUNJIGI_LISTEN", "127.0.0.1:8080", listen)?,
            public_url: settings
                .public_url
                .map(|text| check("MUNJIGI_PUBLIC_URL", &text, public_url))
                .transpose()?,
            database: match settings.database_url {
                Some(text) => check("DATABASE_URL", &text, database)?,
                None => data_dir.join("munjigi.db"),
            },
            redis_url: settings.redis_url.map(|text| redis_url(&text)).transpose()?,
            secret_key: settings.secret_key.map(|text| secret_key(&text)).transpose()?,
            bcrypt_cost: read(settings.bcrypt_cost, "MUNJIGI_BCRYPT_COST", "12", bcrypt_cost)?,
            hash_wait: Duration::from_secs(2),
            session: Lifetime {
                idle: read(settings.session_idle, "MUNJIGI_SESSION_IDLE", "2h", duration)?,
                absolute: read(settings.session_absolute, "MUNJIGI_SESSION_ABSOLUTE", "12h", duration)?,
            },
            remembered: Lifetime {
                idle: read(settings.remember_idle, "MUNJIGI_REMEMBER_IDLE", "14d", duration)?,
                absolute: read(settings.remember_absolute, "MUNJIGI_REMEMBER_ABSOLUTE", "90d", duration)?,
            },
            near_cache_entries: read(
                settings.near_cache_entries,
                "MUNJIGI_NEAR_CACHE_ENTRIES",
                "200000",
                entries,
            )?,
            near_cache_bytes: read(
                settings.near_cache_megabytes,
                "MUNJIGI_NEAR_CACHE_MEGABYTES",
                "128",
                megabytes,
            )?,
            registration: read(settings.registration, "MUNJIGI_REGISTRATION", "open", registration)?,
            audit_retention: read(settings.audit_retention, "MUNJIGI_AUDIT_RETENTION", "365d", duration)?,
            trusted_proxies: read(settings.trusted_proxies, "MUNJIGI_TRUSTED_PROXIES", "", |text| {
                list(text, network)
            })?,
            allowed_origins: read(settings.allowed_origins, "MUNJIGI_ALLOWED_ORIGINS", "", |text| {
                list(text, origin)
            })?,
            cors_origins: read(settings.cors_origins, "MUNJIGI_CORS_ORIGINS", "", |text| {
                list(text, cors_origin)
            })?,
            log: read(settings.log, "MUNJIGI_LOG", "info", log_level)?,
            log_format: read(settings.log_format, "MUNJIGI_LOG_FORMAT", "text", log_format)?,
            data_dir,
        };
        config.session.check("MUNJIGI_SESSION_IDLE", "MUNJIGI_SESSION_ABSOLUTE")?;
        config.remembered.check("MUNJIGI_REMEMBER_IDLE", "MUNJIGI_REMEMBER_ABSOLUTE")?;
        Ok(config)
    }
}

impl Lifetime {
    fn check(self, idle: &'static str, absolute: &'static str) -> Result<(), ConfigError> {
        if self.idle <= self.absolute {
            return Ok(());
        }
        Err(ConfigError::new(idle, format!("it is longer than {absolute}; it takes at most that")))
    }
}

/// Says what is expected, for the end of the sentence "… it takes".
type Expected = &'static str;

fn read<T>(
    given: Option<String>,
    setting: &'static str,
    default: &str,
    parse: impl Fn(&str) -> Result<T, Expected>,
) -> Result<T, ConfigError> {
    check(setting, given.as_deref().unwrap_or(default), parse)
}

fn check<T>(
    setting: &'static str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, Expected>,
) -> Result<T, ConfigError> {
    parse(text.trim())
        .map_err(|expected| ConfigError::new(setting, format!("{text:?} does not fit; it takes {expected}")))
}

fn listen(text: &str) -> Result<String, Expected> {
    let fits =
        text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    fits.then(|| text.to_owned()).ok_or("an address and a port, such as 127.0.0.1:8080")
}

/// Whether plain http to this host never leaves the machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Checks an address that people type: https, or http on a loopback host, with nothing after the host.
pub fn public_url(text: &str) -> Result<Url, Expected> {
    let url = Url::parse(text).map_err(|_| "a URL such as https://id.example.org")?;
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    match url.scheme() {
        _ if !bare => Err("a URL with nothing after the host, such as https://id.example.org"),
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        _ => Err("a URL that begins with https:// (http:// is for loopback hosts alone)"),
    }
}

fn database(text: &str) -> Result<PathBuf, Expected> {
    match text.strip_prefix("sqlite://") {
        Some(path) if !path.is_empty() => Ok(PathBuf::from(path)),
        _ => Err("a path behind sqlite://, such as sqlite://data/munjigi.db"),
    }
}

/// A Redis URL may hold a password, so the sentence does not repeat it.
fn redis_url(text: &str) -> Result<String, ConfigError> {
    let fits = text.starts_with("redis://") && redis::Client::open(text).is_ok();
    fits.then(|| text.to_owned()).ok_or_else(|| {
        ConfigError::new("REDIS_URL", "it does not fit; it takes a URL such as redis://127.0.0.1:6379")
    })
}

fn secret_key(text: &str) -> Result<SecretKey, ConfigError> {
    SecretKey::from_hex(text).map_err(|error| ConfigError::new("MUNJIGI_SECRET_KEY", error.to_string()))
}

fn bcrypt_cost(text: &str) -> Result<u32, Expected> {
    text.parse().ok().filter(|cost| (10..=16).contains(cost)).ok_or("a whole number from 10 to 16")
}

/// Seconds from 1 to ten years.
fn duration(text: &str) -> Result<i64, Expected> {
    const TEN_YEARS: Duration = Duration::from_secs(10 * 365 * 24 * 3600);
    humantime::parse_duration(text)
        .ok()
        .filter(|duration| (Duration::from_secs(1)..=TEN_YEARS).contains(duration))
        .map(|duration| duration.as_secs() as i64)
        .ok_or("a duration from 1s to ten years, such as 30m, 2h or 14d")
}

fn entries(text: &str) -> Result<usize, Expected> {
    text.parse().ok().filter(|count| *count <= 100_000_000).ok_or("a whole number up to 100000000")
}

fn megabytes(text: &str) -> Result<u64, Expected> {
    let number = text.parse().ok().filter(|count| (1..=1_000_000).contains(count));
    number.map(|count: u64| count * 1_000_000).ok_or("a whole number of megabytes, from 1 to 1000000")
}

fn registration(text: &str) -> Result<Registration, Expected> {
    match text {
        "open" => Ok(Registration::Open),
        "closed" => Ok(Registration::Closed),
        _ => Err("open or closed"),
    }
}

fn log_level(text: &str) -> Result<String, Expected> {
    tracing_subscriber::EnvFilter::try_new(text)
        .map(|_| text.to_owned())
        .map_err(|_| "error, warn, info, debug, trace, or directives such as munjigi=debug")
}

fn log_format(text: &str) -> Result<LogFormat, Expected> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("text or json"),
    }
}

fn list<T, L: FromIterator<T>>(
    text: &str,
    item: impl Fn(&str) -> Result<T, Expected>,
) -> Result<L, Expected> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(item).collect()
}

fn network(text: &str) -> Result<IpNet, Expected> {
    let single = || IpAddr::from_str(text).map(IpNet::from);
    IpNet::from_str(text)
        .or_else(|_| single())
        .map_err(|_| "addresses or networks with commas, such as 10.0.0.0/8, ::1")
}

fn origin(text: &str) -> Result<Origin, Expected> {
    const EXPECTED: Expected = "origins with commas, such as https://app.example.org";
    let url = Url::parse(text).map_err(|_| EXPECTED)?;
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if bare && matches!(url.scheme(), "http" | "https") { Ok(url.origin()) } else { Err(EXPECTED) }
}

/// Plain http would let anyone on the way speak for the origin.
fn cors_origin(text: &str) -> Result<Origin, Expected> {
    let url = public_url(text).map_err(
        |_| "origins with commas, https:// or on a loopback host, such as https://app.example.org",
    )?;
    Ok(url.origin())
}

#[cfg(test)]
mod tests;
