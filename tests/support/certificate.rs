//! A certificate authority of the tests' own, for `*.example.test` and `localhost`.

use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

pub struct Certificate {
    /// Of the authority, PEM.
    pub authority: String,
    pub chain: PathBuf,
    pub key: PathBuf,
}

/// Creates both, and writes the files that a server needs into `folder`.
pub fn make(folder: &Path) -> Certificate {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "Tests");
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);

    let leaf_key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(["*.example.test", "localhost"].map(str::to_owned)).unwrap();
    let leaf = leaf.signed_by(&leaf_key, &issuer).unwrap();
    let (chain, key) = (folder.join("chain.pem"), folder.join("key.pem"));
    std::fs::write(&chain, leaf.pem()).unwrap();
    std::fs::write(&key, leaf_key.serialize_pem()).unwrap();
    Certificate { authority, chain, key }
}
