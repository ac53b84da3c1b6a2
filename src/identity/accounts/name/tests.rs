use super::*;
use proptest::prelude::*;

fn username_key_of(typed: &str) -> String {
    Username::parse(typed).unwrap_or_else(|problem| panic!("{typed:?}: {problem:?}")).key
}

#[test]
fn one_username_whichever_way_it_is_typed() {
    let ways = ["mina", " mina\t", "MINA", "Mina", "ｍｉｎａ", "mіna", "𝓶𝓲𝓷𝓪", "mina\u{3000}"];
    for way in ways {
        assert_eq!(username_key_of(way), username_key_of("mina"), "{way}");
        assert_eq!(Login::parse(way).key(), username_key_of("mina"), "{way}");
    }
    assert_eq!(username_key_of("STRASSE"), username_key_of("straße"));
    assert_eq!(username_key_of("민아"), username_key_of("\u{1106}\u{1175}\u{11ab}\u{110b}\u{1161}"));
    assert_eq!(username_key_of("paypal"), username_key_of("раураl"));
    assert_ne!(username_key_of("mina"), username_key_of("nina"));
    assert_eq!(Username::parse(" Mina ").unwrap().shown, "Mina");
}

#[test]
fn usernames_hold_letters_digits_and_three_marks() {
    for good in ["a", "민아", "李明", "o.k-a_y", "x1", "Ünal", "Αθηνά", "हिन्दी"] {
        assert!(Username::parse(good).is_ok(), "{good}");
    }
    for bad in [".a", "a.", "a b", "a@b", "<b>", "a/b", "a\u{200d}b", "🦊", "a'", "-", "a\\", "ㅤ"] {
        assert!(Username::parse(bad).is_err(), "{bad}");
    }
    for trick in ["mi\0na", "mi\u{202e}na", "mi\u{200b}na", "\u{7f}", "mi\nna", "mi\u{feff}na", "mi\u{ad}na"]
    {
        assert_eq!(Username::parse(trick), Err(NameProblem::Invisible), "{trick:?}");
    }
    assert_eq!(Username::parse(&"a".repeat(33)), Err(NameProblem::TooLong));
    assert_eq!(Username::parse(&"a".repeat(1_000_000)), Err(NameProblem::TooLong));
    assert_eq!(Username::parse(" \u{3000} "), Err(NameProblem::Empty));
}

