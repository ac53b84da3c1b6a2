//! A redis-server that speaks TLS, with a certificate of an authority of its own.

use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

use crate::support::process::wait_for_port;
use crate::support::{RedisServer, free_port};

pub struct TlsRedis {
    /// Listens without TLS, too, for the tests' own commands.
    pub server: RedisServer,
    pub port: u16,
    /// The authority's certificate, PEM.
    pub authority: PathBuf,
    /// That of another authority.
    pub stranger: PathBuf,
    _folder: TempDir,
}

impl TlsRedis {
    /// One whose certificate is for `localhost`.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let files = make_certificate(folder.path());
        let stranger = folder.path().join("stranger.pem");
        std::fs::write(&stranger, authority("Strangers").0).unwrap();
        let port_text = port.to_string();
        let server = RedisServer::with(
            &[
                &["--tls-port", &port_text, "--tls-auth-clients", "no"],
                &files.iter().map(String::as_str).collect::<Vec<_>>()[..],
            ]
            .concat(),
        );
        wait_for_port(port, "redis-server by TLS");
        Self { server, port, authority: folder.path().join("ca.pem"), stranger, _folder: folder }
    }
}

fn authority(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    (pem, Issuer::new(params, key))
}

/// Writes what the server needs, and gives the arguments that name it.
fn make_certificate(folder: &Path) -> Vec<String> {
    let (pem, issuer) = authority("Redis");
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let mut arguments = Vec::new();
    for (option, name, content) in [
        ("--tls-ca-cert-file", "ca.pem", pem),
        ("--tls-cert-file", "chain.pem", leaf.pem()),
        ("--tls-key-file", "key.pem", key.serialize_pem()),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        arguments.extend([option.to_owned(), path.to_string_lossy().into_owned()]);
    }
    arguments
}
