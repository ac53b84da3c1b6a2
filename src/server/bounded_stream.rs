//! A connection that holds little memory: nothing is read from a client that does not read, and one that reads too
//! slowly is let go.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// Bytes that are read before requests among them are answered. The parser makes a request of every head in what it has, and
/// one takes about 6 kB for 35 bytes.
const READ_AT_ONCE: usize = 2 * 1024;

/// A client reads at least this much of its responses in each period of `patience`.
const READ_BY_CLIENT: usize = 16 * 1024;

pub(super) struct BoundedStream<T> {
    io: T,
    patience: Duration,
    /// Bytes read since the connection was last idle or waited.
    read: usize,
    /// Whether something was read since the last response.
    is_asked: bool,
    /// Whether the client has sent more than one request, or one in parts, before a response.
    pipelines: bool,
    /// Whether something was written since the last flush.
    wrote: bool,
    /// Set while the client does not take what is written.
    stall: Option<Stall>,
    /// The task that waits to read until the client has read.
    waiting: Option<Waker>,
}

struct Stall {
    until: Pin<Box<Sleep>>,
    /// Bytes that the client took in this period.
    taken: usize,
}

impl<T> BoundedStream<T> {
    pub fn new(io: T, patience: Duration) -> Self {
        Self {
            io,
            patience,
            read: 0,
            is_asked: false,
            pipelines: false,
            wrote: false,
            stall: None,
            waiting: None,
        }
    }

    /// Whether the client may take more time.
    fn poll_patience(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let patience = self.patience;
        let stall = self.stall.get_or_insert_with(|| Stall {
            until: Box::pin(sleep_until(Instant::now() + patience)),
            taken: 0,
        });
        while stall.until.as_mut().poll(cx).is_ready() {
            if stall.taken < READ_BY_CLIENT {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "the client reads too slowly"));
            }
            stall.taken = 0;
            stall.until.as_mut().reset(Instant::now() + patience);
        }
        Ok(())
    }
}

/// Whether it is the head of one request and nothing else. A false no costs time alone.
fn is_one_head(bytes: &[u8]) -> bool {
    const END: &[u8] = b"\n\r\n";
    memchr::memmem::find(bytes, END).is_some_and(|at| at + END.len() == bytes.len())
}

impl<T: AsyncRead + Unpin> AsyncRead for BoundedStream<T> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.stall.is_some() {
            this.waiting = Some(cx.waker().clone());
            return Poll::Pending;
        }
        if this.read >= READ_AT_ONCE {
            // Requests read so far are answered before the next turn.
            this.read = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let length = buf.remaining().min(READ_AT_ONCE - this.read);
        let mut part = ReadBuf::new(buf.initialize_unfilled_to(length));
        let read = Pin::new(&mut this.io).poll_read(cx, &mut part);
        let count = part.filled().len();
        if count > 0 {
            this.pipelines |= this.is_asked || !is_one_head(part.filled());
            this.is_asked = true;
        }
        buf.advance(count);
        this.read = if read.is_pending() { 0 } else { this.read + count };
        read
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for BoundedStream<T> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match Pin::new(&mut this.io).poll_write(cx, buf) {
            Poll::Ready(Ok(count)) => {
                (this.wrote, this.is_asked) = (true, false);
                if let Some(stall) = &mut this.stall {
                    stall.taken += count;
                }
                Poll::Ready(Ok(count))
            }
            Poll::Pending => {
                this.poll_patience(cx).map_or_else(|error| Poll::Ready(Err(error)), |()| Poll::Pending)
            }
            failed => failed,
        }
    }

    /// Called once everything is written.
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.stall = None;
        if let Some(waiting) = this.waiting.take() {
            waiting.wake();
        }
        // The parser takes no more while 16 requests are queued, and asks for no turn once these are answered. A turn costs
        // as much as a check of a session, so clients that wait for each response are spared it.
        if std::mem::take(&mut this.wrote) && this.pipelines {
            cx.waker().wake_by_ref();
        }
        Pin::new(&mut this.io).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::timeout;

    const PATIENCE: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn a_client_that_reads_nothing_or_a_byte_now_and_then_is_let_go() {
        for taken in [0, 1] {
            let (near, mut far) = duplex(1024);
            let mut stream = BoundedStream::new(near, PATIENCE);
            let reader = tokio::spawn(async move {
                let mut bytes = vec![0; taken];
                loop {
                    tokio::time::sleep(PATIENCE / 10).await;
                    if far.read_exact(&mut bytes).await.is_err() {
                        break;
                    }
                }
            });
            let written = timeout(PATIENCE * 10, stream.write_all(&[0; 1 << 20])).await.unwrap();
            assert_eq!(written.unwrap_err().kind(), io::ErrorKind::TimedOut);
            reader.abort();
        }
    }

    #[tokio::test]
    async fn a_slow_client_that_goes_on_reading_gets_everything() {
        let (near, mut far) = duplex(1024);
        let mut stream = BoundedStream::new(near, PATIENCE);
        let reader = tokio::spawn(async move {
            let (mut bytes, mut read) = (vec![0; 1024], 0);
            while let Ok(count @ 1..) = far.read(&mut bytes).await {
                read += count;
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            read
        });
        stream.write_all(&[0; 256 * 1024]).await.unwrap();
        drop(stream);
        assert_eq!(reader.await.unwrap(), 256 * 1024);
    }

    #[tokio::test]
    async fn nothing_is_read_from_a_client_that_does_not_read() {
        let (near, mut far) = duplex(1024);
        let mut stream = BoundedStream::new(near, PATIENCE * 100);
        far.write_all(b"one").await.unwrap();
        let mut bytes = [0; 3];
        stream.read_exact(&mut bytes).await.unwrap();
        let blocked = timeout(PATIENCE, stream.write_all(&[0; 4096])).await;
        assert!(blocked.is_err());
        far.write_all(b"two").await.unwrap();
        assert!(timeout(PATIENCE, stream.read_exact(&mut bytes)).await.is_err());
        far.read_exact(&mut [0; 1024]).await.unwrap();
        stream.flush().await.unwrap();
        stream.read_exact(&mut bytes).await.unwrap();
        assert_eq!(&bytes, b"two");
    }
}
