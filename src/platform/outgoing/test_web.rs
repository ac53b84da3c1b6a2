//! The web as tests know it.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};

use super::trust::Trust;

/// Names with their addresses, and one server that stands at all of them.
#[derive(Clone, Debug)]
pub struct TestWeb {
    pub names: HashMap<String, IpAddr>,
    pub server: SocketAddr,
    /// The authority of its certificate.
    pub trust: Trust,
}
