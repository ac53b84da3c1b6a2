//! Every setting as the operator writes it: flag, then environment, then file. The doc comments are `--help`.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, de};

use super::error::ConfigError;

/// Where settings are looked for when no other file is named.
pub const DEFAULT_FILE: &str = "munjigi.toml";

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $field:ident, $flag:literal, $env:literal, $value:literal;)+) => {
        /// Texts, not yet checked; `Config::from_settings` reads them.
        #[derive(Clone, Default, clap::Args, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        #[command(next_help_heading = "Settings")]
        pub struct Settings {
            /// File with settings, by the names of the flags with underscores [default: munjigi.toml, if there is one]
            #[serde(skip)]
            #[arg(long, env = "MUNJIGI_CONFIG", value_name = "FILE", global = true)]
            pub config: Option<PathBuf>,
            $(
                $(#[doc = $doc])+
                #[serde(deserialize_with = "text")]
                #[arg(long = $flag, env = $env, value_name = $value, global = true, hide_env_values = true)]
                pub $field: Option<String>,
            )+
        }

        impl Settings {
            /// The environment's name for every setting, as documented.
            pub const ENVIRONMENT: &[&str] = &["MUNJIGI_CONFIG", $($env),+];

            /// What is missing or empty here is taken from `file`.
            fn or(self, file: Settings) -> Settings {
                let filled = |text: &String| !text.trim().is_empty();
                Settings {
                    config: self.config,
                    $($field: self.$field.filter(filled).or(file.$field.filter(filled)),)+
                }
            }
        }
    };
}

