//! Where a server is.

use std::net::IpAddr;
use std::path::Path;

/// Folders of the socket: Debian's, then PostgreSQL's own.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// A host, or the folder of a Unix socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    pub name: String,
    /// Where it is, if its name is not to be resolved.
    pub address: Option<IpAddr>,
    pub port: u16,
}

impl Host {
    /// This machine's server, by its socket.
    pub fn local(port: u16) -> Self {
        let has_socket = |folder: &&&str| Path::new(folder).join(format!(".s.PGSQL.{port}")).exists();
        let folder = SOCKET_FOLDERS.iter().find(has_socket).unwrap_or(&SOCKET_FOLDERS[0]);
        Self { name: (*folder).to_owned(), address: None, port }
    }

    pub fn is_socket(&self) -> bool {
        self.address.is_none() && self.name.starts_with('/')
    }

    /// Whether libpq calls it `localhost` in a file of passwords.
    pub fn is_usual_socket(&self) -> bool {
        self.is_socket() && SOCKET_FOLDERS.contains(&&*self.name)
    }
}
