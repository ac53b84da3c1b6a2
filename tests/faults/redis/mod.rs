//! Masters and primaries that die, hang, wake up again and hand over: people stay signed in, and who is out stays out.

mod cluster;
mod load;
mod sentinel;
