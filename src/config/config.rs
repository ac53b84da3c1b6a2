//! Every setting as it is used: checked, and completed by its default.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use url::{Origin, Url};

use crate::platform::db::DatabaseUrl;
use crate::platform::keys::Secrets;
use crate::platform::redis::{Target, TlsFiles};

use super::error::ConfigError;
use super::lifetimes::{Lifetime, Lifetimes};
use super::mail::MailConfig;
use super::parse::{
    bcrypt_cost, check, collector, cookie_domain, cors_origin, database, duration, duration_or_off, entries,
    hash_priority, is_within, list, listen, log_format, log_level, megabytes, network, origin, public_url,
    read, registration, required, secret_key,
};
use super::redis;
use super::settings::Settings;
use super::words::{HashPriority, LogFormat, Registration, Required};

/// Settings that have been read and checked.
#[derive(Clone)]
pub struct Config {
    /// `host:port`; port 0 means any free one.
    pub listen: String,
    /// Set by the operator, or else `http://` + the address that was bound.
    pub public_url: Option<Url>,
    pub data_dir: PathBuf,
    pub database: DatabaseUrl,
    pub redis_url: Option<String>,
    pub redis_tls: TlsFiles,
    /// Given by the operator, or else the key file in `data_dir` is used.
    pub secret_key: Option<Secrets>,
    pub bcrypt_cost: u32,
    /// The longest that a request waits for its turn to hash. No setting: only a test of something else changes it.
    pub hash_wait: Duration,
    pub hash_priority: HashPriority,
    /// How long a page that needs no session waits to learn whose it is. No setting: only tests wait longer.
    pub auth_timeout: Duration,
    pub lifetimes: Lifetimes,
    pub near_cache_entries: usize,
    pub near_cache_bytes: u64,
    pub registration: Registration,
    pub mail: MailConfig,
    pub require_second_factor: Required,
    /// Seconds that a device stays trusted; 0 trusts none.
    pub trusted_device: i64,
    /// Seconds.
    pub audit_retention: i64,
    pub trusted_proxies: Vec<IpNet>,
    pub allowed_origins: HashSet<Origin>,
    /// Whose pages may call the API.
    pub cors_origins: HashSet<Origin>,
    /// Whose hosts get the proxy cookie.
    pub cookie_domain: Option<String>,
    pub rules: Option<PathBuf>,
    /// `host:port` of the metrics.
    pub metrics_listen: Option<String>,
    /// Where traces go, without the path that the standard adds.
    pub otlp_endpoint: Option<Url>,
    /// Seconds that a server that is told to stop takes leave of its connections.
    pub drain: i64,
    pub log: String,
    pub log_format: LogFormat,
}

/// Whatever the settings say, keys stay good for so many seconds after they were replaced: mail waits for a day.
const SHORTEST_LIFE_OF_KEYS: i64 = 2 * 24 * 3600;

