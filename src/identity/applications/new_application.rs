//! The app form's input, and why it is rejected.

use std::collections::BTreeSet;

use icu_properties::CodePointSetData;
use icu_properties::props::Emoji;
use unicode_segmentation::UnicodeSegmentation;
use url::Url;

use crate::identity::accounts::name::{is_unseen, visible_name};
use crate::identity::invalid::{ApplicationProblem, Checks, Invalid, NameProblem, Reason};

/// Bytes of an address, as typed and as stored.
const ADDRESS_MAX: usize = 500;
/// Bytes of an icon: a family of four, each with a skin tone, takes 41.
const ICON_MAX: usize = 48;

/// A validated app.
pub struct NewApplication {
    pub name: String,
    pub address: Url,
    pub icon: String,
    /// Members of these groups may open it; if there are none, every member.
    pub groups: Vec<i64>,
    /// Whether it gets email addresses that their users have not confirmed.
    pub unverified_email: bool,
}

impl NewApplication {
    /// Parses the input; an empty icon is derived from the name. The app gets confirmed addresses only.
    pub fn parse(name: &str, address: &str, icon: &str, groups: &BTreeSet<i64>) -> Result<Self, Invalid> {
        let mut checks = Checks::<Reason>::default();
        let name = checks.check("name", self::name(name));
        let address = checks.check("address", self::address(address));
        let icon = checks.check(
            "icon",
            match icon.trim() {
                "" => Ok(name.as_deref().map(default_icon).unwrap_or_default()),
                typed => self::icon(typed),
            },
        );
        match (name, address, icon) {
            (Some(name), Some(address), Some(icon)) => {
                let groups = groups.iter().copied().collect();
                Ok(Self { name, address, icon, groups, unverified_email: false })
            }
            _ => Err(checks.into_invalid()),
        }
    }
}

fn name(typed: &str) -> Result<String, ApplicationProblem> {
    visible_name(typed).map_err(|problem| match problem {
        NameProblem::Empty => ApplicationProblem::EmptyName,
        NameProblem::TooLong => ApplicationProblem::LongName,
        _ => ApplicationProblem::OddName,
    })
}

/// An absolute http or https URL, normalised as browsers do (WHATWG URL), so that the address shown is where it leads.
pub fn address(typed: &str) -> Result<Url, ApplicationProblem> {
    let typed = typed.trim_matches(' ');
    if typed.is_empty() {
        return Err(ApplicationProblem::EmptyAddress);
    }
    if typed.len() > ADDRESS_MAX {
        return Err(ApplicationProblem::LongAddress);
    }
    // Browsers drop or repair these silently; a carefully typed address has none.
    if typed.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\' || is_unseen(c)) {
        return Err(ApplicationProblem::OddAddress);
    }
    let (scheme, rest) = typed.split_once(':').ok_or(ApplicationProblem::Scheme)?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(ApplicationProblem::Scheme);
    }
    let rest = rest.strip_prefix("//").ok_or(ApplicationProblem::OddAddress)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(ApplicationProblem::Userinfo);
    }
    // The standard would take the host from the path.
    if authority.is_empty() {
        return Err(ApplicationProblem::OddAddress);
    }
    let address = Url::parse(typed).map_err(|_| ApplicationProblem::OddAddress)?;
    if address.as_str().len() > ADDRESS_MAX { Err(ApplicationProblem::LongAddress) } else { Ok(address) }
}

/// One letter, digit or emoji, however many code points it has (UAX #29).
fn icon(typed: &str) -> Result<String, ApplicationProblem> {
    let typed = typed.trim();
    let fits = typed.len() <= ICON_MAX
        && typed.graphemes(true).count() == 1
        && typed.chars().next().is_some_and(begins_icon)
        && !typed.chars().any(char::is_control);
    if fits { Ok(typed.to_owned()) } else { Err(ApplicationProblem::Icon) }
}

/// The first letter, digit or emoji of the name, capitalised if it can be.
fn default_icon(name: &str) -> String {
    let first = name.graphemes(true).find_map(|grapheme| icon(grapheme).ok()).unwrap_or_default();
    let capital = first.to_uppercase();
    capital.graphemes(true).next().unwrap_or("•").to_owned()
}