#[test]
fn one_email_whichever_way_it_is_typed() {
    let key = |typed: &str| Email::parse(typed).unwrap_or_else(|p| panic!("{typed}: {p:?}")).key.current;
    for way in ["mina@example.org", " MINA@Example.ORG ", "ｍｉｎａ@example.org", "mina@ｅxample.org"] {
        assert_eq!(key(way), "mina@example.org", "{way}");
    }
    assert_eq!(key("a@bücher.example"), key("a@xn--bcher-kva.example"));
    assert_ne!(key("barn@x.org"), key("bam@x.org"), "different mailboxes stay different");
    for imitation in ["mina@ехаmрlе.org", "сору@example.org", "mina@ЕХАМРLE.org"] {
        assert_eq!(Email::parse(imitation), Err(NameProblem::LookAlike), "{imitation}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    let long_local = format!("{}@example.org", "a".repeat(65));
    for bad in [
        "mina",
        "@example.org",
        "mina@",
        "mina@localhost",
        "a b@example.org",
        "a@b@example.org",
        "a@exa mple.org",
        "a..b@example.org",
        ".a@example.org",
        "a@.org",
        "a@example..org",
        "a@-x.org",
        "<a@example.org>",
        "a@1.2.3.4",
        "a@example.org,b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "\"a b\"@example.org",
        &long_local,
    ] {
        assert!(Email::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn display_names_are_any_text_on_one_line() {
    for (typed, shown) in
        [("", ""), ("  ", ""), (" 김 민아 ", "김 민아"), ("<b>&\"'", "<b>&\"'"), ("👩‍👩‍👧", "👩‍👩‍👧")]
    {
        assert_eq!(display_name(typed).as_deref(), Ok(shown));
    }
    assert_eq!(display_name("a\nb"), Err(NameProblem::Invisible));
    assert_eq!(display_name("a\u{202e}b"), Err(NameProblem::Invisible));
    assert_eq!(display_name(&"가".repeat(61)), Err(NameProblem::TooLong));
}

#[test]
fn simple_folding_keeps_two_mailboxes_apart() {
    let key = |typed: &str| Email::parse(typed).unwrap_or_else(|p| panic!("{typed}: {p:?}")).key;
    assert_eq!(
        (key("weiß@x.org").current, key("weiß@x.org").former),
        ("weiß@x.org".into(), "weiss@x.org".into())
    );
    assert_eq!(key("WEIẞ@x.org"), key("weiß@x.org"));
    assert!(!key("Ünal@x.org").is_ambiguous() && key("weiß@x.org").is_ambiguous());
    for (one, other) in
        [("ÜNAL@x.org", "ünal@x.org"), ("ΑΘΗΝΆ@x.org", "αθηνά@x.org"), ("ДЮЖ@x.org", "дюж@x.org")]
    {
        assert_eq!(key(one).current, key(other).current);
    }
}

#[test]
fn what_is_dropped_at_the_ends_is_refused_inside() {
    for unseen in [
        "\u{200b}", "\u{feff}", "\u{ad}", "\u{200e}", "\u{2066}", "\u{200d}", "\u{3164}", "\u{34f}",
        "\u{61c}",
    ] {
        assert_eq!(Login::parse(&format!("{unseen}mina{unseen}")).key(), username_key_of("mina"));
        assert_eq!(Login::problem(&format!("{unseen} mina{unseen}")), None);
        assert_eq!(Login::problem(&format!("mi{unseen}na")), Some(NameProblem::Invisible), "{unseen:?}");
        assert_eq!(Login::problem(unseen), Some(NameProblem::Empty));
    }
    assert_eq!(display_name("❤\u{fe0f}").as_deref(), Ok("❤\u{fe0f}"));
    assert_eq!(Login::problem("mina kim"), None);
}

#[test]
fn an_address_stays_the_one_that_was_typed_and_is_found_in_every_form() {
    for (typed, shown) in [
        ("ไทยแลนด์น้ำ@example.com", "ไทยแลนด์น้ำ@example.com"),
        (" \u{feff}ㅋㅋ@Example.kr ", "ㅋㅋ@Example.kr"),
        ("cafe\u{301}@example.org", "café@example.org"),
        ("ﾐﾅ@example.jp", "ﾐﾅ@example.jp"),
        // An input method has made these of ASCII.
        ("ｍｉｎａ@example.org", "mina@example.org"),
        ("ｍｉｎａ민아@example.org", "mina민아@example.org"),
        ("민아１@example.org", "민아1@example.org"),
        ("민아＠example.org", "민아@example.org"),
    ] {
        let email = Email::parse(typed).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"));
        assert_eq!(email.shown, shown);
        let forms: [String; 4] =
            [shown.nfc().collect(), shown.nfd().collect(), shown.nfkc().collect(), shown.nfkd().collect()];
        for form in forms {
            assert_eq!(Email::parse(&form).unwrap().key, email.key, "{form:?}");
            assert_eq!(Login::parse(&form), Login::Email(email.key.clone()), "{form:?}");
        }
    }
    for trick in ["mina\u{a0}x한@example.org", "한\u{fdfa}@example.org", "한\u{2024}\u{2024}x@example.org"]
    {
        assert!(Email::parse(trick).is_err(), "{trick}");
    }
}

#[test]
fn joiners_stand_in_addresses_where_they_change_what_is_seen() {
    // Sinhala, Malayalam and Hindi after a virama; Persian and Urdu between letters that would join.
    for good in [
        "ශ\u{dca}\u{200d}රී@example.lk",
        "അവന\u{d4d}\u{200d}@example.in",
        "क\u{94d}\u{200c}ष@example.in",
        "نامه\u{200c}ای@example.ir",
        "می\u{200c}نا@example.ir",
    ] {
        let email = Email::parse(good).unwrap_or_else(|problem| panic!("{good}: {problem:?}"));
        assert_eq!(email.shown, good);
        assert_eq!((Login::problem(good), Login::parse(good)), (None, Login::Email(email.key.clone())));
        let without = good.replace(['\u{200c}', '\u{200d}'], "");
        assert_ne!(Email::parse(&without).unwrap().key, email.key, "another mailbox: {good}");
    }
    for trick in [
        "mi\u{200d}na@example.org",
        "mi\u{200c}na@example.org",
        "ම\u{200d}රී@example.lk",
        "ශ\u{dca}\u{200d}\u{200d}රී@example.lk",
        "می\u{200d}نا@example.ir",
        "می\u{200c}\u{200c}نا@example.ir",
        "دا\u{200c}نا@example.ir",
        "می\u{200c}x@example.ir",
        "می\u{200b}نا@example.ir",
        "क\u{94d}\u{2060}ष@example.in",
        "민\u{200d}아@example.kr",
    ] {
        assert_eq!(Email::parse(trick), Err(NameProblem::Invisible), "{trick:?}");
        assert_eq!(Login::problem(trick), Some(NameProblem::Invisible), "{trick:?}");
    }
    assert_eq!(Username::parse("ශ\u{dca}\u{200d}රී"), Err(NameProblem::Invisible), "apps get usernames");
}

proptest! {
    #[test]
    fn parsing_never_panics_and_settles(typed in "\\PC{0,40}|.{0,40}") {
        let _ = Login::parse(&typed);
        let _ = display_name(&typed);
        if let Ok(name) = Username::parse(&typed) {
            prop_assert!(!name.key.is_empty());
            let login = Login::parse(&typed);
            prop_assert_eq!(login.key(), &name.key);
            prop_assert_eq!(&username_key(&name.key), &name.key);
            let again = Username::parse(&name.shown).expect("what is shown can be typed");
            prop_assert_eq!(&again.key, &name.key);
            prop_assert_eq!(username_key(&name.shown.to_lowercase()), name.key);
        }
    }

    #[test]
    fn emails_settle(local in "[a-zA-Z0-9.+_가-힣-]{1,20}", domain in "[a-z0-9-]{1,12}(\\.[a-z]{2,5}){1,2}") {
        if let Ok(email) = Email::parse(&format!("{local}@{domain}")) {
            let again = Email::parse(&email.shown.to_uppercase()).expect("case does not matter");
            prop_assert_eq!(again.key, email.key);
        }
    }
}
