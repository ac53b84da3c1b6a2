//! All settings: one row each, and values that depend on several.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipnet::IpNet;
use lettre::message::Mailbox;
use url::{Host, Origin, Url};

use crate::platform::db::{DatabaseUrl, PoolSize};
use crate::platform::keys::Secrets;
use crate::platform::mail::smtp::SmtpServer;
use crate::platform::memory;
use crate::platform::outgoing::{TestWeb, Trust};
use crate::platform::redis::{RedisUrl, TlsFiles};

use super::accent::Accent;
use super::error::ConfigError;
use super::file;
use super::lifetimes::{Lifetime, Lifetimes, Seconds};
use super::mail::{self, MailConfig};
use super::outgoing;
use super::parse::{
    bcrypt_cost, collector, connections, contact, cookie_domain, cors_origin, duration, duration_or_off,
    entries, host, is_within, link, listen, log_level, megabytes, network, on_or_off, origin, path,
    public_url, redis_url, sender, site_name, smtp_name, smtp_server, username, word,
};
use super::providers::{self, ProviderConfig, ProvidersGiven};
use super::redis;
use super::row::{Given, Row, settings};
use super::secret_file::{SecretFiles, exposed};
use super::words::{HashPriority, LogFormat, Registration, Required, Verification};

/// The settings file if no other is named.
const DEFAULT_FILE: &str = "munjigi.toml";

/// Bytes of the near cache where the system does not tell how much memory there is.
const USUAL_NEAR_CACHE: u64 = 128_000_000;

/// Keys are accepted for at least this long after they are replaced, whatever the settings say: mail may wait for a day.
const SHORTEST_LIFE_OF_KEYS: Seconds = 2 * 24 * 3600;

