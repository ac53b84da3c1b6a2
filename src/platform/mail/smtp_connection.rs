//! A connection to a mail server (RFC 5321): commands, and replies read byte by byte, because servers answer in any
//! charset.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rustls::pki_types::ServerName;
use rustls::{AlertDescription, ClientConfig};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::failure::Failure;
use super::smtp_reply::Reply;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the server may take to greet, or to answer a TLS handshake.
const GREETING_TIMEOUT: Duration = Duration::from_secs(10);
/// Bytes of a reply (RFC 5321 §4.5.3.1.5 allows 512 a line).
const LONGEST_REPLY: u64 = 64 * 1024;

/// The first byte of a TLS alert, and of a TLS handshake (RFC 8446 §5.1).
const TLS_RECORDS: [u8; 2] = [21, 22];

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

pub(super) struct SmtpConnection {
    stream: BufReader<Box<dyn Stream>>,
    /// Our end.
    local: SocketAddr,
    /// The lines of the reply to EHLO.
    extensions: Vec<String>,
}

/// A mail server's name, and how its certificate is verified.
#[derive(Clone)]
pub(super) struct Tls {
    pub config: Arc<ClientConfig>,
    pub name: ServerName<'static>,
}

impl SmtpConnection {
    pub(super) async fn open(host: &str, port: u16) -> Result<Self, Failure> {
        let connecting = tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect((host, port)));
        let stream = connecting.await.map_err(|_| Failure::passing("the connection timed out"))?;
        let stream = stream.map_err(|error| Failure::passing(format!("Connection error: {error}")))?;
        let local = stream.local_addr().map_err(broken)?;
        Ok(Self { stream: BufReader::new(Box::new(stream)), local, extensions: Vec::new() })
    }

    /// Our address as the domain of EHLO (RFC 5321 §4.1.3).
    pub(super) fn address_literal(&self) -> String {
        match self.local {
            SocketAddr::V4(local) => format!("[{}]", local.ip()),
            SocketAddr::V6(local) => match local.ip().to_ipv4_mapped() {
                Some(ip) => format!("[{ip}]"),
                None => format!("[IPv6:{}]", local.ip()),
            },
        }
    }

    /// Reads the greeting.
    pub(super) async fn greeting(&mut self) -> Result<(), Failure> {
        let greeted = tokio::time::timeout(GREETING_TIMEOUT, async {
            let first = self.stream.fill_buf().await.map_err(broken)?;
            if first.first().is_some_and(|byte| TLS_RECORDS.contains(byte)) {
                return Err(Failure::passing("this port speaks TLS at once; use smtps:// for it"));
            }
            self.reply().await
        });
        let silent = "the server does not greet; if this port speaks TLS at once, use smtps:// for it";
        greeted.await.map_err(|_| Failure::passing(silent))??.positive().map_err(Failure::refused).map(drop)
    }

    pub(super) async fn hello(&mut self, name: &str) -> Result<(), Failure> {
        let reply = self.command(&format!("EHLO {name}")).await?.positive().map_err(Failure::refused)?;
        self.extensions = reply.lines().skip(1).map(str::to_uppercase).collect();
        Ok(())
    }

    /// The words after the name of an extension, if the server has it.
    pub(super) fn extension(&self, name: &str) -> Option<&str> {
        self.extensions.iter().find_map(|line| {
            let rest = line.strip_prefix(name)?;
            (rest.is_empty() || rest.starts_with([' ', '='])).then_some(rest)
        })
    }

    /// Protects the connection from here on. `is_upgrade`: by STARTTLS.
    pub(super) async fn secure(self, tls: &Tls, is_upgrade: bool) -> Result<Self, Failure> {
        // What came before the handshake could have been written by anyone on the way.
        if !self.stream.buffer().is_empty() {
            return Err(Failure::passing("the server sent more than its reply before TLS began"));
        }
        let connector = TlsConnector::from(Arc::clone(&tls.config));
        let handshake = connector.connect(tls.name.clone(), self.stream.into_inner());
        let stream = match tokio::time::timeout(GREETING_TIMEOUT, handshake).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(tls_failure(&error, is_upgrade)),
            Err(_) => {
                return Err(Failure::passing(format!("no answer to the TLS handshake{}", hint(is_upgrade))));
            }
        };
        Ok(Self { stream: BufReader::new(Box::new(stream)), ..self })
    }

    pub(super) async fn authenticate(&mut self, user: &str, password: &str) -> Result<(), Failure> {
        let methods: Vec<_> = self.extension("AUTH").unwrap_or_default().split([' ', '=']).collect();
        let reply = if methods.contains(&"PLAIN") {
            let response = BASE64.encode(format!("\0{user}\0{password}"));
            self.command(&format!("AUTH PLAIN {response}")).await?
        } else if methods.contains(&"LOGIN") {
            self.command("AUTH LOGIN").await?.positive().map_err(Failure::refused)?;
            self.command(&BASE64.encode(user)).await?.positive().map_err(Failure::refused)?;
            self.command(&BASE64.encode(password)).await?
        } else {
            return Err(Failure::of_server("the server takes no password by PLAIN or LOGIN"));
        };
        reply.positive().map_err(Failure::refused).map(drop)
    }

    pub(super) async fn command(&mut self, line: &str) -> Result<Reply, Failure> {
        self.write(format!("{line}\r\n").as_bytes()).await?;
        self.reply().await
    }

    /// Sends the content and its end; returns the reply to both.
    pub(super) async fn content(&mut self, content: &[u8]) -> Result<Reply, Failure> {
        self.write(&transparent(content)).await?;
        self.reply().await
    }

    pub(super) async fn quit(mut self) {
        let _ = self.command("QUIT").await;
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.stream.write_all(bytes).await.map_err(broken)?;
        self.stream.flush().await.map_err(broken)
    }

    async fn reply(&mut self) -> Result<Reply, Failure> {
        let mut bytes = Vec::new();
        let mut limited = (&mut self.stream).take(LONGEST_REPLY);
        loop {
            let start = bytes.len();
            let read = limited.read_until(b'\n', &mut bytes).await.map_err(broken)?;
            if read == 0 || bytes.last() != Some(&b'\n') {
                return Err(Failure::passing("the connection ended within a reply"));
            }
            let continues = bytes.get(start + 3) == Some(&b'-');
            if !continues {
                let malformed = || Failure::passing("the server does not speak SMTP");
                return Reply::parse(&bytes).ok_or_else(malformed);
            }
        }
    }
}

