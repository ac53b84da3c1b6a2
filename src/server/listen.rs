//! Where the server listens, and how much time and memory a connection may take.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
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

/// How long the handshake of a new connection may take when the server stops.
const HANDSHAKE: Duration = Duration::from_millis(5);

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

/// Another handle to the socket where the server listens. With the socket, the kernel resets the connections that wait there to
/// be accepted, and actix drops those that wait for a worker: a proxy may have sent a form into them, which it must not repeat.
#[derive(Clone)]
pub(super) struct Listening(Arc<Mutex<Option<TcpListener>>>);

impl Listening {
    pub fn on(listener: &TcpListener) -> std::io::Result<Self> {
        Ok(Self(Arc::new(Mutex::new(Some(listener.try_clone()?)))))
    }

    /// Gives up the handle, so that the socket closes with the server's own.
    pub fn release(&self) -> Option<TcpListener> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Begins no further connection and waits until those begun are accepted, then gives up the handle. A client that is not
    /// answered asks again a second later: it is refused, or reaches the next process.
    pub async fn wind_down(&self) {
        if let Some(listener) = self.release()
            && ignore_new(&listener).is_ok()
        {
            tokio::time::sleep(HANDSHAKE).await;
        }
    }
}

/// The kernel drops segments that open a connection: SYN without ACK (RFC 9293 §3.1).
#[cfg(target_os = "linux")]
fn ignore_new(listener: &TcpListener) -> std::io::Result<()> {
    use socket2::SockFilter;
    const LOAD_BYTE: u16 = 0x30;
    const AND: u16 = 0x54;
    const SKIP_UNLESS_EQUAL: u16 = 0x15;
    const RETURN: u16 = 0x06;
    const FLAGS_AT: u32 = 13;
    const SYN: u32 = 0x02;
    const ACK: u32 = 0x10;
    socket2::SockRef::from(listener).attach_filter(&[
        SockFilter::new(LOAD_BYTE, 0, 0, FLAGS_AT),
        SockFilter::new(AND, 0, 0, SYN | ACK),
        SockFilter::new(SKIP_UNLESS_EQUAL, 0, 1, SYN),
        SockFilter::new(RETURN, 0, 0, 0),
        SockFilter::new(RETURN, 0, 0, u32::MAX),
    ])
}

#[cfg(not(target_os = "linux"))]
fn ignore_new(_: &TcpListener) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn connections_begun_are_accepted_and_no_further_one_begins() {
        assert!(TcpListener::bind("127.0.0.1:0").is_ok());
        for address in ["127.0.0.1:0", "[::1]:0"] {
            // Not every machine has IPv6.
            let Ok(listener) = TcpListener::bind(address) else { continue };
            let address = listener.local_addr().unwrap();
            let begun = TcpStream::connect(address).unwrap();
            let listening = Listening::on(&listener).unwrap();
            listening.wind_down().await;
            let further = TcpStream::connect_timeout(&address, Duration::from_millis(300));
            assert_eq!(further.unwrap_err().kind(), std::io::ErrorKind::TimedOut, "{address}");
            assert_eq!(listener.accept().unwrap().1, begun.local_addr().unwrap());
            assert!(listening.release().is_none());
            drop(listener);
            let refused = TcpStream::connect_timeout(&address, Duration::from_millis(300));
            assert_eq!(refused.unwrap_err().kind(), std::io::ErrorKind::ConnectionRefused, "{address}");
        }
    }
}
