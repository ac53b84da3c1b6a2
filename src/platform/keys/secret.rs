//! The secrets that all keys are derived from: read or created at the start, and replaced one by one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::platform::private_files::{Draft, Lock, folder_of};

use super::random::random_bytes;

const SECRET_BYTES: usize = 64;

/// A key for one purpose, wiped from memory when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// The operator's secret of 64 random bytes, wiped from memory when dropped (ASVS 13.3.3). Deliberately without `Debug`
/// and `Display`.
#[derive(Clone, ZeroizeOnDrop)]
pub struct SecretKey([u8; SECRET_BYTES]);

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("it takes 64 bytes as 128 hexadecimal digits")]
    Malformed,
    #[error("others may read it (mode {0:o}); it takes a file that only its owner reads: chmod 600")]
    TooOpen(u32),
    #[error("it is set, so that only you can change it: put a new one before it, with a comma between them")]
    Given,
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl SecretKey {
    /// Parses 128 hexadecimal digits, ignoring white space around them.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let digits = text.trim().as_bytes();
        if digits.len() != 2 * SECRET_BYTES {
            return Err(KeyError::Malformed);
        }
        let mut key = Self([0; SECRET_BYTES]);
        for (byte, pair) in key.0.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |ascii: u8| (ascii as char).to_digit(16).ok_or(KeyError::Malformed);
            *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
        }
        Ok(key)
    }

    pub fn random() -> Self {
        Self(random_bytes())
    }

    fn to_hex(&self) -> Zeroizing<String> {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let mut text = Zeroizing::new(String::with_capacity(2 * SECRET_BYTES));
        text.extend(digits.map(|digit| char::from_digit(digit.into(), 16).expect("half a byte is a digit")));
        text
    }

    /// Identifies the secret without revealing anything about it.
    pub fn fingerprint(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.derive("fingerprint 1")[..9])
    }

    /// A key of 32 bytes for one purpose; other purposes cannot be computed from it.
    pub fn derive(&self, purpose: &str) -> Key {
        self.expand(None, purpose)
    }

    /// The same, depending on a salt as well.
    pub fn derive_salted(&self, salt: &str, purpose: &str) -> Key {
        self.expand(Some(salt.as_bytes()), purpose)
    }

    fn expand(&self, salt: Option<&[u8]>, purpose: &str) -> Key {
        let mut key = Key::default();
        Hkdf::<Sha256>::new(salt, &self.0)
            .expand(purpose.as_bytes(), key.as_mut_slice())
            .expect("HKDF outputs up to 8160 bytes");
        key
    }
}

/// The available secrets, the newest first; older keys may be derived from older secrets.
#[derive(Clone)]
pub struct Secrets {
    known: Vec<SecretKey>,
    /// The file that they were read from.
    file: Option<PathBuf>,
}

impl Secrets {
    pub fn of_one(secret: SecretKey) -> Self {
        Self { known: vec![secret], file: None }
    }

    /// Parses secrets of 128 hexadecimal digits each, separated by commas or line breaks.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let parts = text.trim().split([',', '\n']);
        Ok(Self { known: parts.map(SecretKey::from_hex).collect::<Result<_, _>>()?, file: None })
    }

    /// Reads the key file, or creates it with mode 0600. Two processes that start concurrently agree on one secret. Removes
    /// what a killed process has left, as it may contain secrets.
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        if !path.try_exists()? {
            let _lock = Lock::take(folder_of(path))?;
            Draft::remove_left(path)?;
            create_file(path)?;
        } else if Draft::is_left(path)
            && let Ok(_lock) = Lock::take(folder_of(path))
        {
            Draft::remove_left(path)?;
        }
        Self::read(path)
    }

    fn read(path: &Path) -> Result<Self, KeyError> {
        refuse_if_others_may_read(path)?;
        Ok(Self { file: Some(path.to_owned()), ..Self::parse(&Zeroizing::new(fs::read_to_string(path)?))? })
    }

    /// The secret that new keys are derived from.
    pub fn newest(&self) -> &SecretKey {
        &self.known[0]
    }

    pub(super) fn oldest(&self) -> &SecretKey {
        &self.known[self.known.len() - 1]
    }

    pub fn find(&self, fingerprint: &str) -> Option<&SecretKey> {
        self.known.iter().find(|secret| secret.fingerprint() == fingerprint)
    }

    pub fn fingerprints(&self) -> Vec<String> {
        self.known.iter().map(SecretKey::fingerprint).collect()
    }

    /// Reads the file again.
    pub fn read_again(&self) -> Result<Self, KeyError> {
        self.file.as_deref().map_or_else(|| Ok(self.clone()), Self::read)
    }

    /// Adds a new secret before the others, in the file as well.
    pub fn renew(&self) -> Result<Self, KeyError> {
        let known = std::iter::once(SecretKey::random()).chain(self.known.iter().cloned());
        self.rewritten(known.collect())
    }

    /// Removes all but the newest and those with one of these fingerprints, in the file as well.
    pub fn keep(&self, fingerprints: &[String]) -> Result<Self, KeyError> {
        let needed = |secret: &SecretKey| fingerprints.contains(&secret.fingerprint());
        let known = self.known.iter().enumerate().filter(|(place, secret)| *place == 0 || needed(secret));
        let known: Vec<SecretKey> = known.map(|(_, secret)| secret.clone()).collect();
        if known.len() == self.known.len() { Ok(self.clone()) } else { self.rewritten(known) }
    }

    fn rewritten(&self, known: Vec<SecretKey>) -> Result<Self, KeyError> {
        let path = self.file.clone().ok_or(KeyError::Given)?;
        let _lock = Lock::take(folder_of(&path))?;
        Draft::remove_left(&path)?;
        draft(&path, &known)?.replace()?;
        Ok(Self { known, file: Some(path) })
    }
}

