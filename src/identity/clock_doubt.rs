//! Whether the clock may be trusted when rows are deleted for good. A clock that is far ahead of the last clean-up is
//! doubted for a day, in case it is corrected.

use super::audit::AuditLog;
use super::marks;
use super::unit_of_work::{Failure, System, Writer};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::outage::Outage;

const DAY: i64 = 24 * 3600;
/// Seconds after the last clean-up for which the clock is not doubted.
const PLAUSIBLE: i64 = DAY;
/// Seconds that a doubted clock must run on without another jump before it is trusted.
const TRIAL: i64 = DAY;

/// When rows were last deleted.
const CLEANED: &str = "cleaned_up";
/// When the clock was first found to be far ahead, and when it was last read since.
const DOUBTED: &str = "clock_doubted";
const READ: &str = "clock_read";

static DOUBT: Outage = Outage::new(
    "expired rows are not deleted: the clock is more than a day ahead of the last clean-up; it is trusted after a day",
    "expired rows are deleted again",
);

/// A clock that is far ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Doubt {
    since: Timestamp,
    read: Timestamp,
}

/// Whether expired rows may be deleted now. What is decided counts for all nodes.
pub async fn is_clock_trusted(writer: &Writer) -> Result<bool, Failure> {
    let decided = writer.write(System, |write| {
        let now = write.now();
        let conn = write.uncached();
        let doubt = judge(now, last_sign(conn)?, doubt(conn)?);
        store(conn, now, doubt)?;
        Ok::<_, Failure>(doubt)
    });
    let doubt = decided.await?;
    match doubt {
        None => DOUBT.worked(),
        Some(_) => DOUBT.failed(&"if the clock is wrong, set it right"),
    }
    Ok(doubt.is_none())
}

/// Whether the clock is far ahead of the last clean-up: what is over by such a clock may not be.
pub fn is_clock_doubted(conn: &mut Conn, now: Timestamp) -> Result<bool, DbError> {
    Ok(is_far_ahead(now, last_sign(conn)?))
}

/// The last clean-up or, before the first one, the newest event.
fn last_sign(conn: &mut Conn) -> Result<Option<Timestamp>, DbError> {
    match marks::get(conn, CLEANED)? {
        None => AuditLog::newest(conn),
        cleaned => Ok(cleaned),
    }
}

fn doubt(conn: &mut Conn) -> Result<Option<Doubt>, DbError> {
    let (since, read) = (marks::get(conn, DOUBTED)?, marks::get(conn, READ)?);
    Ok(since.zip(read).map(|(since, read)| Doubt { since, read }))
}

/// A clock that is behind deletes too little, which harms nothing.
fn judge(now: Timestamp, last_sign: Option<Timestamp>, doubt: Option<Doubt>) -> Option<Doubt> {
    if !is_far_ahead(now, last_sign) {
        return None;
    }
    match doubt {
        Some(Doubt { since, read }) if (read..=read.saturating_add(PLAUSIBLE)).contains(&now) => {
            (now - since < TRIAL).then_some(Doubt { since, read: now })
        }
        // It has jumped.
        _ => Some(Doubt { since: now, read: now }),
    }
}

fn is_far_ahead(now: Timestamp, last_sign: Option<Timestamp>) -> bool {
    last_sign.is_some_and(|last| now > last.saturating_add(PLAUSIBLE))
}

fn store(conn: &mut Conn, now: Timestamp, doubt: Option<Doubt>) -> Result<(), DbError> {
    match doubt {
        None => {
            marks::set(conn, CLEANED, now)?;
            marks::remove(conn, DOUBTED)?;
            marks::remove(conn, READ)
        }
        Some(Doubt { since, read }) => {
            marks::set(conn, DOUBTED, since)?;
            marks::set(conn, READ, read)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;
    const TEN_YEARS: i64 = 3_650 * DAY;

    /// Judges every ten minutes until `until`; how long it took until the clock was trusted.
    fn trusted_after(from: Timestamp, until: Timestamp) -> Option<i64> {
        let mut doubt = None;
        (from..until).step_by(600).find_map(|now| {
            doubt = judge(now, Some(NOW), doubt);
            doubt.is_none().then_some(now - from)
        })
    }

    #[test]
    fn a_clock_that_runs_on_is_trusted() {
        assert_eq!(trusted_after(NOW, NOW + DAY), Some(0));
        assert_eq!(trusted_after(NOW + DAY, NOW + 3 * DAY), Some(0), "a server that was off overnight");
        assert_eq!(trusted_after(NOW - TEN_YEARS, NOW), Some(0), "behind");
        assert_eq!(judge(NOW, None, None), None, "nothing was ever recorded");
    }

    #[test]
    fn a_clock_that_is_far_ahead_is_trusted_after_a_day() {
        assert_eq!(trusted_after(NOW + TEN_YEARS, NOW + TEN_YEARS + DAY), None);
        assert_eq!(trusted_after(NOW + TEN_YEARS, NOW + TEN_YEARS + 2 * DAY), Some(DAY));
        assert_eq!(
            trusted_after(NOW + 30 * DAY, NOW + 40 * DAY),
            Some(DAY),
            "a server that was off for a month"
        );
    }

    #[test]
    fn a_jump_within_the_trial_begins_it_anew() {
        let doubt = judge(NOW + 2 * DAY, Some(NOW), None);
        for now in [NOW + TEN_YEARS, NOW + DAY + 1, i64::MAX] {
            assert_eq!(judge(now, Some(NOW), doubt), Some(Doubt { since: now, read: now }));
        }
        assert_eq!(judge(NOW + 600, Some(NOW), doubt), None, "it was set right");
    }
}
