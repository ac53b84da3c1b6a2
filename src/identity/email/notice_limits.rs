//! Limits on notices. They have counts of their own: mail that others request never uses up an owner's notices.
//!
//! The counts are in SQL, in the transaction of what the notice is about, so all nodes share them.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::db::DbError;
use crate::platform::schema::notices_sent::{self, dsl};

use super::letter::Notice;
use super::recipient::Owner;

/// Notices per hour: of each kind about an account with a verified address, of all kinds to an unverified mailbox.
const PER_HOUR: usize = 5;
const HOUR: i64 = 3600;

/// Whether a notice is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowed {
    Yes,
    /// It is the last of its kind for a while, and says so.
    Last,
    No,
}

/// Counts a notice if it is sent.
pub(super) fn acquire(write: &mut Write<'_>, owner: &Owner, notice: Notice) -> Result<Allowed, DbError> {
    let (subject, now) = (owner.rate_limit_subject(), write.now());
    let (name, conn) = (notice.name(), write.uncached());
    let recent = notices_sent::table
        .filter(dsl::subject.eq(&subject))
        .filter(dsl::sent_at.gt(now - HOUR).and(dsl::sent_at.le(now)));
    let sent: Vec<String> = recent.select(dsl::notice).load(conn)?;
    let of_kind = sent.iter().filter(|sent| *sent == name).count();
    let allowed = decide(owner.is_verified, of_kind, sent.len());
    if allowed != Allowed::No {
        let row = (dsl::subject.eq(subject), dsl::notice.eq(name), dsl::sent_at.eq(now));
        diesel::insert_into(notices_sent::table).values(row).execute(conn)?;
    }
    Ok(allowed)
}

/// To a verified address each kind has its own count, so that many notices of one kind hide no other. To an unverified
/// one the kinds share a count, but the first of each kind is always sent.
fn decide(is_verified: bool, of_kind: usize, in_all: usize) -> Allowed {
    let sent = if is_verified { of_kind } else { in_all };
    match sent + 1 {
        count if count < PER_HOUR => Allowed::Yes,
        PER_HOUR => Allowed::Last,
        _ if of_kind == 0 => Allowed::Last,
        _ => Allowed::No,
    }
}

/// Deletes counts that no longer matter.
pub(in crate::identity) fn purge_notices(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("notices_sent", "sent_at"), write.now() - HOUR, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_notices_of_one_kind_hide_no_other() {
        let verified: Vec<_> = (0..6).map(|of_kind| decide(true, of_kind, 20)).collect();
        let [first, .., fifth, sixth] = verified[..] else { panic!("six") };
        assert_eq!((first, fifth, sixth), (Allowed::Yes, Allowed::Last, Allowed::No));
        assert_eq!(decide(false, 0, 20), Allowed::Last);
        assert_eq!(decide(false, 1, 3), Allowed::Yes);
        assert_eq!(decide(false, 1, 5), Allowed::No);
    }
}
