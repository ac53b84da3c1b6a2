//! Which certificate authorities vouch for other servers: the public ones, and those that the operator adds.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Trust(RootCerts);

impl Default for Trust {
    /// The public ones.
    fn default() -> Self {
        Self(RootCerts::WebPki)
    }
}

impl Trust {
    /// The public ones and those in this PEM.
    ///
    /// # Errors
    /// What a file takes in which there is none, or one that cannot be used.
    pub fn with(pem: &[u8]) -> Result<Self, &'static str> {
        let own = certificates(pem)?;
        let all = TLS_SERVER_ROOT_CERTS.iter().chain(&own);
        Ok(Self::in_any_of(all))
    }

    /// Those in this PEM alone.
    ///
    /// # Errors
    /// As for `with`.
    pub fn only(pem: &[u8]) -> Result<Self, &'static str> {
        Ok(Self::in_any_of(certificates(pem)?.iter()))
    }

    fn in_any_of<'c>(all: impl Iterator<Item = &'c CertificateDer<'static>>) -> Self {
        let all = all.map(|certificate| Certificate::from_der(certificate).to_owned());
        Self(RootCerts::Specific(Arc::new(all.collect())))
    }

    pub(super) fn tls(&self) -> TlsConfig {
        TlsConfig::builder().root_certs(self.0.clone()).build()
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, &'static str> {
    const PEM: &str = "a file with certificates in PEM";
    let read: Result<Vec<CertificateDer<'static>>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let read = read.map_err(|_| PEM)?;
    // What is there and is no certificate would be left out in silence later.
    let mut roots = RootCertStore::empty();
    let fit = read.iter().all(|certificate| roots.add(certificate.clone()).is_ok());
    if fit && !read.is_empty() { Ok(read) } else { Err(PEM) }
}
