//! Masters and primaries that die, hang, resume and hand over: users stay signed in, and revoked sessions stay revoked.

mod cluster;
mod load;
mod sentinel;
