//! Work that waits for its turn: SQL and hashing.

use std::time::Instant;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

use crate::platform::traces::{Span, SpanKind};

use super::figures::figures;
use super::labels::Access;

#[derive(Clone, Copy, Debug)]
pub enum Work {
    SqlRead,
    SqlWrite,
    Hashing,
}

#[derive(Clone, Copy, Debug)]
struct Turns {
    wait: &'static Histogram,
    duration: &'static Histogram,
    waiting: &'static Gauge,
    refused: &'static Counter,
}

impl Work {
    /// From the wait for a turn to the end of the work.
    fn span(self) -> Span {
        match self {
            Work::SqlRead => Span::within(SpanKind::Client, || "SQL read"),
            Work::SqlWrite => Span::within(SpanKind::Client, || "SQL write"),
            Work::Hashing => Span::within(SpanKind::Internal, || "hashing"),
        }
    }

    fn turns(self) -> Option<Turns> {
        let figures = figures()?;
        let sql = |access| Turns {
            wait: figures.sql_wait(access),
            duration: figures.sql_duration(access),
            waiting: figures.sql_waiting(access),
            refused: figures.sql_refused(access),
        };
        Some(match self {
            Work::SqlRead => sql(Access::Read),
            Work::SqlWrite => sql(Access::Write),
            Work::Hashing => Turns {
                wait: figures.hashing_wait(),
                duration: figures.hashing_duration(),
                waiting: figures.hashing_waiting(),
                refused: figures.hashing_refused(),
            },
        })
    }
}

/// Somebody waits from now on. If it is dropped before its turn, none came.
#[derive(Debug)]
pub struct Waiting {
    since: Option<Since>,
    span: Option<Span>,
}

/// Somebody works from now on, until this is dropped.
#[derive(Debug)]
pub struct Working {
    since: Option<Since>,
    _span: Option<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Since {
    turns: Turns,
    started: Instant,
}

pub fn waiting_for(work: Work) -> Waiting {
    let since = work.turns().map(|turns| {
        turns.waiting.inc();
        Since { turns, started: Instant::now() }
    });
    Waiting { since, span: Some(work.span()) }
}

impl Waiting {
    /// The turn has come.
    pub fn over(mut self) -> Working {
        let since = self.since.take().map(|Since { turns, started }| {
            turns.waiting.dec();
            let now = Instant::now();
            turns.wait.observe((now - started).as_secs_f64());
            Since { turns, started: now }
        });
        let span = self.span.take().inspect(|span| span.note("its turn"));
        Working { since, _span: span }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(span) = &self.span {
            span.fail("no_turn");
        }
        if let Some(Since { turns, .. }) = self.since {
            turns.waiting.dec();
            turns.refused.inc();
        }
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        if let Some(Since { turns, started }) = self.since {
            turns.duration.observe(started.elapsed().as_secs_f64());
        }
    }
}
