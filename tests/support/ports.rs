//! Ports for servers that are given theirs before they start.
//!
//! A port that the system gives for `bind(0)` may be given again to another test, or to an outgoing
//! connection, before the server that it is meant for listens on it; that server then fails, and its
//! test talks to another server. So these lie below the range that the system gives from, and each
//! process of tests has some to itself.

use std::fs::File;
use std::net::TcpListener;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Ports of one process of tests.
const BLOCK: u16 = 1_000;
/// The lowest port given. Below are those of services that the machine may run.
const LOWEST: u16 = 10_000;
/// Where the system's own range begins on most machines.
const USUAL_END: u16 = 32_768;

/// The ports of this process and the next one to give, with the lock by which they are its own.
struct Block {
    first: u16,
    next: u16,
    _lock: File,
}

static OWN: LazyLock<Mutex<Block>> = LazyLock::new(|| Mutex::new(Block::lock()));

/// A port on which nothing listens, and which no other test gets until a thousand were given.
pub fn free_port() -> u16 {
    let mut block = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    for _ in 0..BLOCK {
        let port = block.first + block.next;
        block.next = (block.next + 1) % BLOCK;
        if TcpListener::bind(("0.0.0.0", port)).is_ok() {
            return port;
        }
    }
    panic!("every port from {} on is taken", block.first)
}

impl Block {
    /// Takes the first block that no other process holds.
    fn lock() -> Self {
        let range = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
        let low = range.split_whitespace().next().and_then(|low| low.parse().ok());
        // Where the system's own range leaves no block below it, one process of tests still takes nothing from another.
        let end = low.filter(|low| *low >= LOWEST + BLOCK).unwrap_or(USUAL_END);
        for first in (LOWEST..=end - BLOCK).step_by(usize::from(BLOCK)) {
            let lock = File::create(std::env::temp_dir().join(format!("munjigi-test-ports-{first}")));
            if let Ok(lock) = lock
                && lock.try_lock().is_ok()
            {
                return Self { first, next: 0, _lock: lock };
            }
        }
        panic!("no ports are left between {LOWEST} and {end}")
    }
}
