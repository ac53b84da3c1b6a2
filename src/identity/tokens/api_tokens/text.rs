//! The text of an API token: a prefix that identifies the issuer, 178 random bits, and a checksum.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::platform::keys::random_bytes;

/// The prefix of every API token.
pub const PREFIX: &str = "mjg_";

/// Letters and digits only, so that a double click selects the whole token.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SECRET_DIGITS: usize = 30;
const CHECKSUM_DIGITS: usize = 6;

/// An API token as its owner has it. Deliberately without `Debug` and `Display`.
pub struct ApiToken(String);

/// The SHA-256 by which a token is looked up.
pub type TokenHash = [u8; 32];

impl ApiToken {
    pub fn random() -> Self {
        // Bytes beyond the last multiple of 62 would make some digits more likely than others.
        let even = 256 - 256 % ALPHABET.len();
        let bytes = std::iter::repeat_with(random_bytes::<40>).flatten();
        let digits = bytes.filter(|byte| usize::from(*byte) < even).take(SECRET_DIGITS);
        let secret: String = digits.map(|byte| digit(u32::from(byte))).collect();
        Self(format!("{PREFIX}{secret}{}", checksum(&secret)))
    }

    /// Parses a received token. Mistyped, truncated or invented ones are rejected.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(PREFIX)?;
        let whole = rest.len() == SECRET_DIGITS + CHECKSUM_DIGITS && rest.is_ascii();
        let (secret, sum) = whole.then(|| rest.split_at(SECRET_DIGITS))?;
        let fits = secret.bytes().all(|byte| byte.is_ascii_alphanumeric()) && sum == checksum(secret);
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> TokenHash {
        Sha256::digest(&self.0).into()
    }
}

/// A hash as stored in the table.
pub fn stored(hash: &TokenHash) -> String {
    URL_SAFE_NO_PAD.encode(hash)
}

fn digit(number: u32) -> char {
    ALPHABET[number as usize % ALPHABET.len()] as char
}

/// CRC-32 of everything before it. It protects no secret; it detects typing errors.
fn checksum(secret: &str) -> String {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(PREFIX.as_bytes());
    hasher.update(secret.as_bytes());
    let sum = hasher.finalize();
    let places = (0..CHECKSUM_DIGITS as u32).rev();
    places.map(|place| digit((u64::from(sum) / 62_u64.pow(place) % 62) as u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_reads_back_and_no_two_are_alike() {
        let tokens: std::collections::HashSet<String> = (0..1_000).map(|_| ApiToken::random().0).collect();
        assert_eq!(tokens.len(), 1_000);
        for text in &tokens {
            assert_eq!(text.len(), 40);
            assert_eq!(ApiToken::parse(text).unwrap().as_str(), text);
        }
        let digits: std::collections::HashSet<char> =
            tokens.iter().flat_map(|text| text[4..].chars()).collect();
        assert_eq!(digits.len(), 62, "every digit comes up");
    }

    #[test]
    fn the_checksum_stays_as_it_was_released() {
        // Computed by zlib.
        assert!(ApiToken::parse("mjg_0123456789ABCDEFGHIJKLMNOPQRST3tCTbX").is_some());
    }

    #[test]
    fn every_slip_is_noticed() {
        let text = ApiToken::random().0;
        for place in 0..text.len() {
            for bit in 0..7 {
                let mut bent = text.clone().into_bytes();
                bent[place] ^= 1 << bit;
                assert!(ApiToken::parse(&String::from_utf8(bent).unwrap()).is_none(), "bit {bit} of {place}");
            }
            assert!(ApiToken::parse(&text[..place]).is_none(), "cut off at {place}");
        }
        for bent in [text.to_uppercase(), text.to_lowercase(), format!("{text} "), format!(" {text}")] {
            assert!(ApiToken::parse(&bent).is_none(), "{bent}");
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in "(mjg_)?\\PC{0,40}") {
            prop_assert!(ApiToken::parse(&text).is_none());
        }
    }
}
