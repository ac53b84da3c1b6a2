use super::{Config, ConfigError, Lifetime, Required, Settings, public_url};

fn with(change: impl FnOnce(&mut Settings)) -> Result<Config, ConfigError> {
    let mut settings = Settings::default();
    change(&mut settings);
    Config::from_settings(settings)
}

#[test]
fn defaults_are_as_documented() {
    let config = with(|_| ()).unwrap();
    assert_eq!(config.listen, "127.0.0.1:8080");
    assert_eq!(config.database.to_string(), "data/munjigi.db");
    assert_eq!(config.bcrypt_cost, 12);
    assert_eq!(config.lifetimes.browser, Lifetime { idle: 7_200, absolute: 43_200 });
    assert_eq!(config.lifetimes.remembered, Lifetime { idle: 14 * 86_400, absolute: 90 * 86_400 });
    assert_eq!((config.trusted_device, config.require_second_factor), (30 * 86_400, Required::Nobody));
    assert_eq!(with(|s| s.trusted_device = Some("off".to_owned())).unwrap().trusted_device, 0);
    assert!(config.redis_url.is_none() && config.public_url.is_none() && config.trusted_proxies.is_empty());
}

#[test]
fn a_wrong_setting_is_named_with_what_it_takes() {
    type Change = fn(&mut Settings, String);
    let cases: &[(&str, Change, &[&str])] = &[
        ("MUNJIGI_LISTEN", |s, v| s.listen = Some(v), &["8080", "host", ":80", "h:99999", "h:-1"]),
        (
            "MUNJIGI_PUBLIC_URL",
            |s, v| s.public_url = Some(v),
            &[
                "id.example",
                "http://id.example",
                "https://id.example/x",
                "https://u@id.example",
                "ftp://localhost",
                "https://id.example/?a",
            ],
        ),
        ("DATABASE_URL", |s, v| s.database_url = Some(v), &["mysql://x", "sqlite://", "munjigi.db"]),
        (
            "REDIS_URL",
            |s, v| s.redis_url = Some(v),
            &["localhost", "http://localhost", "redis://", "redis+sentinel://a,b", "redis+cluster://a/1"],
        ),
        (
            "MUNJIGI_REDIS_CA",
            |s, v| (s.redis_url, s.redis_ca) = (Some("redis://h".to_owned()), Some(v)),
            &["ca.pem"],
        ),
        (
            "MUNJIGI_REDIS_CA",
            |s, v| (s.redis_url, s.redis_ca) = (Some("rediss://h".to_owned()), Some(v)),
            &[concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")],
        ),
        (
            "MUNJIGI_REDIS_KEY",
            |s, v| (s.redis_url, s.redis_cert) = (Some("rediss://h".to_owned()), Some(v)),
            &[concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")],
        ),
        ("MUNJIGI_SECRET_KEY", |s, v| s.secret_key = Some(v), &["abc", "zz"]),
        ("MUNJIGI_DRAIN", |s, v| s.drain = Some(v), &["2", "soon", "-1s"]),
        ("MUNJIGI_HASH_PRIORITY", |s, v| s.hash_priority = Some(v), &["low", "Idle", "0"]),
        ("MUNJIGI_BCRYPT_COST", |s, v| s.bcrypt_cost = Some(v), &["9", "17", "x", "-12", "12.0"]),
        ("MUNJIGI_SESSION_IDLE", |s, v| s.session_idle = Some(v), &["0s", "2", "soon", "13h", "-1h"]),
        ("MUNJIGI_REMEMBER_ABSOLUTE", |s, v| s.remember_absolute = Some(v), &["11y", "x"]),
        ("MUNJIGI_NEAR_CACHE_ENTRIES", |s, v| s.near_cache_entries = Some(v), &["-1", "many", "1e9"]),
        ("MUNJIGI_NEAR_CACHE_MEGABYTES", |s, v| s.near_cache_megabytes = Some(v), &["0", "64MB"]),
        ("MUNJIGI_REGISTRATION", |s, v| s.registration = Some(v), &["yes", "OPEN"]),
        (
            "MUNJIGI_SMTP_URL",
            |s, v| s.smtp_url = Some(v),
            &["mail.example.org", "smtp://u:p@mail.example.org", "smtps://h/x"],
        ),
        (
            "MUNJIGI_MAIL_FROM",
            |s, v| s.mail_from = Some(v),
            &["munjigi", "a@b@c", "a@x.org, b@x.org", "a\r\nb@x"],
        ),
        ("MUNJIGI_EMAIL_VERIFICATION", |s, v| s.email_verification = Some(v), &["on", "Required"]),
        ("MUNJIGI_SIGN_IN_LINKS", |s, v| s.sign_in_links = Some(v), &["yes", "1"]),
        (
            "MUNJIGI_REQUIRE_SECOND_FACTOR",
            |s, v| s.require_second_factor = Some(v),
            &["yes", "ALL", "staff,everyone"],
        ),
        ("MUNJIGI_TRUSTED_DEVICE", |s, v| s.trusted_device = Some(v), &["30", "-1d", "no", "0d"]),
        ("MUNJIGI_TRUSTED_PROXIES", |s, v| s.trusted_proxies = Some(v), &["proxy", "10.0.0.0/40"]),
        (
            "MUNJIGI_ALLOWED_ORIGINS",
            |s, v| s.allowed_origins = Some(v),
            &["app", "https://a/b", "javascript:x"],
        ),
        (
            "MUNJIGI_CORS_ORIGINS",
            |s, v| s.cors_origins = Some(v),
            &[
                "*",
                "null",
                "app",
                "https://*.example.org/x",
                "https://a/b",
                "http://app.example.org",
                "https://a,*",
            ],
        ),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            |s, v| s.otlp_endpoint = Some(v),
            &["127.0.0.1:4318", "grpc://host:4317", "http://u:p@host", "http://host/?key=x", "http://"],
        ),
        ("MUNJIGI_LOG", |s, v| s.log = Some(v), &["=[", "info=="]),
        ("MUNJIGI_LOG_FORMAT", |s, v| s.log_format = Some(v), &["xml"]),
    ];
    for (setting, change, values) in cases {
        for value in *values {
            let error = with(|settings| change(settings, (*value).to_owned())).err();
            let sentence = error.unwrap_or_else(|| panic!("{setting}={value} was taken")).to_string();
            assert!(sentence.starts_with(setting) && sentence.contains("it takes"), "{sentence}");
            assert!(!sentence.contains('\n'), "{sentence}");
        }
    }
}

#[test]
fn a_secret_in_a_wrong_setting_is_not_repeated() {
    let error = with(|s| s.redis_url = Some("http://:hunter2@host".to_owned())).err().unwrap();
    assert!(!error.to_string().contains("hunter2"));
    let error = with(|s| s.otlp_endpoint = Some("http://u:hunter2@host".to_owned())).err().unwrap();
    assert!(!error.to_string().contains("hunter2"));
}

#[test]
fn plain_http_is_for_loopback_hosts() {
    for host in ["127.0.0.1:8080", "localhost", "[::1]:1", "127.9.9.9", "a.localhost"] {
        assert!(public_url(&format!("http://{host}")).is_ok(), "{host}");
    }
    for host in ["0.0.0.0:8080", "10.0.0.1", "localhost.example", "example.org"] {
        assert!(public_url(&format!("http://{host}")).is_err(), "{host}");
        assert!(public_url(&format!("https://{host}")).is_ok(), "{host}");
    }
}

#[test]
fn flags_win_over_the_file_and_the_file_over_defaults() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("munjigi.toml");
    std::fs::write(
        &path,
        "bcrypt_cost = 11\nlisten = \"127.0.0.1:1\"\ntrusted_proxies = [\"::1\", \"10.0.0.0/8\"]\n",
    )
    .unwrap();
    let flags =
        Settings { config: Some(path), listen: Some("127.0.0.1:2".to_owned()), ..Settings::default() };
    let config = Config::from_settings(flags.with_file().unwrap()).unwrap();
    assert_eq!(
        (config.listen.as_str(), config.bcrypt_cost, config.trusted_proxies.len()),
        ("127.0.0.1:2", 11, 2)
    );
}