fn broken(error: std::io::Error) -> Failure {
    Failure::passing(format!("Connection error: {error}"))
}

/// What to do if the port speaks no TLS.
fn hint(is_upgrade: bool) -> &'static str {
    if is_upgrade {
        ""
    } else {
        "; if this port speaks TLS only after STARTTLS, use smtp://…?tls=required for it"
    }
}

fn tls_failure(error: &std::io::Error, is_upgrade: bool) -> Failure {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>());
    match cause {
        Some(
            rustls::Error::InvalidMessage(_)
            | rustls::Error::AlertReceived(AlertDescription::UnexpectedMessage),
        ) if !is_upgrade => {
            Failure::passing(format!("this port does not speak TLS at once{}", hint(is_upgrade)))
        }
        Some(rustls::Error::InvalidMessage(_)) => {
            Failure::passing("the server agreed to STARTTLS and then did not speak TLS")
        }
        Some(cause) => Failure::passing(format!("TLS: {cause}")),
        None => Failure::passing(format!(
            "the connection ended during the TLS handshake ({error}){}",
            hint(is_upgrade)
        )),
    }
}

/// The content as it is sent, with its end: a dot at the start of a line is doubled (RFC 5321 §4.5.2).
fn transparent(content: &[u8]) -> Vec<u8> {
    let mut sent = Vec::with_capacity(content.len() + 8);
    let mut at_start = true;
    for byte in content {
        if at_start && *byte == b'.' {
            sent.push(b'.');
        }
        sent.push(*byte);
        at_start = *byte == b'\n';
    }
    if !at_start {
        sent.extend(b"\r\n");
    }
    sent.extend(b".\r\n");
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_at_the_start_of_a_line_are_doubled() {
        assert_eq!(transparent(b"a\r\n.b\r\n..\r\nc."), b"a\r\n..b\r\n...\r\nc.\r\n.\r\n");
        assert_eq!(transparent(b".\r\n"), b"..\r\n.\r\n");
    }
}
