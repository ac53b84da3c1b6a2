//! Faults of a node, its files and its network: real processes that are stopped, killed, starved and misled.

mod clock;
mod connections;
mod logouts;
mod redis;
mod registrations;
mod restarts;
mod sqlite;
mod stops;
