//! Access to a server: user, password, TLS; and the settings of every connection.

use std::time::Duration;

use redis::io::tcp::TcpSettings;
use redis::{
    AsyncConnectionConfig, Client, ClientTlsConfig, ConnectionAddr, IntoConnectionInfo, ProtocolVersion,
    RedisConnectionInfo, RedisResult, TlsCertificates,
};

use rustls::RootCertStore;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::place::{Expected, Place};

/// Below the session store's deadline, so that a stalled connection is noticed by its own time-out.
pub const TIMEOUT: Duration = Duration::from_millis(300);

/// Files for TLS, in PEM. Without `Debug`, because they may contain a key.
#[derive(Clone, Default)]
pub struct TlsFiles {
    /// CA certificates for verifying the server, instead of the public ones.
    pub authority: Option<Vec<u8>>,
    /// The client certificate and its key.
    pub own: Option<(Vec<u8>, Vec<u8>)>,
}

/// Credentials and TLS settings. Without `Debug` and `Display`, because they may contain a password.
#[derive(Clone)]
pub struct Access {
    user: Option<String>,
    password: Option<String>,
    db: i64,
    tls: Option<TlsCertificates>,
}

impl Access {
    pub(super) fn new(user: Option<String>, password: Option<String>) -> Self {
        Self { user, password, db: 0, tls: None }
    }

    /// Requires TLS.
    pub(super) fn with_tls(self, files: &TlsFiles) -> Result<Self, Expected> {
        Ok(Self { tls: Some(files.read()?), ..self })
    }

    pub(super) fn on(self, db: i64) -> Self {
        Self { db, ..self }
    }

    pub fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    #[cfg(test)]
    pub(super) fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    #[cfg(test)]
    pub(super) fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    #[cfg(test)]
    pub(super) fn db(&self) -> i64 {
        self.db
    }

    /// A client for the server at `place`.
    pub(super) fn client(&self, place: &Place, protocol: ProtocolVersion) -> RedisResult<Client> {
        let mut settings =
            RedisConnectionInfo::default().set_protocol(protocol).set_db(self.db).set_skip_set_lib_name();
        if let Some(user) = &self.user {
            settings = settings.set_username(user);
        }
        if let Some(password) = &self.password {
            settings = settings.set_password(password);
        }
        let address = match place {
            Place::Socket(path) => ConnectionAddr::Unix(path.clone()),
            Place::Tcp { host, port } if self.tls.is_some() => {
                ConnectionAddr::TcpTls { host: host.clone(), port: *port, insecure: false, tls_params: None }
            }
            Place::Tcp { host, port } => ConnectionAddr::Tcp(host.clone(), *port),
        };
        // A command is not held back until the server has acknowledged the one before.
        let tcp = TcpSettings::default().set_nodelay(true);
        let info = address.into_connection_info()?.set_redis_settings(settings).set_tcp_settings(tcp);
        match &self.tls {
            Some(tls) => {
                // With two providers in a build rustls cannot choose one and would panic. One installed elsewhere is
                // fine.
                let _ = ring::default_provider().install_default();
                Client::build_with_tls(info, tls.clone())
            }
            None => Client::open(info),
        }
    }
}

impl TlsFiles {
    fn read(&self) -> Result<TlsCertificates, Expected> {
        let mut roots = RootCertStore::empty();
        for one in CertificateDer::pem_slice_iter(self.authority.as_deref().unwrap_or_default()) {
            let fits = one.is_ok_and(|one| roots.add(one).is_ok());
            fits.then_some(()).ok_or("a file with certificates in PEM")?;
        }
        if self.authority.is_some() && roots.is_empty() {
            return Err("a file with certificates in PEM");
        }
        if let Some((certificate, key)) = &self.own {
            const PAIR: Expected = "a certificate and its key, both in PEM";
            let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate).collect();
            let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(PAIR)?;
            let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| PAIR)?;
            rustls::sign::CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(|_| PAIR)?;
        }
        let client_tls = self.own.clone();
        let client_tls =
            client_tls.map(|(client_cert, client_key)| ClientTlsConfig { client_cert, client_key });
        Ok(TlsCertificates { client_tls, root_cert: self.authority.clone() })
    }
}

/// The settings of every connection.
pub(super) fn settings() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new().set_connection_timeout(Some(TIMEOUT)).set_response_timeout(Some(TIMEOUT))
}
