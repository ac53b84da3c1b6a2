//! How one gets into a server: user, password, TLS; and what every connection begins with.

use std::time::Duration;

use redis::{
    AsyncConnectionConfig, Client, ClientTlsConfig, ConnectionAddr, IntoConnectionInfo, ProtocolVersion,
    RedisConnectionInfo, RedisResult, TlsCertificates,
};

use super::url::{Expected, Place};

/// Below the store's deadline, so that a stalled connection is noticed by its own time-out.
pub const TIMEOUT: Duration = Duration::from_millis(300);

/// Without `Debug` and `Display`, for it may hold a password.
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

    /// Only by TLS, to a server whose certificate comes from an authority in this PEM, or else from a usual one.
    pub(super) fn with_tls(self, authority: Option<&[u8]>) -> Result<Self, Expected> {
        let tls =
            TlsCertificates { client_tls: None::<ClientTlsConfig>, root_cert: authority.map(<[u8]>::to_vec) };
        if let Some(pem) = authority {
            use rustls::pki_types::{CertificateDer, pem::PemObject};
            let mut roots = rustls::RootCertStore::empty();
            let certificates = CertificateDer::pem_slice_iter(pem);
            let all_fit =
                certificates.map(|one| one.is_ok_and(|one| roots.add(one).is_ok())).all(|fits| fits);
            if !all_fit || roots.is_empty() {
                return Err("a file with certificates in PEM");
            }
        }
        Ok(Self { tls: Some(tls), ..self })
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
        let mut settings = RedisConnectionInfo::default().set_protocol(protocol).set_db(self.db);
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
        let info = address.into_connection_info()?.set_redis_settings(settings);
        match &self.tls {
            Some(tls) => {
                // With two providers in a build rustls cannot choose, and would panic. Another's choice is as good.
                let _ = rustls::crypto::ring::default_provider().install_default();
                Client::build_with_tls(info, tls.clone())
            }
            None => Client::open(info),
        }
    }
}

/// What every connection begins with.
pub(super) fn settings() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new().set_connection_timeout(Some(TIMEOUT)).set_response_timeout(Some(TIMEOUT))
}
