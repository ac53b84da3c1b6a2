//! What the system knows of the process, by the names that all exporters use.

use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;

#[derive(Debug)]
pub(super) struct Process {
    /// Seconds since 1970-01-01 UTC.
    pub(super) started_at: i64,
}

#[cfg(not(target_os = "linux"))]
impl Collector for Process {
    fn encode(&self, _: DescriptorEncoder<'_>) -> std::fmt::Result {
        Ok(())
    }
}

#[cfg(target_os = "linux")]
impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> std::fmt::Result {
        use prometheus_client::encoding::EncodeMetric;
        use prometheus_client::metrics::{counter::ConstCounter, gauge::ConstGauge};

        // What cannot be read is left out.
        let Ok(known) = Known::read() else { return Ok(()) };
        let mut tell = |name: &str, help: &str, metric: &dyn EncodeMetric| {
            metric.encode(encoder.encode_descriptor(name, help, None, metric.metric_type())?)
        };
        tell("process_cpu_seconds", "Time on a core", &ConstCounter::new(known.cpu_seconds))?;
        tell("process_resident_memory_bytes", "Memory in use", &ConstGauge::new(known.resident_bytes))?;
        tell("process_open_fds", "Open files and connections", &ConstGauge::new(known.open_files))?;
        tell("process_max_fds", "How many there may be", &ConstGauge::new(known.most_files))?;
        tell("process_threads", "Threads", &ConstGauge::new(known.threads))?;
        tell("process_start_time_seconds", "When it was started", &ConstGauge::new(self.started_at))
    }
}

#[cfg(target_os = "linux")]
struct Known {
    cpu_seconds: f64,
    resident_bytes: u64,
    open_files: u64,
    most_files: u64,
    threads: i64,
}

#[cfg(target_os = "linux")]
impl Known {
    fn read() -> procfs::ProcResult<Self> {
        use procfs::WithCurrentSystemInfo;
        use procfs::process::{LimitValue, Process};

        let process = Process::myself()?;
        let stat = process.stat()?;
        let ticks = procfs::ticks_per_second() as f64;
        let most_files = match process.limits()?.max_open_files.soft_limit {
            LimitValue::Value(most) => most,
            LimitValue::Unlimited => u64::from(u32::MAX),
        };
        Ok(Self {
            cpu_seconds: (stat.utime + stat.stime) as f64 / ticks,
            resident_bytes: stat.rss_bytes().get(),
            open_files: process.fd_count()? as u64,
            most_files,
            threads: stat.num_threads,
        })
    }
}
