//! Series of one-time tokens: each is exchanged once, for its successor.
//!
//! A token contains the name of its series, its number in it, and a secret, all signed. So tokens that this server did not
//! issue reach no database, and a token that is used too late is recognised. The successor is computed from the token and a
//! salt, so a client that repeats a token within the grace period gets the same successor, though none is stored.

use crate::platform::clock::{LEEWAY, Timestamp};
use crate::platform::keys::{KeyPurpose, Keys, Signers, fingerprint, random_id, random_secret};

/// A repeat within this many seconds is due to a lost response or a second tab, not theft.
pub const GRACE: i64 = 10;

/// The keys of one kind of series.
#[derive(Clone)]
pub struct Succession {
    prefix: &'static str,
    signature: Signers,
    succession: Signers,
}

/// A token with a valid signature; what is stored of the series determines whether it is the current one.
#[derive(Clone)]
pub struct SeriesToken {
    /// Without dots.
    pub series: String,
    pub generation: i64,
    text: String,
}

impl SeriesToken {
    fn new(prefix: &str, series: &str, generation: i64, secret: &str, signature: &str) -> Self {
        let text = format!("{prefix}{series}.{generation}.{secret}.{signature}");
        Self { series: series.to_owned(), generation, text }
    }

    /// As the client receives it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn hash(&self) -> String {
        fingerprint(&self.text)
    }
}

/// What is stored of a series: its current token.
pub struct Stored<'s> {
    pub hash: &'s str,
    /// From which the current token was computed.
    pub salt: &'s str,
    pub generation: i64,
    pub made_at: Timestamp,
}

/// What a presented token is.
pub enum Turn {
    /// The current one. Its successor and the salt are to be stored.
    Current { next: SeriesToken, salt: String },
    /// The one before, repeated within the grace period: its successor is the current one already.
    Repeated(SeriesToken),
    /// It was used too long ago for an accident: another client has it (RFC 9700 §4.14.2).
    Reused,
    /// Neither, or its keys are gone.
    Unknown,
}

impl Succession {
    pub fn new(keys: &Keys, prefix: &'static str, signature: KeyPurpose, succession: KeyPurpose) -> Self {
        Self { prefix, signature: Signers::new(keys, signature), succession: Signers::new(keys, succession) }
    }

    /// The first token of a series.
    pub fn first(&self, series: &str) -> SeriesToken {
        let secret = random_secret();
        let signature = self.signature.sign(&[series, "0", &secret]);
        SeriesToken::new(self.prefix, series, 0, &secret, &signature)
    }

    /// Random, and marked with the keys that derive the successor: a rotation in between does not change the successor.
    fn salt(&self) -> String {
        self.succession.mark(&random_id())
    }

    /// The successor, derived by the keys that `salt` names. None if those are no longer accepted.
    fn successor(&self, token: &SeriesToken, salt: &str) -> Option<SeriesToken> {
        let (series, generation) = (&token.series, token.generation + 1);
        let secret = self.succession.sign_like(salt, &[&token.text, salt])?;
        let signature = self.signature.sign_like(salt, &[series, &generation.to_string(), &secret])?;
        Some(SeriesToken::new(self.prefix, series, generation, &secret, &signature))
    }

    /// Parses a received token; none unless this server signed it.
    pub fn parse(&self, text: &str) -> Option<SeriesToken> {
        let mut parts = text.strip_prefix(self.prefix)?.split('.');
        let (series, count, secret) = (parts.next()?, parts.next()?, parts.next()?);
        let signature = parts.next()?;
        let signed = parts.next().is_none() && self.signature.verify(&[series, count, secret], signature);
        signed.then_some(())?;
        Some(SeriesToken {
            series: series.to_owned(),
            generation: count.parse().ok()?,
            text: text.to_owned(),
        })
    }

    /// What this token is, by what is stored of its series.
    pub fn turn(&self, token: &SeriesToken, stored: &Stored<'_>, now: Timestamp) -> Turn {
        if stored.hash == token.hash() {
            let salt = self.salt();
            return self.successor(token, &salt).map_or(Turn::Unknown, |next| Turn::Current { next, salt });
        }
        let Some(next) = self.successor(token, stored.salt) else { return Turn::Unknown };
        // Setting the clock back must not turn a thief's repeat into an accident.
        let is_at_once = (-LEEWAY..GRACE).contains(&(now - stored.made_at));
        match stored.hash == next.hash() && is_at_once {
            true => Turn::Repeated(next),
            false if token.generation < stored.generation => Turn::Reused,
            false => Turn::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::keys::SecretKey;
    use proptest::prelude::*;

    fn keys_of(byte: &str) -> Succession {
        let keys = Keys::of_one(&SecretKey::from_hex(&byte.repeat(64)).ok().unwrap());
        Succession::new(&keys, "mjr_", KeyPurpose::RefreshTokens, KeyPurpose::Succession)
    }

    fn keys() -> Succession {
        keys_of("ab")
    }

    #[test]
    fn a_successor_is_the_same_for_the_same_token_and_salt_only() {
        let keys = keys();
        let token = keys.first("series");
        let successor = |token: &SeriesToken, salt: &str| keys.successor(token, salt).unwrap();
        let next = successor(&token, "salt");
        assert_eq!(next.as_str(), successor(&token, "salt").as_str());
        assert_ne!(next.as_str(), successor(&token, "other").as_str());
        assert_ne!(next.as_str(), successor(&keys.first(&token.series), "salt").as_str());
        assert!(keys.successor(&token, "7~salt").is_none(), "no such secret exists");
        assert_eq!((next.generation, &next.series), (1, &token.series));
    }

    #[test]
    fn what_was_changed_or_signed_by_another_is_no_token() {
        let keys = keys();
        let token = keys.first("series");
        let text = token.as_str();
        assert!(keys.parse(text).is_some());
        for place in 0..text.len() {
            let mut bent = text.to_owned().into_bytes();
            bent[place] ^= 1;
            assert!(keys.parse(&String::from_utf8(bent).unwrap()).is_none(), "byte {place}");
        }
        for bent in
            [text.replace(".0.", ".00."), text.replace(".0.", ".+0."), format!("{text}."), format!("{text} ")]
        {
            assert!(keys.parse(&bent).is_none(), "{bent}");
        }
        assert!(keys_of("cd").parse(text).is_none());
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_forged_ones_never_pass(text in "(mjr_)?[\\PC.]{0,120}") {
            prop_assert!(keys().parse(&text).is_none());
        }
    }
}
