//! Requirements for passwords, and how they are prepared for hashing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha384;
use unicode_normalization::UnicodeNormalization;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::identity::invalid::PasswordProblem;

use super::common_passwords;

/// Length in characters (ASVS 6.2.1, 6.2.9).
pub const MIN: usize = 8;
pub const MAX: usize = 128;

/// A password that takes fewer guesses falls to an online attack within the limits of sign-in.
const MIN_GUESSES: u64 = 1_000_000;

/// Without the words that others know, the rest of a password must still take this many guesses.
const MIN_GUESSES_BESIDE_WORDS: u64 = 20_000;

/// No list of common passwords has any this long, and estimating longer ones is slow.
const LONG: usize = 40;

/// Names of this product; a password based on them is easy to guess here (ASVS 6.1.2).
pub const CONTEXT_WORDS: &[&str] =
    &["munjigi", "문지기", "gatekeeper", "sign-in", "signin", "비밀번호", "패스워드"];

/// A typed password, wiped from memory when dropped. Two are equal if their normal forms are. It implements neither
/// `Display` nor `Debug`, so that it cannot reach a page or a log by mistake.
#[derive(Clone, Default, serde::Deserialize, ZeroizeOnDrop)]
pub struct Password(String);

impl PartialEq for Password {
    fn eq(&self, other: &Self) -> bool {
        *self.normal() == *other.normal()
    }
}

impl Eq for Password {}

