//! A socket that never blocks in reading and writing, and the wait for it.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

pub struct Socket {
    inner: socket2::Socket,
    /// Whether the last wait has found something to read.
    is_readable: AtomicBool,
    /// Whether the last write found the send buffer full.
    is_full: AtomicBool,
}

impl Socket {
    pub fn new(inner: socket2::Socket) -> io::Result<Self> {
        inner.set_nonblocking(true)?;
        Ok(Self { inner, is_readable: AtomicBool::new(false), is_full: AtomicBool::new(false) })
    }

    /// Blocks this thread until the server has sent something, or takes what it did not take before.
    ///
    /// # Errors
    /// `TimedOut` if it did neither within this time; without one the wait has no end.
    pub fn wait(&self, longest: Option<Duration>) -> io::Result<()> {
        let flags = if self.is_full.swap(false, Ordering::Relaxed) {
            PollFlags::IN | PollFlags::OUT
        } else {
            PollFlags::IN
        };
        let mut fds = [PollFd::new(&self.inner, flags)];
        let longest = longest.and_then(|longest| Timespec::try_from(longest).ok());
        match poll(&mut fds, longest.as_ref()) {
            Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        // An error or the end of the connection is read, too.
        let is_readable = fds[0].revents().intersects(!PollFlags::OUT);
        self.is_readable.store(is_readable, Ordering::Relaxed);
        Ok(())
    }
}

/// A socket for tokio-postgres. It wakes no task: the thread itself waits for the socket.
pub struct Stream(pub Arc<Socket>);

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let socket = &*self.0;
        // A read that would find nothing costs as much as the wait that finds out.
        if !socket.is_readable.swap(false, Ordering::Relaxed) {
            return Poll::Pending;
        }
        let place = buffer.initialize_unfilled();
        match (&socket.inner).read(place) {
            Ok(length) => {
                buffer.advance(length);
                Poll::Ready(Ok(()))
            }
            Err(error) if is_passing(&error) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match (&self.0.inner).write(bytes) {
            Err(error) if is_passing(&error) => {
                self.0.is_full.store(true, Ordering::Relaxed);
                Poll::Pending
            }
            done => Poll::Ready(done),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.inner.shutdown(Shutdown::Write))
    }
}

fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}