settings! {
    "Server" {
        /// Address to listen on; port 0 picks a free port
        listen: String = listen, "MUNJIGI_LISTEN", "HOST:PORT", default "127.0.0.1:8080";
        /// URL that people open in their browsers; https:// unless the host is a loopback host
        public_url: Option<Url> = public_url, "MUNJIGI_PUBLIC_URL", "URL", optional "http://<listen>";
        /// Directory of the database and the key file
        data_dir: PathBuf = path, "MUNJIGI_DATA_DIR", "DIR", default "data";
    }
    "Storage" parts {
        /// Database: sqlite:// and a path, or postgres://user:password@host/name
        database_url: Option<DatabaseUrl> = str::parse, "DATABASE_URL", "URL",
            secret "sqlite://<data-dir>/munjigi.db",
            file database_url_file "DATABASE_URL_FILE";
        /// Connections to PostgreSQL at most, 6 to 500; one of five reads, and the others write
        database_connections: Option<u32> = connections, "MUNJIGI_DATABASE_CONNECTIONS", "N",
            optional "22 to 42, by the number of cores";
        /// Store sessions in Redis: redis://[user:password@]host:port[/db], rediss:// for TLS, unix://, redis+sentinel:// or
        /// redis+cluster://
        redis_url: Option<String> = redis_url, "REDIS_URL", "URL", secret "in the database",
            file redis_url_file "REDIS_URL_FILE";
        /// CA certificates (PEM) for verifying Redis, instead of the public ones
        redis_ca: Option<PathBuf> = path, "MUNJIGI_REDIS_CA", "FILE", optional "public CAs";
        /// Client certificate (PEM) to present to Redis
        redis_cert: Option<PathBuf> = path, "MUNJIGI_REDIS_CERT", "FILE", optional "none";
        /// Private key (PEM) of the client certificate
        redis_key: Option<PathBuf> = path, "MUNJIGI_REDIS_KEY", "FILE", optional "none";
    }
    "Keys and passwords" {
        /// Secret from which all keys are derived: 64 bytes as 128 hexadecimal digits; older secrets follow, separated by
        /// commas
        secret_key: Option<Secrets> = Secrets::parse, "MUNJIGI_SECRET_KEY", "HEX",
            secret "the file <data-dir>/secret.key",
            file secret_key_file "MUNJIGI_SECRET_KEY_FILE";
        /// Cost of a password hash (bcrypt), 10 to 16; each step doubles the time
        bcrypt_cost: u32 = bcrypt_cost, "MUNJIGI_BCRYPT_COST", "N", default "12";
        /// Priority of password hashing: idle (only when nothing else needs the core) or normal (for machines that other
        /// programs keep busy)
        hash_priority: HashPriority = word, "MUNJIGI_HASH_PRIORITY", "WORD", default "idle";
    }
    "Sessions" parts {
        /// Sign out after this time without activity
        session_idle: Seconds = duration, "MUNJIGI_SESSION_IDLE", "DURATION", default "2h";
        /// Sign out after this time in any case
        session_absolute: Seconds = duration, "MUNJIGI_SESSION_ABSOLUTE", "DURATION", default "12h";
        /// Sign out after this time without activity, with "keep me signed in"
        remember_idle: Seconds = duration, "MUNJIGI_REMEMBER_IDLE", "DURATION", default "14d";
        /// Sign out after this time in any case, with "keep me signed in"
        remember_absolute: Seconds = duration, "MUNJIGI_REMEMBER_ABSOLUTE", "DURATION", default "90d";
        /// Lifetime of an API client's refresh token, if unused
        client_idle: Seconds = duration, "MUNJIGI_CLIENT_IDLE", "DURATION", default "14d";
        /// Lifetime of an API client's session
        client_absolute: Seconds = duration, "MUNJIGI_CLIENT_ABSOLUTE", "DURATION", default "90d";
    }
    "Cache" {
        /// Maximum number of sessions, and of users, to cache in memory; 0 disables the cache. Deprecated: set megabytes instead
        near_cache_entries: Option<usize> = entries, "MUNJIGI_NEAR_CACHE_ENTRIES", "N", optional "as many as fit";
    } parts {
        /// Maximum size of the cache of sessions and users, in megabytes; 0 disables the cache
        near_cache_megabytes: Option<u64> = megabytes, "MUNJIGI_NEAR_CACHE_MEGABYTES", "N",
            optional "a quarter of the memory that the server may use";
    }
    "Accounts and mail" {
        /// Whether anyone may register: open or closed
        registration: Registration = word, "MUNJIGI_REGISTRATION", "WORD", default "open";
        /// Usernames that are reserved besides the built-in ones such as admin and 관리자, separated by commas
        reserved_names: Vec<String> = username, "MUNJIGI_RESERVED_NAMES", "LIST", list "none";
        /// How long the username of a deleted account stays taken; off makes it free at once
        retired_names: Seconds = duration_or_off, "MUNJIGI_RETIRED_NAMES", "DURATION", default "365d";
    } parts {
        /// Mail server: smtps://user:password@host[:port], smtp://…?tls=required for STARTTLS, or smtp://host
        smtp_url: Option<SmtpServer> = smtp_server, "MUNJIGI_SMTP_URL", "URL",
            secret "files in <data-dir>/outbox",
            file smtp_url_file "MUNJIGI_SMTP_URL_FILE";
        /// Additional CA certificates (PEM) for verifying the mail server
        smtp_ca: Option<PathBuf> = path, "MUNJIGI_SMTP_CA", "FILE", optional "public CAs";
        /// Name with which to greet the mail server (EHLO): a domain, or an address in brackets
        smtp_name: Option<String> = smtp_name, "MUNJIGI_SMTP_NAME", "NAME",
            optional "the host of the public URL";
        /// Sender of mail, such as Munjigi <id@example.org>; required with a mail server
        mail_from: Mailbox = sender, "MUNJIGI_MAIL_FROM", "ADDRESS", default "Munjigi <munjigi@localhost>";
        /// Whether people must verify their email address: off, optional or required
        email_verification: Verification = word, "MUNJIGI_EMAIL_VERIFICATION", "WORD", default "off";
        /// Whether people can sign in by a link sent to them by mail: on or off
        sign_in_links: bool = on_or_off, "MUNJIGI_SIGN_IN_LINKS", "WORD", default "off";
    }
    "Pages" {
        /// Whether there is a board, on pages and in the API: on or off
        board: bool = on_or_off, "MUNJIGI_BOARD", "WORD", default "on";
        /// Where to report security problems, for /.well-known/security.txt: mailto: or https:// addresses, separated by
        /// commas
        security_contact: Vec<Url> = contact, "MUNJIGI_SECURITY_CONTACT", "LIST", list "none";
    }
    "Branding" {
        /// Name of this site on pages and in mail
        site_name: Option<String> = site_name, "MUNJIGI_SITE_NAME", "NAME", optional "the host of the public URL";
        /// Logo (SVG, PNG, JPEG or WebP, up to 256 kB)
        logo: Option<PathBuf> = path, "MUNJIGI_LOGO", "FILE", optional "a gate";
        /// Logo in the dark theme
        logo_dark: Option<PathBuf> = path, "MUNJIGI_LOGO_DARK", "FILE", optional "the logo";
        /// Colour of buttons and links; it has a contrast of 4.5 to white, and the dark theme gets a lighter one
        accent: Option<Accent> = Accent::parse, "MUNJIGI_ACCENT", "COLOUR", optional "#0e6650";
        /// Icon of the pages (SVG, PNG or ICO, up to 256 kB)
        favicon: Option<PathBuf> = path, "MUNJIGI_FAVICON", "FILE", optional "a gate";
        /// Stylesheet that is loaded after the built-in one (up to 256 kB)
        stylesheet: Option<PathBuf> = path, "MUNJIGI_STYLESHEET", "FILE", optional "none";
        /// Terms of use, linked from every page
        terms_url: Option<Url> = link, "MUNJIGI_TERMS_URL", "URL", optional "none";
        /// Privacy policy, linked from every page
        privacy_url: Option<Url> = link, "MUNJIGI_PRIVACY_URL", "URL", optional "none";
        /// Where people get help, linked from every page
        help_url: Option<Url> = link, "MUNJIGI_HELP_URL", "URL", optional "none";
        /// File (TOML) with a text for the sign-in page by language tag, such as en = "Use your work account."
        sign_in_text: Option<PathBuf> = path, "MUNJIGI_SIGN_IN_TEXT", "FILE", optional "none";
    }
    "Security" {
        /// Who must use a second factor: none, staff or everyone; groups can require it as well
        require_second_factor: Required = word, "MUNJIGI_REQUIRE_SECOND_FACTOR", "WORD", default "none";
        /// How long a trusted device skips the second factor; off disables trusted devices
        trusted_device: Seconds = duration_or_off, "MUNJIGI_TRUSTED_DEVICE", "DURATION", default "30d";
        /// Lifetime of an API token that a program gets for a name and a password; off means until it is deleted
        client_token_lifetime: Seconds = duration_or_off, "MUNJIGI_CLIENT_TOKEN_LIFETIME", "DURATION",
            default "90d";
        /// Delete audit events older than this
        audit_retention: Seconds = duration, "MUNJIGI_AUDIT_RETENTION", "DURATION", default "365d";
    }
    "OpenID Connect" {
        /// Whether apps that are not registered may sign users in if they describe themselves at an https address, as MCP
        /// clients do: on or off
        oidc_metadata_clients: bool = on_or_off, "MUNJIGI_OIDC_METADATA_CLIENTS", "WORD", default "off";
    } parts {
        /// Additional CA certificates (PEM) for verifying the apps and the sign-in providers that this server calls
        outgoing_ca: Option<PathBuf> = path, "MUNJIGI_OUTGOING_CA", "FILE", optional "public CAs";
    }
    "Sign-in by other providers" parts {
        /// File (TOML), or its text, with the providers by which people sign in with an account elsewhere: Google, GitHub,
        /// Microsoft, Apple, Kakao, Naver, or any that speaks OpenID Connect
        providers: Option<ProvidersGiven> = providers::given, "MUNJIGI_PROVIDERS", "FILE", optional "none";
    }
    "Proxies and other origins" {
        /// Reverse proxies whose X-Forwarded-* headers are trusted: addresses or networks, separated by commas
        trusted_proxies: Vec<IpNet> = network, "MUNJIGI_TRUSTED_PROXIES", "LIST", list "none";
        /// Other host names of this server, such as internal ones for the API, separated by commas; loopback names always
        /// work
        allowed_hosts: HashSet<Host> = host, "MUNJIGI_ALLOWED_HOSTS", "LIST", list "none";
        /// Other origins that sign-in may redirect to, separated by commas
        allowed_origins: HashSet<Origin> = origin, "MUNJIGI_ALLOWED_ORIGINS", "LIST", list "none";
        /// Other origins whose pages may call the API (CORS), separated by commas
        cors_origins: HashSet<Origin> = cors_origin, "MUNJIGI_CORS_ORIGINS", "LIST", list "none";
        /// Domain that this site and the apps behind a proxy have in common, for one sign-in to all of them
        cookie_domain: Option<String> = cookie_domain, "MUNJIGI_COOKIE_DOMAIN", "DOMAIN", optional "none";
        /// File with access rules for apps behind a proxy
        rules: Option<PathBuf> = path, "MUNJIGI_RULES", "FILE", optional "none";
        /// File that declares apps that sign users in by OpenID Connect
        apps: Option<PathBuf> = path, "MUNJIGI_APPS", "FILE", optional "none";
    }
    "Operation" {
        /// Address to serve Prometheus metrics on, such as 127.0.0.1:9464; port 0 picks a free port
        metrics_listen: Option<String> = listen, "MUNJIGI_METRICS_LISTEN", "HOST:PORT", optional "none";
        /// OpenTelemetry collector to send traces to (OTLP over HTTP), such as http://127.0.0.1:4318
        otlp_endpoint: Option<Url> = collector, "OTEL_EXPORTER_OTLP_ENDPOINT", "URL", secret "none";
        /// How long to keep serving open connections after a stop signal; off stops at once
        drain: Seconds = duration_or_off, "MUNJIGI_DRAIN", "DURATION", default "2s";
        /// Log level: error, warn, info, debug, trace, or directives such as munjigi=debug
        log: String = log_level, "MUNJIGI_LOG", "LEVEL", default "info";
        /// Log format: text or json
        log_format: LogFormat = word, "MUNJIGI_LOG_FORMAT", "WORD", default "text";
    }
    fields of settings {
        database: DatabaseUrl = match settings.database_url()? {
            Some(url) => url,
            None => DatabaseUrl::Sqlite(settings.data_dir()?.join("munjigi.db")),
        };
        pool_size: PoolSize = settings.database_connections()?.map(PoolSize::of).unwrap_or_default();
        redis_url: Option<String> = settings.redis_url()?;
        redis_tls: TlsFiles = redis::tls_files(
            settings.redis_url()?, settings.redis_ca()?, settings.redis_cert()?, settings.redis_key()?,
        )?;
        lifetimes: Lifetimes = Lifetimes {
            browser: Lifetime::new("SESSION", settings.session_idle()?, settings.session_absolute()?)?,
            remembered: Lifetime::new("REMEMBER", settings.remember_idle()?, settings.remember_absolute()?)?,
            client: Lifetime::new("CLIENT", settings.client_idle()?, settings.client_absolute()?)?,
        };
        /// Who vouches for the apps and providers that this server calls.
        outgoing_trust: Trust = outgoing::trust(settings.outgoing_ca()?)?;
        near_cache_bytes: u64 = match settings.near_cache_megabytes()? {
            Some(megabytes) => megabytes * 1_000_000,
            None => memory::usable().map_or(USUAL_NEAR_CACHE, |bytes| bytes / 4),
        };
        mail: MailConfig = MailConfig {
            server: mail::server(
                settings.smtp_url()?,
                settings.smtp_ca()?,
                settings.mail_from.is_some(),
                settings.smtp_name()?.or_else(|| mail::smtp_name(settings.public_url().ok()?.as_ref())),
            )?,
            from: settings.mail_from()?,
            verification: settings.email_verification()?,
            sign_in_links: settings.sign_in_links()?,
        };
        /// The web where apps that describe themselves are. Only tests know another than the real one.
        test_web: Option<TestWeb> = None;
        /// The providers by which people sign in, in the order of their buttons.
        providers: Vec<ProviderConfig> = match settings.providers()? {
            Some(given) => providers::read(&given)?,
            None => Vec::new(),
        };
        /// How long a request waits for its turn to hash. Changed only by tests of other things.
        hash_wait: Duration = Duration::from_secs(2);
        /// How long a page that works without a session waits to identify the user. Only tests wait longer.
        auth_timeout: Duration = Duration::from_millis(50);
    }
}

