//! A mail server: parsing its address, and sending one message over one connection.

use std::sync::Arc;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use url::{Host, Url};

use super::address;
use super::failure::Failure;
use super::message::Message;
use super::smtp_connection::{SmtpConnection, Tls};

/// Time-out for closing the connection after the server accepted the message.
const QUIT_TIMEOUT: Duration = Duration::from_secs(2);

/// How a connection is protected (RFC 8314).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    /// Not at all.
    None,
    /// By STARTTLS, or nothing is sent.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A mail server as configured. Deliberately without `Debug` and `Display`, because it may contain a password.
#[derive(Clone)]
pub struct SmtpServer {
    host: String,
    port: u16,
    protection: Protection,
    /// User and password.
    credentials: Option<(String, String)>,
    /// Certificate authorities to trust in addition to the public ones.
    authority: Vec<CertificateDer<'static>>,
    /// The name of this server, as it greets the other; none for its address.
    name: Option<String>,
}

impl SmtpServer {
    /// Parses `smtps://user:password@host:port`, `smtp://…?tls=required` or plain `smtp://host`. The error says what is
    /// expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "a URL such as smtps://user:password@mail.example.org")?;
        let query: Vec<_> = url.query_pairs().collect();
        let protection = match (url.scheme(), query.as_slice()) {
            ("smtps", []) => Protection::Tls,
            ("smtp", []) => Protection::None,
            ("smtp", [(name, value)]) if name == "tls" && value == "required" => Protection::StartTls,
            ("smtp" | "smtps", _) => return Err("smtp://… with nothing but ?tls=required behind it"),
            _ => return Err("a URL that begins with smtp:// or smtps://"),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("a URL with a host")?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err("a URL with no path");
        }
        let decode = |text: &str| percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", _) | (_, None) => return Err("a user and a password, or neither"),
            (user, Some(password)) => {
                let decoded = decode(user).and_then(|user| Ok((user, decode(password)?)));
                let (user, password) =
                    decoded.map_err(|_| "a user and a password percent-encoded as UTF-8")?;
                Some((user, password))
            }
        };
        if credentials.is_some() && protection == Protection::None && !is_local(&url) {
            return Err("a password only with smtps:// or ?tls=required, or for a loopback host");
        }
        let usual = match protection {
            Protection::None => 25,
            Protection::StartTls => 587,
            Protection::Tls => 465,
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self {
            port: url.port().unwrap_or(usual),
            host,
            protection,
            credentials,
            authority: Vec::new(),
            name: None,
        })
    }

    /// Also trusts the certificate authority in this PEM.
    pub fn trusting(mut self, pem: &[u8]) -> Result<Self, &'static str> {
        const PEM: &str = "a file with certificates in PEM";
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        self.authority = certificates.map_err(|_| PEM)?;
        let mut roots = RootCertStore::empty();
        let fit = self.authority.iter().all(|certificate| roots.add(certificate.clone()).is_ok());
        if fit && !self.authority.is_empty() { Ok(self) } else { Err(PEM) }
    }

    /// Greets with this name (RFC 5321 §4.1.4). Servers refuse names without a dot, so without a name the address is
    /// used.
    pub fn greeting_as(self, name: Option<String>) -> Self {
        Self { name, ..self }
    }

    pub fn described(&self) -> String {
        let how = match self.protection {
            Protection::None => "without TLS",
            Protection::StartTls => "by STARTTLS",
            Protection::Tls => "by TLS",
        };
        format!("{}:{} {how}", self.host, self.port)
    }

    /// Starts the delivery on a new connection; a connection that was interrupted is never reused.
    pub(super) async fn offer(&self, message: Message) -> Result<SmtpHandover, Failure> {
        let address = |text: &str| address::parse(text).map_err(|error| Failure::passing(error.to_string()));
        let (from, to) = (address(&message.from)?, address(&message.to)?);
        let mut connection = self.connect().await?;
        let mut options = "";
        if !message.from.is_ascii() || !message.to.is_ascii() {
            if connection.extension("SMTPUTF8").is_none() {
                return Err(Failure::passing("the mail server takes addresses in ASCII only"));
            }
            options = " SMTPUTF8";
        }
        let sender = connection.command(&format!("MAIL FROM:<{from}>{options}")).await?;
        sender.positive().map_err(Failure::refused)?;
        let recipient = connection.command(&format!("RCPT TO:<{to}>")).await?;
        recipient.positive().map_err(Failure::of_recipient)?;
        connection.command("DATA").await?.positive().map_err(Failure::refused)?;
        Ok(SmtpHandover { connection, content: message.content })
    }

    async fn connect(&self) -> Result<SmtpConnection, Failure> {
        let mut connection = SmtpConnection::open(&self.host, self.port).await?;
        if self.protection == Protection::Tls {
            connection = connection.secure(&self.tls()?, false).await?;
        }
        connection.greeting().await?;
        let name = self.name.clone().unwrap_or_else(|| connection.address_literal());
        connection.hello(&name).await?;
        if self.protection == Protection::StartTls {
            if connection.extension("STARTTLS").is_none() {
                return Err(Failure::of_server("STARTTLS is not supported by this server"));
            }
            connection.command("STARTTLS").await?.positive().map_err(Failure::refused)?;
            connection = connection.secure(&self.tls()?, true).await?;
            connection.hello(&name).await?;
        }
        if let Some((user, password)) = &self.credentials {
            connection.authenticate(user, password).await?;
        }
        Ok(connection)
    }

    fn tls(&self) -> Result<Tls, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::passing(error.to_string());
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for certificate in &self.authority {
            roots.add(certificate.clone()).map_err(|error| failed(&error))?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| failed(&error))?;
        let config = Arc::new(config.with_root_certificates(roots).with_no_client_auth());
        let name = ServerName::try_from(self.host.clone()).map_err(|error| failed(&error))?;
        Ok(Tls { config, name })
    }
}

