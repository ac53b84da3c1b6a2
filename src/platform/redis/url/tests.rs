use proptest::prelude::*;

use super::*;

fn describe(text: &str) -> String {
    RedisUrl::parse(text, &TlsFiles::default())
        .map(|url| url.to_string())
        .unwrap_or_else(|expected| format!("! {expected}"))
}

#[test]
fn every_form_is_read() {
    for (text, described) in [
        ("redis://127.0.0.1", "127.0.0.1:6379"),
        ("redis://mina:pa%40ss@redis.example.org:6380/3", "redis.example.org:6380"),
        ("redis://:secret@[::1]:7000", "[::1]:7000"),
        ("rediss://redis.example.org", "redis.example.org:6379, by TLS"),
        ("unix:///run/redis/redis.sock?db=2", "/run/redis/redis.sock"),
        ("redis+sentinel://a,b:1,c/mymaster", "mymaster by the sentinels a:26379, b:1, c:26379"),
        (
            "rediss+sentinel://u:p@a/my%20master/2?sentinel_password=x",
            "my master by the sentinels a:26379, by TLS",
        ),
        ("redis+cluster://a,[::1]:7001,c:7002", "the cluster of a:6379, [::1]:7001, c:7002"),
        ("rediss+cluster://a/0", "the cluster of a:6379, by TLS"),
    ] {
        assert_eq!(describe(text), described, "{text}");
    }
}

#[test]
fn user_password_and_database_are_read() {
    let access = |text: &str| {
        RedisUrl::parse(text, &TlsFiles::default()).map(|url| url.access).unwrap_or_else(|e| panic!("{e}"))
    };
    let read = access("redis://mi%3Ana:p%40s%2Fs%23@h/7");
    assert_eq!((read.user(), read.password(), read.db()), (Some("mi:na"), Some("p@s/s#"), 7));
    let read = access("redis://:a:b@h");
    assert_eq!((read.user(), read.password(), read.db()), (None, Some("a:b"), 0));
    let read = access("redis+sentinel://u:data@h/m/4?sentinel_user=guard&sentinel_password=se%26n");
    assert_eq!((read.user(), read.password(), read.db()), (Some("u"), Some("data"), 4));
    let Form::Sentinel { access: own, .. } = RedisUrl::parse(
        "redis+sentinel://u:data@h/m/4?sentinel_user=guard&sentinel_password=se%26n",
        &TlsFiles::default(),
    )
    .ok()
    .unwrap()
    .form
    else {
        panic!("sentinels");
    };
    assert_eq!((own.user(), own.password(), own.db()), (Some("guard"), Some("se&n"), 0));
}

#[test]
fn what_does_not_fit_is_refused_with_what_does() {
    for (text, expected) in [
        ("localhost", "a URL such as"),
        ("http://h", "a URL such as"),
        ("redis://", "hosts"),
        ("redis://a,b", "one host"),
        ("redis://h:99999", "hosts"),
        ("redis://h/x", "a database number"),
        ("redis://h/-1", "a database number"),
        ("redis://mina@h", "user:password@"),
        ("redis://mina:@h", "a password behind"),
        ("redis://u:%ff@h", "percent-encoded"),
        ("redis://u:p#x@h", "%23"),
        ("rediss://h/#insecure", "without #"),
        ("redis://h?protocol=resp3", "nothing behind"),
        ("redis+sentinel://a,b", "the master's name"),
        ("redis+sentinel://a,,b/m", "hosts"),
        ("redis+cluster://a/1", "no database number"),
        ("redis+cluster://a?sentinel_password=x", "nothing behind"),
        ("unix://run/redis.sock", "an absolute path"),
        ("redis://[::1", "hosts"),
        ("redis://[x]", "hosts"),
    ] {
        assert!(
            describe(text).starts_with("! ") && describe(text).contains(expected),
            "{text}: {}",
            describe(text)
        );
    }
    let nonsense = || Some(b"no certificate".to_vec());
    let authority = TlsFiles { authority: nonsense(), own: None };
    assert!(RedisUrl::parse("rediss://h", &authority).is_err());
    let own = TlsFiles { authority: None, own: nonsense().zip(nonsense()) };
    assert!(RedisUrl::parse("rediss://h", &own).is_err());
}

proptest! {
    #[test]
    fn no_text_panics_and_no_password_is_shown(text in "\\PC{0,60}", password in "[a-zA-Z0-9]{12,20}") {
        let _ = RedisUrl::parse(&text, &TlsFiles::default());
        for url in [
            format!("redis://u:{password}@h"),
            format!("redis+sentinel://u:{password}@h/m?sentinel_password={password}"),
            format!("redis+cluster://:{password}@h"),
        ] {
            prop_assert!(!describe(&url).contains(&password));
        }
    }
}
