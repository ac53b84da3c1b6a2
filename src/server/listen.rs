//! Where the server listens, and how much time and memory a connection may take.

use std::net::TcpListener;
use std::time::Duration;

use super::error::StartError;

/// The time limit for receiving a request's head.
pub(super) const HEAD_DEADLINE: Duration = Duration::from_secs(5);
pub(super) const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// The time limit for the client to read any part of a response.
const READ_BY_OTHERS_WITHIN: Duration = Duration::from_secs(20);

/// How long a client may take for a part of a response (16 kB) before it is let go.
pub(super) const SLOW_READERS: Duration = Duration::from_secs(30);

/// What the kernel holds of responses for one client. With more, it would take minutes until a slow client that goes on
/// reading is seen to read.
const SEND_BUFFER: usize = 64 * 1024;

pub(super) fn bind(setting: &'static str, address: &str) -> Result<TcpListener, StartError> {
    let bound = TcpListener::bind(address).and_then(|listener| limit_waiting(&listener).map(|()| listener));
    bound.map_err(|error| StartError::Listen(setting, address.to_owned(), error))
}

/// The kernel closes a connection whose client reads nothing of a response for this long (RFC 5482).
#[cfg(target_os = "linux")]
fn limit_waiting(listener: &TcpListener) -> std::io::Result<()> {
    let socket = socket2::SockRef::from(listener);
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_tcp_user_timeout(Some(READ_BY_OTHERS_WITHIN))
}

#[cfg(not(target_os = "linux"))]
fn limit_waiting(_: &TcpListener) -> std::io::Result<()> {
    Ok(())
}
