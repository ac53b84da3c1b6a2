//! Where the server listens, and how long a connection may take nothing of its answer.

use std::net::TcpListener;
use std::time::Duration;

use super::error::StartError;

/// A request's head must be there within this.
pub(super) const HEAD_DEADLINE: Duration = Duration::from_secs(5);
pub(super) const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// Something of an answer must have been taken by the other end within this.
const READ_BY_OTHERS_WITHIN: Duration = Duration::from_secs(20);

pub(super) fn bind(setting: &'static str, address: &str) -> Result<TcpListener, StartError> {
    let bound = TcpListener::bind(address).and_then(|listener| limit_waiting(&listener).map(|()| listener));
    bound.map_err(|error| StartError::Listen(setting, address.to_owned(), error))
}

/// A connection whose other end takes nothing of an answer for so long is closed by the kernel (RFC 5482).
#[cfg(target_os = "linux")]
fn limit_waiting(listener: &TcpListener) -> std::io::Result<()> {
    socket2::SockRef::from(listener).set_tcp_user_timeout(Some(READ_BY_OTHERS_WITHIN))
}

#[cfg(not(target_os = "linux"))]
fn limit_waiting(_: &TcpListener) -> std::io::Result<()> {
    Ok(())
}
