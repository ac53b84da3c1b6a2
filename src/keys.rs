//! The secret key: read or made at start; every key in use is derived from it (HKDF-SHA-256).

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

const SECRET_BYTES: usize = 64;

/// 64 random bytes that the operator keeps. Deliberately without `Debug` and `Display`.
#[derive(Clone)]
pub struct SecretKey([u8; SECRET_BYTES]);

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("it takes 64 bytes as 128 hexadecimal digits")]
    Malformed,
    #[error("others may read it (mode {0:o}); it takes a file that only its owner reads: chmod 600")]
    TooOpen(u32),
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl SecretKey {
    /// Parses 128 hexadecimal digits; white space around them does not count.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let digits = text.trim().as_bytes();
        if digits.len() != 2 * SECRET_BYTES {
            return Err(KeyError::Malformed);
        }
        let mut bytes = [0; SECRET_BYTES];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |ascii: u8| (ascii as char).to_digit(16).ok_or(KeyError::Malformed);
            *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
        }
        Ok(Self(bytes))
    }

    /// Reads the key file, or makes it with mode 0600. Two processes that start at once agree on one key.
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        if !path.try_exists()? {
            Self::create_file(path)?;
        }
        refuse_if_others_may_read(path)?;
        Self::from_hex(&fs::read_to_string(path)?)
    }

    fn create_file(path: &Path) -> Result<(), KeyError> {
        let hex: String = random_bytes::<SECRET_BYTES>().iter().map(|byte| format!("{byte:02x}")).collect();
        let draft = path.with_extension(format!("{}.draft", random_id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft)?;
        // A hard link fails when the name is taken, so the first of two racing processes wins whole.
        let written = writeln!(file, "{hex}").and_then(|()| file.sync_all());
        let linked = written.and_then(|()| fs::hard_link(&draft, path));
        fs::remove_file(&draft)?;
        match linked {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// A key of 32 bytes for one purpose; other purposes cannot be computed from it.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(purpose.as_bytes(), &mut key)
            .expect("32 bytes are within what HKDF gives");
        key
    }
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

/// Signs short texts and checks such signatures in constant time (HMAC-SHA-256).
#[derive(Clone)]
pub struct Signer(Hmac<Sha256>);

impl Signer {
    pub fn new(key: [u8; 32]) -> Self {
        Self(Hmac::new_from_slice(&key).expect("HMAC takes keys of any length"))
    }

    /// The signature of `parts`, base64url. Each part is framed by its length, so parts cannot be shifted.
    pub fn sign(&self, parts: &[&str]) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(parts).finalize().into_bytes())
    }

    pub fn verify(&self, parts: &[&str], signature: &str) -> bool {
        match URL_SAFE_NO_PAD.decode(signature) {
            Ok(bytes) => self.mac(parts).verify_slice(&bytes).is_ok(),
            Err(_) => false,
        }
    }

    fn mac(&self, parts: &[&str]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

/// `N` bytes from the operating system's generator.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A secret of 256 random bits, base64url, for whoever holds it to show again.
pub fn random_secret() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<32>())
}

/// SHA-256, base64url: what is stored of such a secret, and what a long text is known by. Reading it opens nothing.
pub fn fingerprint(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// 96 random bits in 16 characters, for names that must not collide; not a secret.
pub fn random_id() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<12>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_and_only_its_owner_reads_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        let first = SecretKey::from_file(&path).ok().unwrap();
        let second = SecretKey::from_file(&path).ok().unwrap();
        assert_eq!(first.derive("x"), second.derive("x"));
        assert_ne!(first.derive("x"), first.derive("y"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert!(matches!(SecretKey::from_file(&path), Err(KeyError::TooOpen(0o644))));
        }
    }

    #[test]
    fn racing_starts_agree_on_one_key() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        let keys: Vec<_> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| SecretKey::from_file(&path).ok().unwrap().derive("x")))
                .collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn hex_of_another_length_or_alphabet_is_refused() {
        for text in ["", "abcd", &"g".repeat(128), &"é".repeat(64), &"0".repeat(127)] {
            assert!(matches!(SecretKey::from_hex(text), Err(KeyError::Malformed)), "{text}");
        }
        assert!(SecretKey::from_hex(&format!(" {}\n", "aF".repeat(64))).is_ok());
    }

    #[test]
    fn a_signature_holds_for_its_own_parts_only() {
        let signer = Signer::new([7; 32]);
        let signature = signer.sign(&["name", "value"]);
        assert!(signer.verify(&["name", "value"], &signature));
        for forged in [&["name", "valuf"][..], &["namev", "alue"], &["namevalue"], &[]] {
            assert!(!signer.verify(forged, &signature));
        }
        for bad in ["", "=", "é", &signature[1..], &format!("{signature}A")] {
            assert!(!signer.verify(&["name", "value"], bad), "{bad}");
        }
    }
}
