//! A browser that has signed in before, and its accounts: the data of the device cookie.

use super::user::User;

/// Accounts that are remembered for one browser.
pub const MAX_ACCOUNTS: usize = 5;

/// It grants no access; it only separates failure counts. On a trusted browser the second factor is skipped.
#[derive(Clone)]
pub struct KnownDevice {
    pub id: String,
    /// The accounts that have signed in, the most recent first.
    pub accounts: Vec<KnownAccount>,
    /// One token for each account that trusts the browser.
    pub trust: Vec<String>,
}

/// An account that has signed in from a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownAccount {
    pub user_id: i64,
    /// The user's epoch then; none in cookies from before it was stored. In any other epoch the browser is unknown: a new
    /// password and a sign-out everywhere end it.
    pub epoch: Option<i64>,
}

impl KnownAccount {
    /// A user who is signing in now.
    pub fn of(user: &User) -> Self {
        Self { user_id: user.id, epoch: Some(user.epoch) }
    }
}

impl KnownDevice {
    /// An unknown browser.
    pub fn unknown() -> Self {
        Self { id: crate::platform::keys::random_id(), accounts: Vec::new(), trust: Vec::new() }
    }

    /// Whether this user has signed in with it in their current epoch.
    pub fn knows(&self, user: &User) -> bool {
        self.accounts.contains(&KnownAccount::of(user))
    }

    /// Whether this user has signed in with it in another epoch only.
    pub fn knew(&self, user: &User) -> bool {
        !self.knows(user) && self.accounts.iter().any(|account| account.user_id == user.id)
    }
}
