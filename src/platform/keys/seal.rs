//! Encryption with one key: XChaCha20-Poly1305.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use super::generation::{Generation, KeyPurpose, read_mark};
use super::random::random_bytes;
use super::ring::Ring;

const NONCE_BYTES: usize = 24;

pub fn seal_by(generation: &Generation, purpose: KeyPurpose, secret: &[u8], bound_to: &str) -> String {
    generation.mark(&URL_SAFE_NO_PAD.encode(encrypt(generation.key(purpose), secret, bound_to)))
}

pub fn open_by(ring: &Ring, purpose: KeyPurpose, sealed: &str, bound_to: &str) -> Option<Vec<u8>> {
    let (number, text) = read_mark(sealed)?;
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    decrypt(ring.find(number)?.key(purpose), &bytes, bound_to)
}

pub fn encrypt(key: &[u8; 32], secret: &[u8], bound_to: &str) -> Vec<u8> {
    let nonce = random_bytes::<NONCE_BYTES>();
    let payload = Payload { msg: secret, aad: bound_to.as_bytes() };
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).expect("memory is not sealed in gigabytes");
    [nonce.as_slice(), &sealed].concat()
}

pub fn decrypt(key: &[u8; 32], sealed: &[u8], bound_to: &str) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let payload = Payload { msg: sealed, aad: bound_to.as_bytes() };
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), payload).ok()
}