settings! {
    /// Address of the pages; port 0 picks a free one [default: 127.0.0.1:8080]
    listen, "listen", "MUNJIGI_LISTEN", "HOST:PORT";
    /// What people type to get here; https:// everywhere but on a loopback host [default: http:// + listen]
    public_url, "public-url", "MUNJIGI_PUBLIC_URL", "URL";
    /// Folder of the database and the key file [default: data]
    data_dir, "data-dir", "MUNJIGI_DATA_DIR", "DIR";
    /// Database of the users [default: sqlite://<data-dir>/munjigi.db]
    database_url, "database-url", "DATABASE_URL", "URL";
    /// Keeps sessions in Redis: redis://[user:password@]host:port[/db], rediss:// by TLS, unix://, redis+sentinel:// or
    /// redis+cluster:// [default: beside the users]
    redis_url, "redis-url", "REDIS_URL", "URL";
    /// Certificates (PEM) that those of Redis must come from [default: the usual authorities']
    redis_ca, "redis-ca", "MUNJIGI_REDIS_CA", "FILE";
    /// Certificate (PEM) that is shown to Redis [default: none]
    redis_cert, "redis-cert", "MUNJIGI_REDIS_CERT", "FILE";
    /// The key of that certificate (PEM) [default: none]
    redis_key, "redis-key", "MUNJIGI_REDIS_KEY", "FILE";
    /// 64 bytes as 128 hexadecimal digits, which every key comes from; older ones behind it, with commas between them
    /// [default: the file <data-dir>/secret.key]
    secret_key, "secret-key", "MUNJIGI_SECRET_KEY", "HEX";
    /// Cost of a password hash, 10 to 16; one more doubles the time [default: 12]
    bcrypt_cost, "bcrypt-cost", "MUNJIGI_BCRYPT_COST", "N";
    /// When passwords are hashed: idle, only when nothing else wants the core, or normal, where other programs keep the
    /// machine busy [default: idle]
    hash_priority, "hash-priority", "MUNJIGI_HASH_PRIORITY", "WORD";
    /// A session unused for so long ends [default: 2h]
    session_idle, "session-idle", "MUNJIGI_SESSION_IDLE", "DURATION";
    /// A session ends after so long in any case [default: 12h]
    session_absolute, "session-absolute", "MUNJIGI_SESSION_ABSOLUTE", "DURATION";
    /// The same two with "remember me" [default: 14d]
    remember_idle, "remember-idle", "MUNJIGI_REMEMBER_IDLE", "DURATION";
    /// … [default: 90d]
    remember_absolute, "remember-absolute", "MUNJIGI_REMEMBER_ABSOLUTE", "DURATION";
    /// The same two for API clients, which hold tokens [default: 14d]
    client_idle, "client-idle", "MUNJIGI_CLIENT_IDLE", "DURATION";
    /// … [default: 90d]
    client_absolute, "client-absolute", "MUNJIGI_CLIENT_ABSOLUTE", "DURATION";
    /// Sessions, and users, that are kept in memory; 0 keeps none [default: 200000]
    near_cache_entries, "near-cache-entries", "MUNJIGI_NEAR_CACHE_ENTRIES", "N";
    /// Memory for them, in megabytes [default: 128]
    near_cache_megabytes, "near-cache-megabytes", "MUNJIGI_NEAR_CACHE_MEGABYTES", "N";
    /// Whether strangers may register: open or closed [default: open]
    registration, "registration", "MUNJIGI_REGISTRATION", "WORD";
    /// Mail server, smtps://user:password@host[:port] or smtp://…?tls=required [default: files in <data-dir>/outbox]
    smtp_url, "smtp-url", "MUNJIGI_SMTP_URL", "URL";
    /// File with certificates (PEM) of an authority that the mail server's may come from [default: the usual ones only]
    smtp_ca, "smtp-ca", "MUNJIGI_SMTP_CA", "FILE";
    /// Sender of mail, such as Munjigi <id@example.org>; needed with a mail server
    mail_from, "mail-from", "MUNJIGI_MAIL_FROM", "ADDRESS";
    /// Whether people show that an address is theirs: off, optional or required [default: off]
    email_verification, "email-verification", "MUNJIGI_EMAIL_VERIFICATION", "WORD";
    /// Whether a mailed link signs in without a password: on or off [default: off]
    sign_in_links, "sign-in-links", "MUNJIGI_SIGN_IN_LINKS", "WORD";
    /// Who must have a second factor, beside the groups that ask for one: none, staff or everyone [default: none]
    require_second_factor, "require-second-factor", "MUNJIGI_REQUIRE_SECOND_FACTOR", "WORD";
    /// How long a device may be trusted not to be asked for the second factor again; off trusts none [default: 30d]
    trusted_device, "trusted-device", "MUNJIGI_TRUSTED_DEVICE", "DURATION";
    /// Audit events older than this are deleted [default: 365d]
    audit_retention, "audit-retention", "MUNJIGI_AUDIT_RETENTION", "DURATION";
    /// Reverse proxies whose X-Forwarded-For counts: addresses or networks, with commas [default: none]
    trusted_proxies, "trusted-proxies", "MUNJIGI_TRUSTED_PROXIES", "LIST";
    /// Other origins that `next` may lead to after sign-in, with commas [default: none]
    allowed_origins, "allowed-origins", "MUNJIGI_ALLOWED_ORIGINS", "LIST";
    /// Origins of browser apps elsewhere that may call the API, with commas [default: none]
    cors_origins, "cors-origins", "MUNJIGI_CORS_ORIGINS", "LIST";
    /// Domain of the apps behind a proxy that share the sign-in, with this site in it [default: none]
    cookie_domain, "cookie-domain", "MUNJIGI_COOKIE_DOMAIN", "DOMAIN";
    /// File with the rules for apps behind a proxy [default: none]
    rules, "rules", "MUNJIGI_RULES", "FILE";
    /// Address where Prometheus reads metrics, such as 127.0.0.1:9464; port 0 picks a free one [default: none]
    metrics_listen, "metrics-listen", "MUNJIGI_METRICS_LISTEN", "HOST:PORT";
    /// Collector of traces, OTLP over HTTP, such as http://127.0.0.1:4318 [default: none]
    otlp_endpoint, "otlp-endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT", "URL";
    /// A server that is told to stop goes on answering for so long, while connections are open [default: 2s]
    drain, "drain", "MUNJIGI_DRAIN", "DURATION";
    /// How much to log: error, warn, info, debug, trace, or directives such as munjigi=debug [default: info]
    log, "log", "MUNJIGI_LOG", "LEVEL";
    /// How a log line looks: text or json [default: text]
    log_format, "log-format", "MUNJIGI_LOG_FORMAT", "WORD";
}

impl Settings {
    /// These settings completed by those of the file that they name, or of `munjigi.toml` where there is one.
    pub fn with_file(self) -> Result<Settings, ConfigError> {
        let named = self.config.clone();
        let path = named.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
        if named.is_none() && !path.exists() {
            return Ok(self.or(Settings::default()));
        }
        Ok(self.or(read_file(&path)?))
    }
}

fn read_file(path: &Path) -> Result<Settings, ConfigError> {
    let wrong =
        |problem: String| ConfigError::new("MUNJIGI_CONFIG", format!("{}: {problem}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    toml::from_str(&text).map_err(|error| wrong(error.to_string().trim_end().replace('\n', " ")))
}

/// A setting in the file may be a string, a number, or a list of strings.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let single = |value: toml::Value| match value {
        toml::Value::String(text) => Ok(text),
        toml::Value::Integer(number) => Ok(number.to_string()),
        other => Err(de::Error::custom(format!("a {} does not fit here", other.type_str()))),
    };
    match toml::Value::deserialize(deserializer)? {
        toml::Value::Array(items) => {
            Ok(Some(items.into_iter().map(single).collect::<Result<Vec<_>, _>>()?.join(",")))
        }
        value => single(value).map(Some),
    }
}
