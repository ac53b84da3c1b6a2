//! Work that waits for its turn: SQL and hashing.

use std::time::Instant;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::platform::traces::{Span, SpanKind};

use super::{BOUNDS, Label, figures, register_times, seconds};

#[derive(Clone, Copy, Debug)]
pub enum Work {
    SqlRead,
    SqlWrite,
    Hashing,
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
}

#[derive(Debug)]
struct Turns {
    waits: Histogram,
    durations: Histogram,
    waiting: Gauge,
    refused: Counter,
}

pub(super) struct AllTurns([Turns; 3]);

impl AllTurns {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let waits = register_times(registry, "sql_wait", "Waits for a turn to ask SQL");
        let durations = register_times(registry, "sql_duration", "Work in SQL, once it was its turn");
        let waiting = Family::<[Label; 1], Gauge>::default();
        let refused = Family::<[Label; 1], Counter>::default();
        registry.register("sql_waiting", "Work that waits for a turn to ask SQL", waiting.clone());
        registry.register("sql_refused", "Work for SQL whose turn did not come in time", refused.clone());
        let sql = |access| {
            let access = [("access", access)];
            Turns {
                waits: waits.get_or_create_owned(&access),
                durations: durations.get_or_create_owned(&access),
                waiting: waiting.get_or_create_owned(&access),
                refused: refused.get_or_create_owned(&access),
            }
        };
        Self([sql("read"), sql("write"), Turns::of_hashing(registry)])
    }
}

impl Turns {
    fn of_hashing(registry: &mut Registry) -> Self {
        let turns = Self {
            waits: Histogram::new(BOUNDS),
            durations: Histogram::new(BOUNDS),
            waiting: Gauge::default(),
            refused: Counter::default(),
        };
        let (waits, durations) = (turns.waits.clone(), turns.durations.clone());
        registry.register_with_unit("hashing_wait", "Waits for a turn to hash", Unit::Seconds, waits);
        registry.register_with_unit("hashing_duration", "Hashing, once begun", Unit::Seconds, durations);
        registry.register("hashing_waiting", "Passwords that wait for a turn", turns.waiting.clone());
        registry.register(
            "hashing_refused",
            "Passwords whose turn did not come in time",
            turns.refused.clone(),
        );
        turns
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
    turns: &'static Turns,
    started: Instant,
}

pub fn waiting_for(work: Work) -> Waiting {
    let turns = figures().map(|figures| &figures.turns.0[work as usize]);
    let since = turns.map(|turns| {
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
            turns.waits.observe(seconds(now - started));
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
            turns.durations.observe(seconds(started.elapsed()));
        }
    }
}