fn create_file(path: &Path) -> Result<(), KeyError> {
    match draft(path, &[SecretKey::random()])?.create() {
        // Another process has created it.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        created => Ok(created?),
    }
}

fn draft(path: &Path, secrets: &[SecretKey]) -> io::Result<Draft> {
    let mut draft = Draft::of(path)?;
    for secret in secrets {
        writeln!(draft.file(), "{}", *secret.to_hex())?;
    }
    Ok(draft)
}

#[cfg(unix)]
fn refuse_if_others_may_read(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyError::TooOpen(mode)) }
}

#[cfg(not(unix))]
fn refuse_if_others_may_read(_: &Path) -> Result<(), KeyError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_created_once_and_only_its_owner_can_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        let first = Secrets::from_file(&path).ok().unwrap();
        let second = Secrets::from_file(&path).ok().unwrap();
        assert_eq!(first.newest().derive("x"), second.newest().derive("x"));
        assert_ne!(first.newest().derive("x"), first.newest().derive("y"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert!(matches!(Secrets::from_file(&path), Err(KeyError::TooOpen(0o644))));
        }
    }

    #[test]
    fn racing_starts_agree_on_one_key() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        let keys: Vec<_> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| Secrets::from_file(&path).ok().unwrap().newest().derive("x")))
                .collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn a_new_secret_precedes_the_others_until_they_are_removed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        let first = Secrets::from_file(&path).ok().unwrap();
        let both = first.renew().ok().unwrap();
        let read = Secrets::from_file(&path).ok().unwrap();
        assert_eq!(read.fingerprints(), both.fingerprints());
        assert_eq!(read.fingerprints()[1..], first.fingerprints());
        assert!(read.find(&first.fingerprints()[0]).is_some() && read.find("").is_none());
        assert_eq!(first.read_again().ok().unwrap().fingerprints(), both.fingerprints());
        assert_eq!(both.keep(&first.fingerprints()).ok().unwrap().fingerprints(), both.fingerprints());
        let new = both.keep(&[]).ok().unwrap();
        assert_eq!(Secrets::from_file(&path).ok().unwrap().fingerprints(), new.fingerprints());
        assert_eq!(new.fingerprints(), both.fingerprints()[..1]);
        assert!(!Draft::is_left(&path), "no draft is left");
        assert!(refuse_if_others_may_read(&path).is_ok());
    }

    #[test]
    fn several_secrets_are_read_and_given_ones_are_not_rewritten() {
        let (one, two) = ("ab".repeat(64), "cd".repeat(64));
        let both = Secrets::parse(&format!(" {one}, {two}\n")).ok().unwrap();
        assert_eq!(both.fingerprints().len(), 2);
        assert_eq!(both.newest().derive("x"), SecretKey::from_hex(&one).ok().unwrap().derive("x"));
        assert!(matches!(both.renew(), Err(KeyError::Given)));
        for bad in [format!("{one},"), format!("{one},{two},x"), format!("{one} {two}"), ",".to_owned()] {
            assert!(matches!(Secrets::parse(&bad), Err(KeyError::Malformed)), "{bad}");
        }
    }

    #[test]
    fn hex_of_another_length_or_alphabet_is_rejected() {
        for text in ["", "abcd", &"g".repeat(128), &"é".repeat(64), &"0".repeat(127)] {
            assert!(matches!(SecretKey::from_hex(text), Err(KeyError::Malformed)), "{text}");
        }
        assert!(SecretKey::from_hex(&format!(" {}\n", "aF".repeat(64))).is_ok());
    }
}
