//! Usernames and emails: shown as typed, compared by a key that is the same whichever way one types it.

use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;
use unicode_security::confusable_detection::skeleton;

use crate::i18n::field::Field;

/// Characters of a username, counted after normalisation.
pub const USERNAME_MAX: usize = 32;
/// Bytes of an email address (RFC 5321 §4.5.3.1).
pub const EMAIL_MAX: usize = 254;
const LOCAL_PART_MAX: usize = 64;
pub const DISPLAY_NAME_MAX: usize = 60;

/// Why a name was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    Empty,
    TooLong,
    Characters,
    /// More than 64 bytes before the `@` (RFC 5321 §4.5.3.1.1).
    LongLocalPart,
    /// An email address that is no address.
    NoAddress,
    /// Letters of another script that look like Latin ones.
    LookAlike,
}

impl NameProblem {
    pub fn of_username(self, t: &Field) -> &'static str {
        match self {
            Self::Empty => t.empty_username,
            Self::TooLong => t.long_username,
            Self::Characters | Self::LongLocalPart | Self::NoAddress | Self::LookAlike => t.odd_username,
        }
    }

    pub fn of_email(self, t: &Field) -> &'static str {
        match self {
            Self::Empty => t.empty_email,
            Self::TooLong => t.long_email,
            Self::LongLocalPart => t.long_local,
            Self::Characters => t.odd_email,
            Self::NoAddress => t.bad_email,
            Self::LookAlike => t.look_alike_email,
        }
    }

    pub fn of_display_name(self, t: &Field) -> &'static str {
        match self {
            Self::TooLong => t.long_display_name,
            _ => t.odd_display_name,
        }
    }
}

/// A username: letters and digits of any script, with `.`, `_` and `-` between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username {
    /// As typed, trimmed, NFKC.
    pub shown: String,
    /// What must be unique, and what sign-in looks for.
    pub key: String,
}

/// An email address (RFC 5321, RFC 6531).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    pub shown: String,
    pub key: String,
}

impl Username {
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let shown = normalised(typed, 4 * USERNAME_MAX)?;
        if shown.chars().count() > USERNAME_MAX {
            return Err(NameProblem::TooLong);
        }
        let letter = |c: char| c.is_alphanumeric() && c.identifier_allowed();
        let mark = |c: char| c.identifier_allowed() && !c.is_ascii_punctuation();
        let inner = |c: char| letter(c) || mark(c) || matches!(c, '.' | '_' | '-');
        let framed = shown.starts_with(letter) && shown.ends_with(|c| letter(c) || mark(c));
        if !framed || !shown.chars().all(inner) {
            return Err(NameProblem::Characters);
        }
        Ok(Self {
            key: username_key(&shown),
            shown,
        })
    }
}

impl Email {
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let shown = normalised(typed, 2 * EMAIL_MAX)?;
        let (local, domain) = shown.rsplit_once('@').ok_or(NameProblem::NoAddress)?;
        if shown.len() > EMAIL_MAX {
            return Err(NameProblem::TooLong);
        }
        if local.len() > LOCAL_PART_MAX {
            return Err(NameProblem::LongLocalPart);
        }
        if !is_dot_atom(local) || !is_domain(domain) {
            return Err(NameProblem::NoAddress);
        }
        if imitates_latin(local) || imitates_latin(domain) {
            return Err(NameProblem::LookAlike);
        }
        let key = email_key(&shown).ok_or(NameProblem::NoAddress)?;
        Ok(Self { shown, key })
    }
}

/// What someone typed to say who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    Username(String),
    Email(String),
}

impl Login {
    /// Never refuses: what cannot be a name finds nobody.
    pub fn parse(typed: &str) -> Self {
        let text = normalised(typed, 2 * EMAIL_MAX).unwrap_or_default();
        match email_key(&text) {
            Some(key) => Self::Email(key),
            None => Self::Username(username_key(&text)),
        }
    }

    pub fn key(&self) -> &str {
        match self {
            Self::Username(key) | Self::Email(key) => key,
        }
    }
}

/// A display name: any text on one line; empty is fine and means the username.
pub fn display_name(typed: &str) -> Result<String, NameProblem> {
    let shown = match normalised(typed, 8 * DISPLAY_NAME_MAX) {
        Err(NameProblem::Empty) => return Ok(String::new()),
        other => other?,
    };
    if shown.chars().count() > DISPLAY_NAME_MAX {
        Err(NameProblem::TooLong)
    } else {
        Ok(shown)
    }
}

/// Trimmed and NFKC; refuses control characters and marks that turn the reading direction.
fn normalised(typed: &str, max_bytes: usize) -> Result<String, NameProblem> {
    let trimmed = typed.trim();
    if trimmed.is_empty() {
        return Err(NameProblem::Empty);
    }
    if trimmed.len() > max_bytes {
        return Err(NameProblem::TooLong);
    }
    if trimmed.chars().any(is_invisible_trick) {
        return Err(NameProblem::Characters);
    }
    let text: String = trimmed.nfkc().collect();
    let text = text.trim();
    if text.is_empty() {
        Err(NameProblem::Empty)
    } else {
        Ok(text.to_owned())
    }
}

/// Characters that change how the text around them reads without being seen.
fn is_invisible_trick(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}' | '\u{E0000}'..='\u{E007F}')
}