fn begins_icon(c: char) -> bool {
    !is_unseen(c) && (c.is_alphanumeric() || CodePointSetData::new::<Emoji>().contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_normalised() {
        for (typed, stored) in [
            ("https://mail.example.org", "https://mail.example.org/"),
            (" HTTP://Mail.Example.ORG:80/a/../b?x=1#y ", "http://mail.example.org/b?x=1#y"),
            ("https://example.org:8443/@me", "https://example.org:8443/@me"),
            ("http://[::1]:3000", "http://[::1]:3000/"),
            ("https://한국.kr/가", "https://xn--3e0b707e.kr/%EA%B0%80"),
            ("http://192.168.1.20/<b>\"", "http://192.168.1.20/%3Cb%3E%22"),
        ] {
            assert_eq!(address(typed).map(String::from).as_deref(), Ok(stored), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_web_is_refused() {
        let long = format!("https://example.org/{}", "a".repeat(481));
        let long_once_stored = format!("https://example.org/{}", "가".repeat(100));
        for (typed, problem) in [
            ("", ApplicationProblem::EmptyAddress),
            ("javascript:alert(1)", ApplicationProblem::Scheme),
            ("JavaScript://example.org/%0aalert(1)", ApplicationProblem::Scheme),
            ("data:text/html,x", ApplicationProblem::Scheme),
            ("ftp://example.org/", ApplicationProblem::Scheme),
            ("mail.example.org", ApplicationProblem::Scheme),
            ("/dashboard", ApplicationProblem::Scheme),
            ("//example.org", ApplicationProblem::Scheme),
            ("https:example.org", ApplicationProblem::OddAddress),
            ("https:/example.org", ApplicationProblem::OddAddress),
            ("https:///example.org", ApplicationProblem::OddAddress),
            ("https://", ApplicationProblem::OddAddress),
            ("https://?x", ApplicationProblem::OddAddress),
            ("https://exa mple.org", ApplicationProblem::OddAddress),
            ("https://example.org/a b", ApplicationProblem::OddAddress),
            ("java\tscript:alert(1)", ApplicationProblem::OddAddress),
            ("https://example.org/\0", ApplicationProblem::OddAddress),
            ("https://example.org/\u{202e}x", ApplicationProblem::OddAddress),
            ("https://good.example\\@evil.example", ApplicationProblem::OddAddress),
            ("https://example.org:99999", ApplicationProblem::OddAddress),
            ("https://1.2.3.999/", ApplicationProblem::OddAddress),
            ("https://mina@example.org", ApplicationProblem::Userinfo),
            ("https://mina:secret@example.org", ApplicationProblem::Userinfo),
            ("https://@example.org", ApplicationProblem::Userinfo),
            (&long, ApplicationProblem::LongAddress),
            (&long_once_stored, ApplicationProblem::LongAddress),
        ] {
            assert_eq!(address(typed), Err(problem), "{typed}");
        }
        assert!(address(&long[..500]).is_ok());
    }

    #[test]
    fn an_icon_is_one_letter_digit_or_emoji() {
        for one in ["A", "ß", "7", "가", "é", "e\u{301}", "📬", "❤️", "🇰🇷", "👩🏽‍💻", "1️⃣", " M "]
        {
            assert_eq!(icon(one).as_deref(), Ok(one.trim()), "{one}");
        }
        for odd in ["", "AB", "<", "\0", "\u{200d}", "\u{3164}", "\u{301}", "📬📬", "\u{202e}", "-"] {
            assert_eq!(icon(odd), Err(ApplicationProblem::Icon), "{odd:?}");
        }
        let endless = format!("a{}", "\u{301}".repeat(60));
        assert_eq!(icon(&endless), Err(ApplicationProblem::Icon));
    }

    #[test]
    fn without_an_icon_the_name_gives_one() {
        for (name, icon) in
            [("mail", "M"), ("(beta) x", "B"), ("메일", "메"), ("📬 post", "📬"), ("---", "•")]
        {
            assert_eq!(default_icon(name), icon);
        }
    }

    #[test]
    fn names_are_visible_and_on_one_line() {
        assert_eq!(name(" Wiki ").as_deref(), Ok("Wiki"));
        assert_eq!(name(&"가".repeat(60)).map(|name| name.chars().count()), Ok(60));
        for (typed, problem) in [
            (" ", ApplicationProblem::EmptyName),
            ("a\nb", ApplicationProblem::OddName),
            ("a\0", ApplicationProblem::OddName),
            ("\u{200d}", ApplicationProblem::EmptyName),
            ("\u{3164}\u{3164}", ApplicationProblem::EmptyName),
        ] {
            assert_eq!(name(typed), Err(problem), "{typed:?}");
        }
        assert_eq!(name(&"a".repeat(61)), Err(ApplicationProblem::LongName));
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_an_http_address_that_reads_back_as_itself(typed in "(https?://)?(?s).{0,40}") {
            if let Ok(address) = address(&typed) {
                prop_assert!(matches!(address.scheme(), "http" | "https"));
                prop_assert!(address.username().is_empty() && address.password().is_none());
                prop_assert!(address.has_host());
                prop_assert_eq!(crate::identity::applications::new_application::address(address.as_str()), Ok(address));
            }
        }
    }
}
