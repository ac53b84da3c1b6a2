//! Work that queues: SQL and password hashing.

use std::time::Instant;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

use crate::platform::traces::{Span, SpanKind};

use super::labels::Access;
use super::registry::metrics;

#[derive(Clone, Copy, Debug)]
pub enum Work {
    SqlRead,
    SqlWrite,
    Hashing,
}

#[derive(Clone, Copy, Debug)]
struct WorkMetrics {
    wait: &'static Histogram,
    duration: &'static Histogram,
    waiting: &'static Gauge,
    refused: &'static Counter,
}

impl Work {
    /// Covers the wait and the work.
    fn span(self) -> Span {
        match self {
            Work::SqlRead => Span::within(SpanKind::Client, || "SQL read"),
            Work::SqlWrite => Span::within(SpanKind::Client, || "SQL write"),
            Work::Hashing => Span::within(SpanKind::Internal, || "hashing"),
        }
    }

    fn metrics(self) -> Option<WorkMetrics> {
        let metrics = metrics()?;
        let sql = |access| WorkMetrics {
            wait: metrics.sql_wait(access),
            duration: metrics.sql_duration(access),
            waiting: metrics.sql_waiting(access),
            refused: metrics.sql_refused(access),
        };
        Some(match self {
            Work::SqlRead => sql(Access::Read),
            Work::SqlWrite => sql(Access::Write),
            Work::Hashing => WorkMetrics {
                wait: metrics.hashing_wait(),
                duration: metrics.hashing_duration(),
                waiting: metrics.hashing_waiting(),
                refused: metrics.hashing_refused(),
            },
        })
    }
}

/// Measures the wait. Dropped before `over`, it counts as rejected.
#[derive(Debug)]
pub struct QueueTimer {
    since: Option<Since>,
    span: Option<Span>,
}

/// Measures the work until it is dropped.
#[derive(Debug)]
pub struct WorkTimer {
    since: Option<Since>,
    _span: Option<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Since {
    metrics: WorkMetrics,
    started: Instant,
}

pub fn waiting_for(work: Work) -> QueueTimer {
    let since = work.metrics().map(|metrics| {
        metrics.waiting.inc();
        Since { metrics, started: Instant::now() }
    });
    QueueTimer { since, span: Some(work.span()) }
}

impl QueueTimer {
    /// The wait is over and the work begins.
    pub fn over(mut self) -> WorkTimer {
        let since = self.since.take().map(|Since { metrics, started }| {
            metrics.waiting.dec();
            let now = Instant::now();
            metrics.wait.observe((now - started).as_secs_f64());
            Since { metrics, started: now }
        });
        let span = self.span.take().inspect(|span| span.note("its turn"));
        WorkTimer { since, _span: span }
    }
}

impl Drop for QueueTimer {
    fn drop(&mut self) {
        if let Some(span) = &self.span {
            span.fail("no_turn");
        }
        if let Some(Since { metrics, .. }) = self.since {
            metrics.waiting.dec();
            metrics.refused.inc();
        }
    }
}

impl Drop for WorkTimer {
    fn drop(&mut self) {
        if let Some(Since { metrics, started }) = self.since {
            metrics.duration.observe(started.elapsed().as_secs_f64());
        }
    }
}
