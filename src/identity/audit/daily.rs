//! Counts of each day (UTC) for the staff's overview: a few rows a day, so that no page counts events or users.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use diesel::prelude::*;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, delete_until};
use crate::platform::schema::daily_counts::{self, dsl};

const DAY: i64 = 86_400;
/// Days for which counts are stored.
const RETENTION: i64 = 400;

/// What is counted. Stored by its name in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Counter {
    Registered,
    SignedInByPassword,
    SignedInByTwoSteps,
    SignedInByPasskey,
    SignedInByLink,
    SignedInByProvider,
    SignInFailed,
    /// Not tried at all, after too many failures.
    SignInRefused,
}

impl Counter {
    pub const WAYS: [Self; 5] = [
        Self::SignedInByTwoSteps,
        Self::SignedInByPasskey,
        Self::SignedInByPassword,
        Self::SignedInByLink,
        Self::SignedInByProvider,
    ];
}

/// The counts of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DailyCounts {
    /// Days since 1970-01-01.
    pub day: i64,
    counts: [i64; Counter::VARIANTS.len()],
}

impl DailyCounts {
    pub fn get(&self, counter: Counter) -> i64 {
        self.counts[counter as usize]
    }

    /// Sign-ins by any way.
    pub fn signed_in(&self) -> i64 {
        Counter::WAYS.iter().map(|way| self.get(*way)).sum()
    }
}

/// The day of a moment.
pub fn day_of(at: Timestamp) -> i64 {
    at.div_euclid(DAY)
}

/// The first second of a day.
pub fn start_of(day: i64) -> Timestamp {
    day * DAY
}

/// What was counted, by day and counter.
pub(in crate::identity) type Counts = BTreeMap<(i64, &'static str), i64>;

/// What this process has counted since it last stored it: no write waits for a row that all others count in, and what
/// an attacker makes happen as often as they like costs no write. A process that dies loses it.
#[derive(Default)]
pub struct Tally {
    counts: Mutex<Counts>,
}

impl Tally {
    pub(in crate::identity) fn count(&self, at: Timestamp, counter: Counter) {
        self.put_back(Counts::from([((day_of(at), counter.into()), 1)]));
    }

    /// Takes all, to store them.
    pub(in crate::identity) fn take(&self) -> Counts {
        std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts back those that could not be stored.
    pub(in crate::identity) fn put_back(&self, counts: Counts) {
        let mut all = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, n) in counts {
            *all.entry(key).or_default() += n;
        }
    }
}

/// Adds to the stored counters. Takes the rows in one order, as every other process does.
pub(in crate::identity) fn store(conn: &mut Conn, counts: &Counts) -> Result<(), DbError> {
    if counts.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = counts.iter().map(|((day, name), n)| format!("({day}, '{name}', {n})")).collect();
    let added = format!(
        "INSERT INTO daily_counts (day, name, count) VALUES {}
         ON CONFLICT (day, name) DO UPDATE SET count = daily_counts.count + excluded.count",
        rows.join(", ")
    );
    diesel::sql_query(added).execute(conn)?;
    Ok(())
}

/// The last `days` days up to now, the oldest first; one without rows has zeros.
pub(super) fn last(conn: &mut Conn, days: i64, now: Timestamp) -> Result<Vec<DailyCounts>, DbError> {
    let first = day_of(now) - days + 1;
    let rows: Vec<(i64, String, i64)> =
        daily_counts::table.filter(dsl::day.between(first, day_of(now))).load(conn)?;
    let mut counts: Vec<DailyCounts> =
        (first..=day_of(now)).map(|day| DailyCounts { day, ..DailyCounts::default() }).collect();
    for (day, name, count) in rows {
        // A later version may count more.
        let (Ok(place), Ok(counter)) = (usize::try_from(day - first), name.parse::<Counter>()) else {
            continue;
        };
        counts[place].counts[counter as usize] = count;
    }
    Ok(counts)
}

/// Deletes at most `most` counts of days long past; returns how many.
pub(in crate::identity) fn purge(conn: &mut Conn, now: Timestamp, most: i64) -> Result<usize, DbError> {
    delete_until(conn, ("daily_counts", "day"), day_of(now) - RETENTION - 1, most)
}
