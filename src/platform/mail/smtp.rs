//! A mail server: parsing its address, and sending one message over one connection.

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::failure::Failure;
use super::message::Message;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
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
    credentials: Option<Credentials>,
    /// PEM of a certificate authority to trust in addition to the public ones.
    authority: Option<Vec<u8>>,
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
                Some(Credentials::new(user, password))
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
        Ok(Self { port: url.port().unwrap_or(usual), host, protection, credentials, authority: None })
    }

    /// Also trusts the certificate authority in this PEM.
    pub fn trusting(mut self, pem: Vec<u8>) -> Result<Self, &'static str> {
        Certificate::from_pem(&pem).map_err(|_| "a file with certificates in PEM")?;
        self.authority = Some(pem);
        Ok(self)
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
        let address =
            |text: &str| text.parse::<Address>().map_err(|error| Failure::passing(error.to_string()));
        let (from, to) = (address(&message.from)?, address(&message.to)?);
        let mut connection = self.connect().await?;
        let mut options = Vec::new();
        if !message.from.is_ascii() || !message.to.is_ascii() {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Failure::passing("the mail server takes addresses in ASCII only"));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        connection.command(Mail::new(Some(from), options)).await?;
        connection.command(Rcpt::new(to, Vec::new())).await?;
        connection.command(Data).await?;
        Ok(SmtpHandover { connection, content: message.content })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let name = ClientId::Domain("localhost".to_owned());
        let tls = if self.protection == Protection::Tls { Some(self.tls()?) } else { None };
        let server = (self.host.as_str(), self.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT_TIMEOUT), &name, tls, None);
        let mut connection = connecting.await?;
        if self.protection == Protection::StartTls {
            connection.starttls(self.tls()?, &name).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    fn tls(&self) -> Result<TlsParameters, Failure> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(pem) = &self.authority {
            builder = builder.add_root_certificate(Certificate::from_pem(pem)?);
        }
        Ok(builder.build()?)
    }
}

/// A connection on which the server is waiting for the content.
pub struct SmtpHandover {
    connection: AsyncSmtpConnection,
    content: Vec<u8>,
}

impl SmtpHandover {
    pub(super) async fn hand_over(mut self) -> Result<String, Failure> {
        let answer = self.connection.message(&self.content).await?;
        // The server has accepted the message; closing the connection must not delay recording that.
        let quit = async move { tokio::time::timeout(QUIT_TIMEOUT, self.connection.abort()).await };
        drop(tokio::spawn(quit));
        let text = answer.message().collect::<Vec<_>>().join(" ");
        Ok(format!("{} {text}", answer.code()))
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

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        // A wrong password is reported as permanent as well, but may be corrected before the next attempt.
        let of_the_message =
            error.status().is_some_and(|code| !matches!(u16::from(code), 530 | 534 | 535 | 538));
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(deeper) = cause {
            let more = deeper.to_string();
            if !text.contains(&more) {
                text = format!("{text}: {more}");
            }
            cause = deeper.source();
        }
        Self { for_good: error.is_permanent() && of_the_message, text }
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
