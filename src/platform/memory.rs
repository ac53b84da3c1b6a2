//! How much memory this process may use.

use std::fs;
use std::path::Path;

/// Bytes of memory that the process may use: those of the machine, or of its control group if that has fewer. None where
/// the system does not tell.
pub fn usable() -> Option<u64> {
    let machine = machine(&fs::read_to_string("/proc/meminfo").ok()?)?;
    let own = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let limit = limit(Path::new("/sys/fs/cgroup"), &own);
    Some(limit.map_or(machine, |limit| limit.min(machine)))
}

/// The total of `/proc/meminfo`, which is in kibibytes.
fn machine(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}

/// The lowest limit of the process's control group and those above it, by `/proc/self/cgroup` (cgroups(7), both versions).
/// A container sees its own group as the root.
fn limit(root: &Path, own: &str) -> Option<u64> {
    let of_memory = |line: &&str| line.starts_with("0::") || line.split(':').nth(1) == Some("memory");
    let path = own.lines().find(of_memory).and_then(|line| line.splitn(3, ':').nth(2)).unwrap_or("/");
    let groups = [(root.to_owned(), "memory.max"), (root.join("memory"), "memory.limit_in_bytes")];
    let limits = groups.into_iter().flat_map(|(root, file)| {
        let relative = Path::new(path.trim_start_matches('/'));
        let above: Vec<_> = relative.ancestors().map(|part| root.join(part).join(file)).collect();
        above.into_iter().filter_map(|file| fs::read_to_string(file).ok()?.trim().parse::<u64>().ok())
    });
    limits.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_limit_of_the_groups_counts() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let own = "0::/system.slice/munjigi.service\n";
        assert_eq!(limit(root, own), None);
        fs::create_dir_all(root.join("system.slice/munjigi.service")).unwrap();
        fs::write(root.join("system.slice/munjigi.service/memory.max"), "max\n").unwrap();
        assert_eq!(limit(root, own), None, "without a limit of its own");
        fs::write(root.join("system.slice/memory.max"), "2000000000\n").unwrap();
        assert_eq!(limit(root, own), Some(2_000_000_000), "that of the slice");
        fs::write(root.join("system.slice/munjigi.service/memory.max"), "500000000\n").unwrap();
        assert_eq!(limit(root, own), Some(500_000_000));
        fs::write(root.join("memory.max"), "300000000\n").unwrap();
        assert_eq!(limit(root, "0::/\n"), Some(300_000_000), "in a container");
    }

    #[test]
    fn the_first_version_of_control_groups_is_read_as_well() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("memory/docker/1f")).unwrap();
        fs::write(folder.path().join("memory/docker/1f/memory.limit_in_bytes"), "400000000\n").unwrap();
        fs::write(folder.path().join("memory/memory.limit_in_bytes"), "9223372036854771712\n").unwrap();
        let own = "12:cpu:/docker/1f\n9:memory:/docker/1f\n";
        assert_eq!(limit(folder.path(), own), Some(400_000_000));
    }

    #[test]
    fn the_memory_of_the_machine_is_read() {
        assert_eq!(machine("MemTotal:       16384 kB\nMemFree: 1 kB\n"), Some(16 * 1024 * 1024));
        assert!(usable().is_none_or(|bytes| bytes > 100_000_000));
    }
}