impl Config {
    /// Checks what the operator wrote.
    pub fn from_settings(settings: Settings) -> Result<Config, ConfigError> {
        let mail = MailConfig::from_settings(&settings)?;
        let (redis_url, redis_tls) = redis::read(&settings)?;
        let data_dir = PathBuf::from(settings.data_dir.unwrap_or_else(|| "data".to_owned()));
        let config = Config {
            mail,
            listen: read(settings.listen, "MUNJIGI_LISTEN", "127.0.0.1:8080", listen)?,
            public_url: settings
                .public_url
                .map(|text| check("MUNJIGI_PUBLIC_URL", &text, public_url))
                .transpose()?,
            database: match settings.database_url {
                Some(text) => database(&text)?,
                None => DatabaseUrl::Sqlite(data_dir.join("munjigi.db")),
            },
            redis_url,
            redis_tls,
            secret_key: settings.secret_key.map(|text| secret_key(&text)).transpose()?,
            bcrypt_cost: read(settings.bcrypt_cost, "MUNJIGI_BCRYPT_COST", "12", bcrypt_cost)?,
            hash_wait: Duration::from_secs(2),
            auth_timeout: Duration::from_millis(50),
            hash_priority: read(settings.hash_priority, "MUNJIGI_HASH_PRIORITY", "idle", hash_priority)?,
            lifetimes: Lifetimes {
                browser: Lifetime::read(
                    (settings.session_idle, "MUNJIGI_SESSION_IDLE", "2h"),
                    (settings.session_absolute, "MUNJIGI_SESSION_ABSOLUTE", "12h"),
                )?,
                remembered: Lifetime::read(
                    (settings.remember_idle, "MUNJIGI_REMEMBER_IDLE", "14d"),
                    (settings.remember_absolute, "MUNJIGI_REMEMBER_ABSOLUTE", "90d"),
                )?,
                client: Lifetime::read(
                    (settings.client_idle, "MUNJIGI_CLIENT_IDLE", "14d"),
                    (settings.client_absolute, "MUNJIGI_CLIENT_ABSOLUTE", "90d"),
                )?,
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
            require_second_factor: read(
                settings.require_second_factor,
                "MUNJIGI_REQUIRE_SECOND_FACTOR",
                "none",
                required,
            )?,
            trusted_device: read(settings.trusted_device, "MUNJIGI_TRUSTED_DEVICE", "30d", duration_or_off)?,
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
            cookie_domain: settings
                .cookie_domain
                .map(|text| check("MUNJIGI_COOKIE_DOMAIN", &text, cookie_domain))
                .transpose()?,
            rules: settings.rules.map(PathBuf::from),
            metrics_listen: settings
                .metrics_listen
                .map(|text| check("MUNJIGI_METRICS_LISTEN", &text, listen))
                .transpose()?,
            otlp_endpoint: settings.otlp_endpoint.map(|text| collector(&text)).transpose()?,
            drain: read(settings.drain, "MUNJIGI_DRAIN", "2s", duration_or_off)?,
            log: read(settings.log, "MUNJIGI_LOG", "info", log_level)?,
            log_format: read(settings.log_format, "MUNJIGI_LOG_FORMAT", "text", log_format)?,
            data_dir,
        };
        config.check_cookie_domain()?;
        config.check_metrics_listen()?;
        Ok(config)
    }

    /// Where Redis is, if sessions are kept in it.
    pub fn redis(&self) -> Result<Option<Target>, ConfigError> {
        self.redis_url.as_deref().map(|text| redis::target(text, &self.redis_tls)).transpose()
    }

    /// The metrics are nobody's business but the operator's, so they never share an address with the pages.
    fn check_metrics_listen(&self) -> Result<(), ConfigError> {
        let same = self.metrics_listen.as_ref() == Some(&self.listen) && !self.listen.ends_with(":0");
        let problem = "it is the address of MUNJIGI_LISTEN; it takes another port";
        if same { Err(ConfigError::new("MUNJIGI_METRICS_LISTEN", problem)) } else { Ok(()) }
    }

    /// Seconds that anything we sign may live at most.
    pub fn longest_life(&self) -> i64 {
        self.lifetimes.longest().max(self.trusted_device).max(SHORTEST_LIFE_OF_KEYS)
    }

    /// Only a host within the domain may set its cookies, and only https carries them.
    fn check_cookie_domain(&self) -> Result<(), ConfigError> {
        let Some(domain) = &self.cookie_domain else { return Ok(()) };
        let host = self.public_url.as_ref().filter(|url| url.scheme() == "https").and_then(Url::host_str);
        let problem = match host {
            None => "it takes an https:// address in MUNJIGI_PUBLIC_URL".to_owned(),
            Some(host) if is_within(host, domain) => return Ok(()),
            Some(host) => format!("{host} of MUNJIGI_PUBLIC_URL does not lie within {domain}"),
        };
        Err(ConfigError::new("MUNJIGI_COOKIE_DOMAIN", problem))
    }
}
