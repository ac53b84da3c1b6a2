//! Seals what waits in the outbox: whoever reads the database reads no link and no code in it.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::keys::random_bytes;

use super::Message;

const NONCE_BYTES: usize = 24;

pub struct Seal(XChaCha20Poly1305);

impl Seal {
    pub fn new(key: [u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&key.into()))
    }

    /// A random nonce, then the message, bound to its id.
    pub fn close(&self, message: &Message) -> Vec<u8> {
        let nonce = random_bytes::<NONCE_BYTES>();
        let plain = postcard::to_stdvec(message).expect("a message of texts and bytes can be written");
        let payload = Payload { msg: &plain, aad: message.id.as_bytes() };
        let sealed =
            self.0.encrypt(&XNonce::from(nonce), payload).expect("memory is not sealed in gigabytes");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Nothing if it was sealed with another key, or tampered with.
    pub fn open(&self, id: &str, sealed: &[u8]) -> Option<Message> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: id.as_bytes() };
        let plain = self.0.decrypt(&XNonce::from(*nonce), payload).ok()?;
        postcard::from_bytes(&plain).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_id_open_a_letter() {
        let seal = Seal::new([1; 32]);
        let message = Message {
            id: "a@x".to_owned(),
            from: "f@x.org".to_owned(),
            to: "t@x.org".to_owned(),
            content: b"secret link".to_vec(),
        };
        let sealed = seal.close(&message);
        assert!(!sealed.windows(6).any(|bytes| bytes == b"secret"));
        assert_eq!(seal.open("a@x", &sealed).unwrap().content, b"secret link");
        assert!(seal.open("b@x", &sealed).is_none());
        assert!(Seal::new([2; 32]).open("a@x", &sealed).is_none());
        for cut in 0..sealed.len() {
            assert!(seal.open("a@x", &sealed[..cut]).is_none());
        }
    }
}
