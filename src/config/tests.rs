use super::{Config, ConfigError, Lifetime, Required, Settings, public_url};

/// The result of settings given by the names of their variables.
fn with(given: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let line = |(variable, text): &(&str, &str)| {
        let row = Settings::ROWS.iter().find(|row| row.variable == *variable).unwrap();
        format!("{} = {text:?}\n", row.name)
    };
    let file: String = given.iter().map(line).collect();
    Config::from_settings(toml::from_str(&file).unwrap())
}

fn refusal(given: &[(&str, &str)]) -> String {
    with(given).err().unwrap_or_else(|| panic!("{given:?} was taken")).to_string()
}

#[test]
fn defaults_are_as_documented() {
    let config = with(&[]).unwrap();
    assert_eq!(config.listen, "127.0.0.1:8080");
    assert_eq!(config.database.to_string(), "data/munjigi.db");
    assert_eq!(config.bcrypt_cost, 12);
    assert_eq!(config.lifetimes.browser, Lifetime { idle: 7_200, absolute: 43_200 });
    assert_eq!(config.lifetimes.remembered, Lifetime { idle: 14 * 86_400, absolute: 90 * 86_400 });
    assert_eq!((config.trusted_device, config.require_second_factor), (30 * 86_400, Required::None));
    assert_eq!(config.client_token_lifetime, 90 * 86_400);
    assert_eq!(with(&[("MUNJIGI_CLIENT_TOKEN_LIFETIME", "off")]).unwrap().client_token_lifetime, 0);
    assert_eq!(with(&[("MUNJIGI_TRUSTED_DEVICE", "off")]).unwrap().trusted_device, 0);
    assert!(config.redis_url.is_none() && config.public_url.is_none() && config.trusted_proxies.is_empty());
}

#[test]
fn each_default_is_read_by_the_parser_of_its_row() {
    let defaults: Vec<_> = Settings::ROWS.iter().filter(|row| row.kind == "default").collect();
    assert!(defaults.len() > 15);
    for row in defaults {
        assert!(with(&[(row.variable, row.default)]).is_ok(), "{} {}", row.variable, row.default);
    }
}

#[test]
fn a_wrong_setting_is_named_with_what_it_takes() {
    let cases: &[(&str, &[&str])] = &[
        ("MUNJIGI_LISTEN", &["8080", "host", ":80", "h:99999", "h:-1", "*:8080", "http://h:80", "a b:80"]),
        ("MUNJIGI_PUBLIC_URL", &["id.example", "http://id.example", "https://id.example/x"]),
        ("MUNJIGI_PUBLIC_URL", &["https://u@id.example", "ftp://localhost", "https://id.example/?a"]),
        ("DATABASE_URL", &["mysql://x", "sqlite://", "munjigi.db"]),
        ("MUNJIGI_DATABASE_CONNECTIONS", &["5", "501", "many", "-1"]),
        ("REDIS_URL", &["localhost", "http://localhost", "redis://"]),
        ("REDIS_URL", &["redis+sentinel://a,b", "redis+cluster://a/1"]),
        ("MUNJIGI_SECRET_KEY", &["abc", "zz"]),
        ("MUNJIGI_DRAIN", &["2", "soon", "-1s"]),
        ("MUNJIGI_HASH_PRIORITY", &["low", "Idle", "0"]),
        ("MUNJIGI_BCRYPT_COST", &["9", "17", "x", "-12", "12.0"]),
        ("MUNJIGI_SESSION_IDLE", &["0s", "2", "soon", "13h", "-1h"]),
        ("MUNJIGI_REMEMBER_ABSOLUTE", &["11y", "x"]),
        ("MUNJIGI_NEAR_CACHE_ENTRIES", &["-1", "many", "1e9"]),
        ("MUNJIGI_NEAR_CACHE_MEGABYTES", &["-1", "64MB"]),
        ("MUNJIGI_REGISTRATION", &["yes", "OPEN"]),
        ("MUNJIGI_SMTP_URL", &["mail.example.org", "smtp://u:p@mail.example.org", "smtps://h/x"]),
        ("MUNJIGI_MAIL_FROM", &["munjigi", "a@b@c", "a@x.org, b@x.org", "a\r\nb@x"]),
        ("MUNJIGI_EMAIL_VERIFICATION", &["on", "Required"]),
        ("MUNJIGI_SIGN_IN_LINKS", &["yes", "1"]),
        ("MUNJIGI_REQUIRE_SECOND_FACTOR", &["yes", "ALL", "staff,everyone", "nobody"]),
        ("MUNJIGI_TRUSTED_DEVICE", &["30", "-1d", "no", "0d"]),
        ("MUNJIGI_TRUSTED_PROXIES", &["proxy", "10.0.0.0/40"]),
        ("MUNJIGI_ALLOWED_ORIGINS", &["app", "https://a/b", "javascript:x"]),
        ("MUNJIGI_CORS_ORIGINS", &["*", "null", "app", "https://*.example.org/x", "https://a/b"]),
        ("MUNJIGI_CORS_ORIGINS", &["http://app.example.org", "https://a,*"]),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &["127.0.0.1:4318", "grpc://host:4317", "http://u:p@host"]),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &["http://host/?key=x", "http://"]),
        ("MUNJIGI_LOG", &["=[", "info=="]),
        ("MUNJIGI_LOG_FORMAT", &["xml"]),
    ];
    for (setting, values) in cases {
        for value in *values {
            let sentence = refusal(&[(setting, value)]);
            assert!(sentence.starts_with(setting) && sentence.contains("it takes"), "{sentence}");
            assert!(!sentence.contains('\n'), "{sentence}");
        }
    }
    assert!(refusal(&[("MUNJIGI_REQUIRE_SECOND_FACTOR", "all")]).ends_with("none, staff or everyone"));
}

