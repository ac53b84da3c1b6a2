//! The code that a person reads on a device and types elsewhere (RFC 8628 §6.1).

use unicode_normalization::UnicodeNormalization;

use crate::platform::keys::random_bytes;

/// Without vowels, so that none spells a word, and without digits, so that none looks like a letter.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// 20⁸ is 34 bits: with 20 guesses in 15 minutes none hits one of the few that are pending.
const LENGTH: usize = 8;

/// As it is compared: eight letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserCode(String);

impl UserCode {
    pub fn random() -> Self {
        // Bytes that would favour the first letters are skipped.
        let fair = std::iter::repeat_with(random_bytes::<16>).flatten().filter(|byte| *byte < 240);
        Self(fair.take(LENGTH).map(|byte| char::from(LETTERS[usize::from(byte % 20)])).collect())
    }

    /// As a person types it: in any case and width, with anything between that is no letter and no digit.
    pub fn parse(typed: &str) -> Option<Self> {
        let letters = typed.chars().take(100).nfkc().filter(|c| c.is_alphanumeric());
        let code: String = letters.map(|c| c.to_ascii_uppercase()).collect();
        let fits = code.len() == LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte));
        fits.then_some(Self(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is shown: two halves with a hyphen between them.
    pub fn shown(&self) -> String {
        let (first, second) = self.0.split_at(LENGTH / 2);
        format!("{first}-{second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        for _ in 0..200 {
            let code = UserCode::random();
            let shown = code.shown();
            assert_eq!(shown.len(), 9);
            for typed in [
                shown.clone(),
                shown.to_lowercase(),
                shown.replace('-', ""),
                shown.replace('-', " "),
                format!("  {shown}\n"),
                shown.replace('-', "–"),
                shown.replace('-', "·"),
                shown.replace('-', "/"),
                format!("\u{2066}{}\u{2069}\u{200b}", shown.replace('-', "\u{2060}")),
                shown
                    .chars()
                    .map(|c| if c == '-' { c } else { char::from_u32(c as u32 + 0xFEE0).unwrap() })
                    .collect(),
            ] {
                assert_eq!(UserCode::parse(&typed), Some(code.clone()), "{typed:?}");
            }
        }
        assert_ne!(UserCode::random(), UserCode::random());
        for other in
            ["", "BCDF-GHJ", "BCDF-GHJKL", "BCDA-GHJK", "BCD0-GHJK", "BCDF-GHJК", "BCDF-GHJK5", "BCDF é GHJK"]
        {
            assert_eq!(UserCode::parse(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed in "\\PC{0,120}") {
            let _ = UserCode::parse(&typed);
        }
    }
}
