//! Redis in the forms that people run it in: one server, a master chosen by sentinels, a cluster.
//!
//! All of them are asked in the same way: a command, and the key that it is about. A command that goes astray is sent once
//! more, so each must do no harm when it is done twice.

mod access;
mod client;
mod cluster;
mod gather;
mod link;
mod place;
mod role;
mod sentinel;
mod slots;
mod url;
mod view;

pub use access::TlsFiles;
pub use client::Redis;
pub use place::{Expected, Place};
pub use url::{Form, Target};
pub use view::View;
