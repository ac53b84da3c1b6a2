//! One generation of keys: a key for each purpose, derived from one secret and one salt.

use crate::platform::clock::Timestamp;

use super::hmac::Signer;
use super::rows::GenerationRow;
use super::secret::{Key, SecretKey};

/// The purpose of a key; keys of other purposes cannot be computed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPurpose {
    /// Signs cookies.
    Cookies,
    /// Signs access tokens.
    AccessTokens,
    /// Signs refresh tokens.
    RefreshTokens,
    /// Derives a refresh token from its predecessor.
    Succession,
    /// Encrypts the secrets of authenticator apps.
    SecondFactors,
    /// Encrypts the state of passkey ceremonies.
    Ceremonies,
    /// Hashes codes sent by mail: eight digits need a key that is not in the database.
    MailCodes,
    /// Encrypts mail in the outbox.
    Outbox,
    /// Encrypts the persistent keys.
    PersistentKeys,
    /// Identifies forms, and encrypts answers to them that are stored for a moment.
    Forms,
    /// Signs the codes and tokens of OpenID Connect that only this server reads.
    OidcTokens,
    /// Signs refresh tokens of apps.
    OidcRefresh,
    /// Derives one of these from its predecessor.
    OidcSuccession,
    /// Signs ID tokens by ES256.
    OidcEs256,
    /// Signs ID tokens by EdDSA.
    OidcEdDsa,
    /// Encrypts the keys that sign ID tokens by RS256.
    OidcRsa,
    /// Encrypts access tokens of apps that must not learn whom they are for.
    OidcSealed,
    /// Encrypts sign-ins by other providers that are under way.
    Upstream,
}

impl KeyPurpose {
    const ALL: [Self; 18] = [
        Self::Cookies,
        Self::AccessTokens,
        Self::RefreshTokens,
        Self::Succession,
        Self::SecondFactors,
        Self::Ceremonies,
        Self::MailCodes,
        Self::Outbox,
        Self::PersistentKeys,
        Self::Forms,
        Self::OidcTokens,
        Self::OidcRefresh,
        Self::OidcSuccession,
        Self::OidcEs256,
        Self::OidcEdDsa,
        Self::OidcRsa,
        Self::OidcSealed,
        Self::Upstream,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Cookies => "cookie signature",
            Self::AccessTokens => "access token signature",
            Self::RefreshTokens => "refresh token signature",
            Self::Succession => "refresh token succession",
            Self::SecondFactors => "second factor secrets",
            Self::Ceremonies => "passkey ceremonies",
            Self::MailCodes => "mail code",
            Self::Outbox => "outbox",
            Self::PersistentKeys => "lasting keys",
            Self::Forms => "forms",
            Self::OidcTokens => "OpenID Connect tokens",
            Self::OidcRefresh => "OpenID Connect refresh tokens",
            Self::OidcSuccession => "OpenID Connect refresh token succession",
            Self::OidcEs256 => "OpenID Connect ES256",
            Self::OidcEdDsa => "OpenID Connect EdDSA",
            Self::OidcRsa => "OpenID Connect RS256",
            Self::OidcSealed => "OpenID Connect sealed tokens",
            Self::Upstream => "sign-in by other providers",
        }
    }
}

/// The keys of one rotation.
pub struct Generation {
    pub number: i64,
    /// From before generations: its signatures have no number.
    pub unnumbered: bool,
    /// When the next generation replaced it.
    pub replaced_at: Option<Timestamp>,
    keys: [Key; KeyPurpose::ALL.len()],
    signers: [Signer; KeyPurpose::ALL.len()],
}

impl Generation {
    pub fn derive(secret: &SecretKey, row: &GenerationRow, replaced_at: Option<Timestamp>) -> Self {
        let unnumbered = row.salt.is_empty();
        let keys = KeyPurpose::ALL.map(|purpose| match purpose {
            KeyPurpose::AccessTokens if unnumbered => {
                secret.derive(&format!("{} {}", purpose.label(), row.number))
            }
            _ if unnumbered => secret.derive(&format!("{} 1", purpose.label())),
            _ => secret.derive_salted(&row.salt, &format!("{} {}", purpose.label(), row.number)),
        });
        let signers = keys.each_ref().map(Signer::new);
        Self { number: row.number, unnumbered, replaced_at, keys, signers }
    }

    pub fn key(&self, purpose: KeyPurpose) -> &Key {
        &self.keys[purpose as usize]
    }

    pub(super) fn signer(&self, purpose: KeyPurpose) -> &Signer {
        &self.signers[purpose as usize]
    }

    /// Prefixes `text` with its number, by which the generation is found again.
    pub(super) fn mark(&self, text: &str) -> String {
        if self.unnumbered { text.to_owned() } else { format!("{}{MARK}{text}", self.number) }
    }

    /// The prefix of texts that it marks; none if it marks none.
    pub fn marked(&self) -> Option<String> {
        (!self.unnumbered).then(|| self.mark(""))
    }

    /// Whether its signatures are still accepted, which live at most `max_lifetime` seconds after it was replaced.
    pub fn is_accepted(&self, max_lifetime: i64, now: Timestamp) -> bool {
        self.replaced_at.is_none_or(|at| now < at + max_lifetime)
    }
}

/// Separates a generation's number from the rest; not in the alphabet of base64url.
const MARK: char = '~';

/// The number of a marked text and the rest. None for a number in a form that `mark` does not write.
pub(super) fn read_mark(text: &str) -> Option<(Option<i64>, &str)> {
    let Some((mark, rest)) = text.split_once(MARK) else { return Some((None, text)) };
    let number: i64 = mark.parse().ok()?;
    (number.to_string() == mark).then_some((Some(number), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(number: i64, salt: &str) -> GenerationRow {
        GenerationRow {
            number,
            salt: salt.to_owned(),
            secret: String::new(),
            made_at: 0,
            used_since: Some(0),
        }
    }

    #[test]
    fn every_secret_salt_number_and_purpose_has_another_key() {
        let (one, two) = (SecretKey::random(), SecretKey::random());
        let mut keys = std::collections::HashSet::new();
        for secret in [&one, &two] {
            for row in [row(1, ""), row(2, "salt"), row(2, "tlas"), row(3, "salt")] {
                let generation = Generation::derive(secret, &row, None);
                keys.extend(KeyPurpose::ALL.map(|purpose| **generation.key(purpose)));
            }
        }
        assert_eq!(keys.len(), 2 * 4 * KeyPurpose::ALL.len());
        assert!(KeyPurpose::ALL.iter().enumerate().all(|(place, purpose)| *purpose as usize == place));
    }

    #[test]
    fn a_mark_reads_back_and_forged_ones_are_rejected() {
        let generation = Generation::derive(&SecretKey::random(), &row(7, "salt"), None);
        assert_eq!(read_mark(&generation.mark("abc")), Some((Some(7), "abc")));
        assert_eq!(read_mark("abc"), Some((None, "abc")));
        for forged in ["07~abc", "+7~abc", " 7~abc", "~abc", "7 ~abc", "7.0~abc", "99999999999999999999~abc"]
        {
            assert_eq!(read_mark(forged), None, "{forged}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC{0,30}") {
            let _ = read_mark(&text);
        }
    }
}