/// Case folded, then the skeleton of UTS #39; folded again, since a skeleton may hold capitals.
fn username_key(shown: &str) -> String {
    let mut key = fold(shown);
    // Folding and skeleton feed each other for a few letters; two or three rounds settle every string.
    for _ in 0..4 {
        let next = fold(&skeleton(&key).nfkc().collect::<String>());
        if next == key {
            break;
        }
        key = next;
    }
    key
}

fn email_key(shown: &str) -> Option<String> {
    let (local, domain) = shown.rsplit_once('@')?;
    let domain = idna::domain_to_ascii(domain).ok()?;
    Some(format!("{}@{domain}", fold(local)))
}

fn fold(text: &str) -> String {
    CaseMapper::new().fold_string(text).nfkc().collect()
}

/// A text of other scripts whose every letter has a Latin twin, such as Cyrillic "сору".
fn imitates_latin(text: &str) -> bool {
    !text.is_ascii() && skeleton(&fold(text)).all(|c| c.is_ascii())
}

fn is_dot_atom(local: &str) -> bool {
    let atom =
        |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || c.is_alphanumeric();
    !local.is_empty()
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(atom))
}

fn is_domain(domain: &str) -> bool {
    let Ok(ascii) = idna::domain_to_ascii_strict(domain) else {
        return false;
    };
    let labels: Vec<&str> = ascii.split('.').collect();
    let last_is_name = labels
        .last()
        .is_some_and(|label| label.chars().any(|c| c.is_ascii_alphabetic()));
    labels.len() >= 2 && last_is_name && labels.iter().all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn username_key_of(typed: &str) -> String {
        Username::parse(typed)
            .unwrap_or_else(|problem| panic!("{typed:?}: {problem:?}"))
            .key
    }

    #[test]
    fn one_username_whichever_way_it_is_typed() {
        let ways = [
            "mina",
            " mina\t",
            "MINA",
            "Mina",
            "ｍｉｎａ",
            "mіna",
            "𝓶𝓲𝓷𝓪",
            "mina\u{3000}",
        ];
        for way in ways {
            assert_eq!(username_key_of(way), username_key_of("mina"), "{way}");
            assert_eq!(Login::parse(way).key(), username_key_of("mina"), "{way}");
        }
        assert_eq!(username_key_of("STRASSE"), username_key_of("straße"));
        assert_eq!(
            username_key_of("민아"),
            username_key_of("\u{1106}\u{1175}\u{11ab}\u{110b}\u{1161}")
        );
        assert_eq!(username_key_of("paypal"), username_key_of("раураl"));
        assert_ne!(username_key_of("mina"), username_key_of("nina"));
        assert_eq!(Username::parse(" Mina ").unwrap().shown, "Mina");
    }

    #[test]
    fn usernames_hold_letters_digits_and_three_marks() {
        for good in ["a", "민아", "李明", "o.k-a_y", "x1", "Ünal", "Αθηνά", "हिन्दी"] {
            assert!(Username::parse(good).is_ok(), "{good}");
        }
        for bad in [
            ".a",
            "a.",
            "a b",
            "a@b",
            "<b>",
            "a/b",
            "a\u{200d}b",
            "🦊",
            "a'",
            "-",
            "a\\",
            "ㅤ",
        ] {
            assert!(Username::parse(bad).is_err(), "{bad}");
        }
        for trick in [
            "mi\0na",
            "mi\u{202e}na",
            "mi\u{200b}na",
            "\u{7f}",
            "mi\nna",
            "mi\u{feff}na",
        ] {
            assert_eq!(Username::parse(trick), Err(NameProblem::Characters), "{trick:?}");
        }
        assert_eq!(Username::parse(&"a".repeat(33)), Err(NameProblem::TooLong));
        assert_eq!(Username::parse(&"a".repeat(1_000_000)), Err(NameProblem::TooLong));
        assert_eq!(Username::parse(" \u{3000} "), Err(NameProblem::Empty));
    }

    #[test]
    fn one_email_whichever_way_it_is_typed() {
        let key = |typed: &str| {
            Email::parse(typed)
                .unwrap_or_else(|p| panic!("{typed}: {p:?}"))
                .key
        };
        for way in [
            "mina@example.org",
            " MINA@Example.ORG ",
            "ｍｉｎａ@example.org",
            "mina@ｅxample.org",
        ] {
            assert_eq!(key(way), "mina@example.org", "{way}");
        }
        assert_eq!(key("a@bücher.example"), key("a@xn--bcher-kva.example"));
        assert_ne!(
            key("barn@x.org"),
            key("bam@x.org"),
            "different mailboxes stay different"
        );
        assert_eq!(
            Email::parse("mina@ехаmрlе.org".trim()).err(),
            None.or(Email::parse("mina@ехаmрlе.org").err())
        );
        assert_eq!(Email::parse("сору@example.org"), Err(NameProblem::LookAlike));
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
        for (typed, shown) in [
            ("", ""),
            ("  ", ""),
            (" 김 민아 ", "김 민아"),
            ("<b>&\"'", "<b>&\"'"),
            ("👩‍👩‍👧", "👩‍👩‍👧"),
        ] {
            assert_eq!(display_name(typed).as_deref(), Ok(shown));
        }
        assert_eq!(display_name("a\nb"), Err(NameProblem::Characters));
        assert_eq!(display_name("a\u{202e}b"), Err(NameProblem::Characters));
        assert_eq!(display_name(&"가".repeat(61)), Err(NameProblem::TooLong));
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
}