#[test]
fn files_for_redis_need_tls_and_must_fit() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for (url, given, refused) in [
        ("redis://h", ("MUNJIGI_REDIS_CA", "ca.pem"), "MUNJIGI_REDIS_CA"),
        ("rediss://h", ("MUNJIGI_REDIS_CA", file), "MUNJIGI_REDIS_CA"),
        ("rediss://h", ("MUNJIGI_REDIS_CERT", file), "MUNJIGI_REDIS_KEY"),
        ("rediss://h", ("MUNJIGI_REDIS_KEY", file), "MUNJIGI_REDIS_CERT"),
    ] {
        let sentence = refusal(&[("REDIS_URL", url), given]);
        assert!(sentence.starts_with(refused) && sentence.contains("it takes"), "{sentence}");
    }
}

#[test]
fn a_secret_in_a_wrong_setting_is_not_repeated() {
    let mut refused = 0;
    for row in Settings::ROWS {
        let Err(error) = with(&[(row.variable, "http://u:hunter2@host")]) else { continue };
        assert!(!error.to_string().contains("hunter2"), "{error}");
        refused += 1;
    }
    assert!(refused > 25, "{refused}");
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
fn hosts_are_names_or_addresses_without_ports() {
    let hosts =
        |text: &str| with(&[("MUNJIGI_ALLOWED_HOSTS", text)]).map(|config| config.allowed_hosts.len());
    for (text, count) in [
        ("munjigi", 1),
        ("Munjigi, munjigi,MUNJIGI", 1),
        ("munjigi.internal., my_service, xn--2z1bz02a9sb.example, 아이디.example", 3),
        ("10.0.0.5, ::1, [::1], fd00::5", 3),
        (" , ", 0),
    ] {
        assert_eq!(hosts(text).ok(), Some(count), "{text}");
    }
    for odd in [
        "munjigi:8080",
        "10.0.0.5:80",
        "[::1]:80",
        "https://munjigi",
        "*.example.org",
        ".example.org",
        "a b",
        "a/b",
        "x@y",
        "*",
        ".",
    ] {
        let sentence = hosts(odd).err().unwrap_or_else(|| panic!("{odd}")).to_string();
        assert!(sentence.contains("without ports"), "{odd}: {sentence}");
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
fn a_wrong_line_in_the_file_stops_the_start_and_is_named_but_not_repeated() {
    for (line, problem) in [
        ("bcrypt_coast = 11", "bcrypt_coast"),
        ("redis_url = redis://:hunter2@host", "line 2"),
        ("redis_url = \"redis://:hunter2@host", "line 2"),
        ("redis_url = { password = \"hunter2\" }", "a table does not fit here"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("munjigi.toml");
        std::fs::write(&path, format!("# Ours\n{line}\n")).unwrap();
        let settings = Settings { config: Some(path), ..Settings::default() };
        let sentence = settings.with_file().err().unwrap().to_string();
        assert!(sentence.contains(problem) && !sentence.contains('\n'), "{sentence}");
        assert!(sentence.contains("line 2") && !sentence.contains("hunter2"), "{sentence}");
    }
}

#[test]
fn a_cookie_domain_is_one_of_our_own_with_this_site_in_it() {
    let domain = |url: Option<&str>, domain: &str| {
        let given = [("MUNJIGI_COOKIE_DOMAIN", domain), ("MUNJIGI_PUBLIC_URL", url.unwrap_or_default())];
        let config = with(&given[..1 + usize::from(url.is_some())]);
        config.map(|config| config.cookie_domain.unwrap()).map_err(|error| error.to_string())
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