impl Settings {
    /// These settings, completed from the file that they name, or from `munjigi.toml` if it exists.
    pub fn with_file(self) -> Result<Settings, ConfigError> {
        let is_there = || Path::new(DEFAULT_FILE).exists().then(|| PathBuf::from(DEFAULT_FILE));
        let path = self.config.clone().or_else(is_there);
        let mut warnings = Vec::new();
        let file = match &path {
            Some(path) => file::read::<Settings>("MUNJIGI_CONFIG", path)?,
            None => Settings::default(),
        };
        if file.has_secrets() {
            warnings.extend(path.as_deref().and_then(|path| exposed("MUNJIGI_CONFIG", path)));
        }
        let mut settings = self.or(file);
        settings.read_secret_files()?;
        if let Some(Ok(ProvidersGiven::File(path))) = settings.providers.as_deref().map(providers::given) {
            warnings.extend(exposed("MUNJIGI_PROVIDERS", &path));
        }
        if let Some(key) = &settings.redis_key {
            warnings.extend(exposed("MUNJIGI_REDIS_KEY", Path::new(key)));
        }
        if settings.near_cache_entries.is_some() {
            let instead =
                "MUNJIGI_NEAR_CACHE_ENTRIES is deprecated; set MUNJIGI_NEAR_CACHE_MEGABYTES instead";
            warnings.push(instead.to_owned());
        }
        settings.warnings.append(&mut warnings);
        Ok(settings)
    }
}

