//! TLS to a server: who may certify it, and the certificate shown to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How a connection is encrypted, in libpq's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum SslMode {
    Disable,
    Allow,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

/// Files in PEM.
pub struct Certificates {
    /// Authorities; `system` stands for those of the system.
    pub authority: Option<PathBuf>,
    pub own: Option<PathBuf>,
    pub key: Option<PathBuf>,
    /// libpq's folder for them, `~/.postgresql`.
    pub folder: Option<PathBuf>,
}

impl Certificates {
    /// # Errors
    /// A sentence that names the file.
    pub fn connector(&self, mode: SslMode) -> Result<MakeRustlsConnect, String> {
        let provider = Arc::new(ring::default_provider());
        let verifier = Verifier {
            authorities: self.authorities(mode)?,
            is_name_checked: mode == SslMode::VerifyFull,
            provider: Arc::clone(&provider),
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match self.pair() {
            Some((own, key)) => config
                .with_client_auth_cert(certificates(&own)?, private_key(&key)?)
                .map_err(|error| format!("{}: {error}", own.display()))?,
            None => config.with_no_client_auth(),
        };
        config.alpn_protocols = vec![b"postgresql".to_vec()];
        Ok(MakeRustlsConnect::new(config))
    }

    /// Without any, every certificate is accepted.
    fn authorities(&self, mode: SslMode) -> Result<Option<Authorities>, String> {
        let is_checked = matches!(mode, SslMode::VerifyCa | SslMode::VerifyFull);
        match &self.authority {
            _ if mode == SslMode::Disable => Ok(None),
            Some(file) if file == Path::new("system") => system().map(Some),
            Some(file) => Authorities::of(certificates(file)?, file).map(Some),
            None if is_checked => system().map(Some),
            None => match self.in_folder("root.crt") {
                Some(file) => Authorities::of(certificates(&file)?, &file).map(Some),
                None => Ok(None),
            },
        }
    }

    /// The certificate and key to show, if there are any.
    fn pair(&self) -> Option<(PathBuf, PathBuf)> {
        let own = self.own.clone().or_else(|| self.in_folder("postgresql.crt"))?;
        let key = self.key.clone().or_else(|| self.in_folder("postgresql.key"))?;
        Some((own, key))
    }

    fn in_folder(&self, name: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(name)).filter(|file| file.exists())
    }
}

#[derive(Debug)]
struct Authorities {
    roots: RootCertStore,
    /// The same, for a server that shows one of them itself.
    listed: Vec<CertificateDer<'static>>,
}

impl Authorities {
    fn of(listed: Vec<CertificateDer<'static>>, file: &Path) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        let (added, _) = roots.add_parsable_certificates(listed.iter().cloned());
        if added == 0 { Err(no_certificate(file)) } else { Ok(Self { roots, listed }) }
    }
}

fn system() -> Result<Authorities, String> {
    let found = openssl_probe::probe();
    let file = found.cert_file.ok_or("the system has no file of certificate authorities; set sslrootcert")?;
    Authorities::of(certificates(&file)?, &file)
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    read.ok().filter(|read| !read.is_empty()).ok_or_else(|| no_certificate(file))
}

fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, String> {
    let text = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    PrivateKeyDer::from_pem_slice(&text)
        .map_err(|_| format!("{} holds no private key in PEM without a password", file.display()))
}

fn no_certificate(file: &Path) -> String {
    format!("{} holds no certificate in PEM", file.display())
}

/// Verifies as far as `sslmode` asks for.
#[derive(Debug)]
struct Verifier {
    authorities: Option<Authorities>,
    is_name_checked: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(authorities) = &self.authorities else { return Ok(ServerCertVerified::assertion()) };
        let parsed = ParsedCertificate::try_from(shown)?;
        let known = self.provider.signature_verification_algorithms.all;
        let verified =
            verify_server_cert_signed_by_trust_anchor(&parsed, &authorities.roots, others, now, known);
        // A certificate that signed itself is its own authority. As one it may not be shown, for which it was checked
        // last, after its dates.
        let is_own = matches!(verified, Err(Error::InvalidCertificate(CertificateError::Other(_))))
            && authorities.listed.iter().any(|listed| listed == shown);
        if !is_own {
            verified?;
        }
        if self.is_name_checked {
            verify_server_name(&parsed, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