#[test]
fn an_empty_value_counts_as_none() {
    let settings = Settings { redis_url: Some(" ".to_owned()), ..Settings::default() };
    assert!(Config::from_settings(settings.with_file().unwrap()).unwrap().redis_url.is_none());
}

#[test]
fn an_unknown_name_in_the_file_stops_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("munjigi.toml");
    std::fs::write(&path, "bcrypt_coast = 11\n").unwrap();
    let settings = Settings { config: Some(path), ..Settings::default() };
    let sentence = settings.with_file().err().unwrap().to_string();
    assert!(sentence.contains("bcrypt_coast") && !sentence.contains('\n'), "{sentence}");
}

#[test]
fn a_cookie_domain_is_one_of_our_own_with_this_site_in_it() {
    let domain = |url: Option<&str>, domain: &str| {
        with(|s| {
            s.public_url = url.map(str::to_owned);
            s.cookie_domain = Some(domain.to_owned());
        })
        .map(|config| config.cookie_domain.unwrap())
        .map_err(|error| error.to_string())
    };
    let here = Some("https://id.example.org");
    for (typed, read) in [
        ("example.org", "example.org"),
        (".Example.ORG", "example.org"),
        ("id.example.org", "id.example.org"),
    ] {
        assert_eq!(domain(here, typed).as_deref(), Ok(read), "{typed}");
    }
    for odd in [
        "org",
        "co.uk",
        "github.io",
        "localhost",
        "10.0.0.1",
        "[::1]",
        "example..org",
        "a b",
        "https://example.org",
        ".",
    ] {
        assert!(domain(here, odd).unwrap_err().contains("a domain of your own"), "{odd}");
    }
    for elsewhere in ["example.net", "xample.org", "a.id.example.org", "app.example.org"] {
        assert!(domain(here, elsewhere).unwrap_err().contains("does not lie within"), "{elsewhere}");
    }
    for url in [None, Some("http://127.0.0.1:8080"), Some("http://id.localhost")] {
        assert!(domain(url, "example.org").unwrap_err().contains("https://"), "{url:?}");
    }
}