impl Config {
    /// Checks the operator's settings.
    pub fn from_settings(settings: Settings) -> Result<Config, ConfigError> {
        let config = Config::read(&settings)?;
        config.check_cookie_domain()?;
        config.check_metrics_listen()?;
        Ok(config)
    }

    /// The location of Redis, if sessions are stored in it.
    pub fn redis(&self) -> Result<Option<RedisUrl>, ConfigError> {
        self.redis_url.as_deref().map(|text| redis::target(text, &self.redis_tls)).transpose()
    }

    /// Metrics are for the operator only, so they never share an address with the pages.
    fn check_metrics_listen(&self) -> Result<(), ConfigError> {
        let same = self.metrics_listen.as_ref() == Some(&self.listen) && !self.listen.ends_with(":0");
        let problem = "it is the address of MUNJIGI_LISTEN; it takes another port";
        if same { Err(ConfigError::new("MUNJIGI_METRICS_LISTEN", problem)) } else { Ok(()) }
    }

    /// The maximum lifetime of signed values in seconds.
    pub fn longest_life(&self) -> i64 {
        self.lifetimes.longest().max(self.trusted_device).max(SHORTEST_LIFE_OF_KEYS)
    }

    /// Only a host within the domain may set its cookies, and they are sent over https only.
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
