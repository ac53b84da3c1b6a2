//! Faults that take long or hurt a machine: `tests/run --faults` runs them, one at a time.

mod sqlite;