/// A connection on which the server is waiting for the content.
pub struct SmtpHandover {
    connection: SmtpConnection,
    content: Vec<u8>,
}

impl SmtpHandover {
    pub(super) async fn hand_over(mut self) -> Result<String, Failure> {
        let reply = self.connection.content(&self.content).await?.positive().map_err(Failure::of_message)?;
        // The server has accepted the message; closing the connection must not delay recording that.
        let quit = async move { tokio::time::timeout(QUIT_TIMEOUT, self.connection.quit()).await };
        drop(tokio::spawn(quit));
        Ok(reply.to_string())
    }
}

fn is_local(url: &Url) -> bool {
    // With a scheme that is not special in the URL standard, IP addresses are parsed as domains.
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost"
                || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_mail_servers_are_read() {
        for (text, described) in [
            ("smtps://mina:pa%3Ass@mail.example.org", "mail.example.org:465 by TLS"),
            ("smtp://mail.example.org?tls=required", "mail.example.org:587 by STARTTLS"),
            ("smtp://u:p@mail.example.org:2525?tls=required", "mail.example.org:2525 by STARTTLS"),
            ("smtp://mail.example.org", "mail.example.org:25 without TLS"),
            ("smtp://u:p@127.0.0.1:2525", "127.0.0.1:2525 without TLS"),
            ("smtp://u:p@[::1]:25", "::1:25 without TLS"),
        ] {
            assert_eq!(
                SmtpServer::parse(text).map(|server| server.described()).unwrap_or_default(),
                described
            );
        }
        for text in [
            "",
            "mail.example.org",
            "http://mail.example.org",
            "smtp://",
            "smtp://u@h",
            "smtp://:p@h",
            "smtp://u:p@h",
            "smtp://h?tls=maybe",
            "smtps://h?tls=required",
            "smtp://h/path",
            "smtp://h?tls=required&x=1",
            "smtps://u:%ff@h",
        ] {
            assert!(SmtpServer::parse(text).is_err(), "{text}");
        }
    }
}
