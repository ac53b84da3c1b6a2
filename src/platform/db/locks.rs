//! What a write keeps to itself until it ends, so that writes of different subjects run side by side.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// Locks that a write takes before anything else and holds until the end of its transaction: another write that takes one
/// of them waits. On SQLite there is one writer at a time, whatever they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locks {
    /// No other write runs at the same time, on any node.
    All,
    /// Those of these subjects, in the order in which every write takes them.
    Some(BTreeSet<i64>),
}

impl Locks {
    /// For writes that are right whatever happens beside them: rows that never change, or single statements that decide
    /// by a condition or a UNIQUE constraint.
    pub fn none() -> Self {
        Self::Some(BTreeSet::new())
    }

    /// For what belongs to one account.
    pub fn user(id: i64) -> Self {
        Self::none().and_user(id)
    }

    /// For what belongs to another subject: its kind, and its name within that.
    pub fn named(kind: &str, name: &str) -> Self {
        Self::Some(BTreeSet::from([key(kind, name)]))
    }

    #[must_use]
    pub fn and_user(self, id: i64) -> Self {
        self.and(&Self::Some(BTreeSet::from([user_key(id)])))
    }

    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Some(keys), Self::Some(others)) => Self::Some(&keys | others),
            _ => Self::All,
        }
    }

    /// Whether they include those of `other`.
    pub fn include(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) => true,
            (Self::Some(_), Self::All) => false,
            (Self::Some(keys), Self::Some(others)) => keys.is_superset(others),
        }
    }
}

fn user_key(id: i64) -> i64 {
    key("user", &id.to_string())
}

/// Two subjects with one key would only wait for each other.
fn key(kind: &str, name: &str) -> i64 {
    let hash: [u8; 32] = Sha256::digest(format!("{kind} {name}")).into();
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_includes_each_subject_and_a_subject_only_itself() {
        let (mina, jun) = (Locks::user(1), Locks::user(2));
        let both = mina.clone().and(&jun);
        assert!(both.include(&mina) && both.include(&jun) && both.include(&Locks::none()));
        assert!(!mina.include(&jun) && !mina.include(&both) && !both.include(&Locks::All));
        assert!(Locks::All.include(&both) && Locks::All.include(&Locks::All));
        assert_eq!(mina.clone().and(&Locks::All), Locks::All);
        assert_eq!(Locks::All.and_user(1), Locks::All);
        assert_ne!(Locks::named("name", "1"), mina);
        assert_eq!(both, jun.and(&mina), "taken in one order");
    }
}
