//! Redis with TLS, with a certificate of its own authority.

use std::path::PathBuf;

use munjigi::platform::redis::TlsFiles;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

use crate::support::process::wait_for_port;
use crate::support::{RedisServer, free_port};

pub struct TlsRedis {
    /// Listens without TLS, too, for the tests' own commands.
    pub server: RedisServer,
    pub port: u16,
    pub certificates: Certificates,
}

/// An authority, a certificate from it, and another authority.
pub struct Certificates {
    folder: TempDir,
}

impl TlsRedis {
    /// One whose certificate is for `localhost`, with further arguments.
    pub fn with(arguments: &[&str]) -> Self {
        let (certificates, port) = (Certificates::make("localhost"), free_port());
        let port_text = port.to_string();
        let files = certificates.arguments();
        let mut all = vec!["--tls-port", &port_text];
        all.extend(files.iter().map(String::as_str));
        all.extend(arguments);
        let server = RedisServer::with(&all);
        wait_for_port(port, "redis-server by TLS");
        Self { server, port, certificates }
    }
}

impl Certificates {
    pub fn make(host: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (pem, issuer) = authority("Redis");
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new([host.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        let untrusted = authority("Untrusted").0;
        for (name, content) in
            [("ca", pem), ("cert", leaf.pem()), ("key", key.serialize_pem()), ("untrusted", untrusted)]
        {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// What a client needs.
    pub fn for_clients(&self) -> TlsFiles {
        TlsFiles { authority: Some(self.read("ca")), own: None }
    }

    /// What a server needs, as its arguments.
    pub fn arguments(&self) -> Vec<String> {
        let files = [("--tls-ca-cert-file", "ca"), ("--tls-cert-file", "cert"), ("--tls-key-file", "key")];
        let mut arguments = Vec::new();
        for (option, name) in files {
            arguments.extend([option.to_owned(), self.path(name).to_string_lossy().into_owned()]);
        }
        arguments
    }

    /// For servers that speak TLS with each other, too.
    pub fn arguments_among_servers(&self, port: u16) -> Vec<String> {
        let mut arguments = self.arguments();
        let port = port.to_string();
        let more = ["--tls-port", &port, "--tls-auth-clients", "no", "--tls-replication", "yes"];
        arguments.extend(more.map(str::to_owned));
        arguments
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
