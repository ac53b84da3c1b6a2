//! Metrics of the process itself, under the names that all exporters use. Values that cannot be read are left out.

use prometheus_client::registry::Registry;

use crate::platform::clock::Timestamp;

#[cfg(not(target_os = "linux"))]
pub(super) fn registry(_: Timestamp) -> Registry {
    Registry::default()
}

#[cfg(target_os = "linux")]
pub(super) fn registry(started_at: Timestamp) -> Registry {
    read(started_at).unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn read(started_at: Timestamp) -> procfs::ProcResult<Registry> {
    use procfs::WithCurrentSystemInfo;
    use procfs::process::{LimitValue, Process};
    use prometheus_client::metrics::{counter::ConstCounter, gauge::ConstGauge};

    let process = Process::myself()?;
    let stat = process.stat()?;
    let cpu_seconds = (stat.utime + stat.stime) as f64 / procfs::ticks_per_second() as f64;
    let open_files = process.fd_count()? as u64;
    let max_files = match process.limits()?.max_open_files.soft_limit {
        LimitValue::Value(max) => max,
        LimitValue::Unlimited => u64::from(u32::MAX),
    };
    let mut registry = Registry::default();
    registry.register("process_cpu_seconds", "CPU time used", ConstCounter::new(cpu_seconds));
    let memory = ConstGauge::new(stat.rss_bytes().get());
    registry.register("process_resident_memory_bytes", "Resident memory", memory);
    registry.register("process_open_fds", "Open file descriptors", ConstGauge::new(open_files));
    registry.register(
        "process_max_fds",
        "Maximum number of open file descriptors",
        ConstGauge::new(max_files),
    );
    registry.register("process_threads", "Threads", ConstGauge::new(stat.num_threads));
    registry.register(
        "process_start_time_seconds",
        "Start time in seconds since 1970-01-01 UTC",
        ConstGauge::new(started_at),
    );
    Ok(registry)
}