impl Password {
    pub fn new(typed: String) -> Self {
        Self(typed)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The form that is hashed and whose length counts: composed (NFC), with every space as U+0020, as in the profile
    /// OpaqueString of RFC 8265 §4.2.2. Keyboards and systems send one password composed or decomposed. NFKC, which
    /// NIST SP 800-63B suggests, would make one character of some scripts a whole phrase, and count it as that.
    fn normal(&self) -> Zeroizing<String> {
        let spaced =
            |c: char| if c.is_whitespace() && !c.is_control() && !is_line_break(c) { ' ' } else { c };
        // Large enough never to move, which would leave a copy behind.
        let mut normal = Zeroizing::new(String::with_capacity(3 * self.0.len()));
        normal.extend(self.0.chars().map(spaced).nfc());
        normal
    }

    /// The input for bcrypt: 64 characters that depend on every byte of the normal form.
    pub(super) fn digest(&self) -> Zeroizing<String> {
        digest(&self.normal())
    }

    /// The input for bcrypt in versions that hashed the bytes as typed: the same bytes, or those of a system that
    /// decomposes. None for most passwords, whose normal form is as typed.
    pub(super) fn earlier_digests(&self) -> Vec<Zeroizing<String>> {
        let normal = self.normal();
        let mut decomposed = Zeroizing::new(String::with_capacity(3 * self.0.len()));
        decomposed.extend(self.0.nfd());
        let mut others: Vec<&str> = vec![&self.0, &decomposed];
        others.retain(|other| *other != normal.as_str());
        others.dedup();
        others.into_iter().map(digest).collect()
    }

    /// Checks a new password. `about` has words that others may associate with the user: username, email, names.
    /// Takes a few milliseconds for long passwords, so call it on a blocking thread.
    pub fn check(&self, about: &[&str]) -> Result<(), PasswordProblem> {
        let normal = self.normal();
        match normal.chars().count() {
            0 => return Err(PasswordProblem::Empty),
            1..MIN => return Err(PasswordProblem::TooShort),
            MIN..=MAX => {}
            _ => return Err(PasswordProblem::TooLong),
        }
        let about: Vec<String> = about.iter().map(|text| longest(text).nfc().collect()).collect();
        let words: Vec<&str> =
            about.iter().flat_map(|text| context_words(text)).chain(CONTEXT_WORDS.iter().copied()).collect();
        if is_made_of(&normal, &words) {
            return Err(PasswordProblem::Personal);
        }
        if is_listed(&normal) {
            return Err(PasswordProblem::Common);
        }
        if normal.chars().count() >= LONG {
            return Ok(());
        }
        if zxcvbn::zxcvbn(&normal, &[]).guesses() < MIN_GUESSES {
            return Err(PasswordProblem::Common);
        }
        if zxcvbn::zxcvbn(&normal, &words).guesses() < MIN_GUESSES {
            return Err(PasswordProblem::Personal);
        }
        Ok(())
    }
}

/// 64 characters that depend on every byte. Bcrypt itself reads at most 72 bytes and stops at NUL. The label makes the
/// digest specific to this use, so lists of plain SHA-384 digests are useless.
fn digest(text: &str) -> Zeroizing<String> {
    let mut mac =
        Hmac::<Sha384>::new_from_slice(b"munjigi password 1").expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    Zeroizing::new(STANDARD_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether it is among the hundred thousand most common passwords (ASVS 6.2.4).
fn is_listed(password: &str) -> bool {
    common_passwords::contains(password) || common_passwords::contains(&password.to_lowercase())
}

/// Whether too little to guess is left without the words.
fn is_made_of(password: &str, words: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let rest = words
        .iter()
        .filter(|word| word.chars().count() >= 3)
        .fold(lower.clone(), |rest, word| rest.replace(&word.to_lowercase(), ""));
    rest != lower && zxcvbn::zxcvbn(rest.trim(), &[]).guesses() < MIN_GUESSES_BESIDE_WORDS
}

/// As much of a text as a real name or address has: input may be of any length.
fn longest(text: &str) -> &str {
    const LONGEST: usize = 254;
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    &text[..end]
}

/// The text itself and its parts: `mina.kim@example.org` → also `mina`, `kim`, `example`, `org`.
fn context_words(text: &str) -> impl Iterator<Item = &str> {
    const MOST: usize = 20;
    std::iter::once(text)
        .chain(text.split('@'))
        .chain(text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 2)
        .take(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const ABOUT: &[&str] = &["mina.kim", "mina.kim@blossom.example", "민아 김"];

    fn check(typed: &str) -> Result<(), PasswordProblem> {
        Password::new(typed.to_owned()).check(ABOUT)
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(check(""), Err(PasswordProblem::Empty));
        assert_eq!(check("x7Q!m2p"), Err(PasswordProblem::TooShort));
        assert_eq!(check("x7Q!m2pZ"), Ok(()));
        assert_eq!(check(&"가나다라마바사아자차카타파하".repeat(9)[..3 * 126]), Ok(()));
        assert_eq!(check(&"x7Q!m2pZ".repeat(17)), Err(PasswordProblem::TooLong));
        let emoji: String = ('\u{1F400}'..='\u{1F43F}').collect();
        assert_eq!((emoji.chars().count(), check(&emoji)), (64, Ok(())));
    }

    #[test]
    fn there_are_no_rules_of_composition() {
        for good in [
            "aaaa bbbb cccc dddd",
            "38105946275013849672",
            "correct horse battery staple",
            "  spaces  around  ",
            "튼튼한 열쇠를 품은 문",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn common_ones_are_refused() {
        for bad in [
            "password",
            "12345678",
            "qwertyuiop",
            "iloveyou",
            "Password1",
            "P@ssw0rd",
            "letmein1",
            "11111111",
            "abcd1234",
            "qwer1234",
            "1q2w3e4r",
            "sunshine",
            "football",
            "password123",
            "aaaaaaaa",
            "drowssap",
            "20001010",
            "qwerty123",
            "trustno1",
            "baseball",
            "superman",
            "princess1",
            "asdfghjkl",
            "zaq12wsx",
            "dragon123",
            "monkey123",
            "welcome1",
            "winniethepooh",
            "0099887766",
            "WinnieThePooh",
        ] {
            assert_eq!(check(bad), Err(PasswordProblem::Common), "{bad}");
        }
    }

    #[test]
    fn ones_that_context_gives_away_are_refused() {
        for bad in [
            "mina.kim",
            "Mina.Kim1",
            "minakim2026",
            "blossom.example",
            "mina.kim@blossom.example",
            "munjigi1!",
            "Munjigi2026",
            "gatekeeper",
            "kimmina1",
            "문지기문지기문지기",
            "munjigi password",
            "mina.kim!!!",
            "kim-gatekeeper-7",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert_eq!(check("minakim2026"), Err(PasswordProblem::Personal));
        assert_eq!(check("mina loves cats"), Ok(()), "a name among other words is fine");
    }

    #[test]
    fn a_digest_depends_on_every_byte() {
        let long = "x".repeat(72);
        let typed = [
            "X".to_owned(),
            "x".to_owned(),
            "X\0X".to_owned(),
            "X\0".to_owned(),
            "X ".to_owned(),
            " X".to_owned(),
            long.clone(),
            format!("{long}a"),
            format!("{long}b"),
            "é".to_owned(),
            "e".to_owned(),
            "ｅ".to_owned(),
            String::new(),
        ];
        let digests: HashSet<_> =
            typed.iter().map(|text| Password::new(text.clone()).digest().to_string()).collect();
        assert_eq!(digests.len(), typed.len());
        assert!(digests.iter().all(|digest| digest.len() == 64 && !digest.contains('\0')));
    }

    #[test]
    fn a_password_is_one_composed_and_decomposed_and_with_any_space() {
        let password = |text: &str| Password::new(text.to_owned());
        for (one, other) in [
            ("é", "e\u{301}"),
            ("문", "\u{1106}\u{116e}\u{11ab}"),
            ("a\u{a0}b", "a b"),
            ("a\u{3000}b", "a b"),
            ("ṩ", "s\u{307}\u{323}"),
            ("Å", "\u{212b}"),
        ] {
            assert!(password(one) == password(other), "{one:?} {other:?}");
            assert_eq!(*password(one).digest(), *password(other).digest());
        }
        for (one, other) in
            [("fi", "ﬁ"), ("a", "A"), ("ß", "ss"), ("a\tb", "a b"), ("１", "1"), ("a  b", "a b")]
        {
            assert!(password(one) != password(other), "{one:?} {other:?}");
        }
        assert_eq!(password("correct horse").earlier_digests().len(), 0);
        assert_eq!(password("é").earlier_digests().len(), 1);
        assert_eq!(check("ﷺ"), Err(PasswordProblem::TooShort), "one character is no phrase");
    }

    #[test]
    fn checking_a_long_password_stays_quick() {
        let started = std::time::Instant::now();
        for typed in
            ["a".repeat(128), "qwertyuiop".repeat(12), "p@ssw0rd1987".repeat(10), "19871987".repeat(16)]
        {
            let _ = check(&typed);
        }
        let hostile = "a.b@".repeat(16_000);
        let _ = Password::new("x7Q!m2pZ".to_owned()).check(&[&hostile, &hostile]);
        assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
    }
}
