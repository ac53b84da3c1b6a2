//! How many connections a process opens.

use std::thread::available_parallelism;

/// Connections beside those of readers and writers: one for searches, and one that watches for changes.
const OTHERS: u32 = 2;

/// For each core, by default: a write on PostgreSQL waits for answers most of its time.
const READERS_PER_CORE: u32 = 2;
const WRITERS_PER_CORE: u32 = 8;

/// Connections of a process to its database, at most; each is opened when it is first needed. On SQLite there is one
/// writer, whatever this says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSize {
    /// Reads at once, searches apart.
    pub readers: u32,
    /// Writes at once.
    pub writers: u32,
}

impl PoolSize {
    /// Fewest and most connections.
    pub const BOUNDS: (u32, u32) = (6, 500);

    /// Divides connections: one of five for readers.
    pub fn of(connections: u32) -> Self {
        let shared = connections.clamp(Self::BOUNDS.0, Self::BOUNDS.1) - OTHERS;
        let readers = (shared / 5).max(1);
        Self { readers, writers: shared - readers }
    }

    /// The default for a machine with so many cores: PostgreSQL allows 100 connections by default, and
    /// there may be two nodes.
    fn of_cores(cores: u32) -> Self {
        let cores = cores.clamp(2, 4);
        Self { readers: READERS_PER_CORE * cores, writers: WRITERS_PER_CORE * cores }
    }

    /// All connections.
    pub fn connections(self) -> u32 {
        self.readers + self.writers + OTHERS
    }
}

impl Default for PoolSize {
    fn default() -> Self {
        let cores = available_parallelism().map_or(2, usize::from);
        Self::of_cores(u32::try_from(cores).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_grows_with_the_cores_within_what_a_server_allows() {
        let connections = [1, 2, 3, 4, 64].map(|cores| PoolSize::of_cores(cores).connections());
        assert_eq!(connections, [22, 22, 32, 42, 42]);
    }

    #[test]
    fn all_connections_are_used_and_readers_and_writers_have_some() {
        for connections in [6, 7, 22, 100, 500] {
            let size = PoolSize::of(connections);
            assert_eq!(size.connections(), connections);
            assert!(size.readers >= 1 && size.writers >= 3, "{size:?}");
        }
        assert_eq!(PoolSize::of(22), PoolSize::of_cores(2));
        assert_eq!(PoolSize::of(0).connections(), 6);
    }
}
