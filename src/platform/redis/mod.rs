//! Redis in three topologies: one server, a master chosen by sentinels, a cluster.
//!
//! All of them have the same interface: a command and the key that it concerns. A command whose reply was lost is sent
//! again, so every command must be idempotent.

mod access;
mod client;
mod cluster;
mod connection;
mod gather;
mod installation;
mod place;
mod role;
mod sentinel;
mod slots;
mod url;
mod view;

pub use access::TlsFiles;
pub use client::Redis;
pub use installation::WriteAccess;
pub use place::{Expected, Place};
pub use url::{Form, RedisUrl};
pub use view::View;
