//! Requests whose first line is a whole address, as to a forward proxy (RFC 9112, 3.2.2). A server takes the host from
//! there and ignores `Host`; a proxy that passes `Host` on lets the two differ.

use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// The last connector of a chain: it writes scheme and authority into each request line.
#[derive(Debug)]
pub struct AbsoluteForm;

impl<In: Transport> Connector<In> for AbsoluteForm {
    type Out = Absolute<In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let (scheme, authority) = (details.uri.scheme_str(), details.uri.authority());
        let origin =
            format!("{}://{}", scheme.unwrap_or("https"), authority.map_or("", |name| name.as_str()));
        Ok(chained.map(|inner| Absolute { inner, origin }))
    }
}

#[derive(Debug)]
pub struct Absolute<T> {
    inner: T,
    /// Scheme and authority.
    origin: String,
}

impl<T: Transport> Transport for Absolute<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        const BEFORE: &[u8] = b"GET ";
        let output = self.inner.buffers().output();
        let longer = amount + self.origin.len();
        if !output.starts_with(BEFORE) || longer > output.len() {
            return self.inner.transmit_output(amount, timeout);
        }
        let end = BEFORE.len() + self.origin.len();
        output.copy_within(BEFORE.len()..amount, end);
        output[BEFORE.len()..end].copy_from_slice(self.origin.as_bytes());
        self.inner.transmit_output(longer, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
