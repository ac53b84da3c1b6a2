//! The address of a server and its syntax.

use std::fmt;
use std::path::PathBuf;

/// What is expected instead, completing the sentence "… it takes".
pub type Expected = &'static str;

/// The address of a server.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    Tcp { host: String, port: u16 },
    Socket(PathBuf),
}

/// Parses `host`, `host:port`, `[::1]` or `[::1]:port`.
pub fn place(text: &str, usual_port: u16) -> Result<Place, Expected> {
    const EXPECTED: Expected = "hosts with commas between them, such as 127.0.0.1:6379 or [::1]:6379";
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']').ok_or(EXPECTED)?;
            host.parse::<std::net::Ipv6Addr>().map_err(|_| EXPECTED)?;
            (host, if after.is_empty() { None } else { Some(after.strip_prefix(':').ok_or(EXPECTED)?) })
        }
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    if host.is_empty() || !host.chars().all(fits) {
        return Err(EXPECTED);
    }
    let port = port.map_or(Ok(usual_port), str::parse).map_err(|_| EXPECTED)?;
    Ok(Place::Tcp { host: host.to_owned(), port })
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } if host.contains(':') => write!(f, "[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "{host}:{port}"),
            Self::Socket(path) => write!(f, "{}", path.display()),
        }
    }
}
