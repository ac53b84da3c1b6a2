//! A browser that has signed in before, and its accounts: the data of the device cookie.

/// Accounts that are remembered for one browser.
pub const MAX_ACCOUNTS: usize = 5;

/// It grants no access; it only separates failure counts. On a trusted browser the second factor is skipped.
#[derive(Clone)]
pub struct KnownDevice {
    pub id: String,
    /// The users who have signed in, the most recent first.
    pub users: Vec<i64>,
    /// One token for each account that trusts the browser.
    pub trust: Vec<String>,
}

impl KnownDevice {
    /// An unknown browser.
    pub fn unknown() -> Self {
        Self { id: crate::platform::keys::random_id(), users: Vec::new(), trust: Vec::new() }
    }

    /// Whether this user has signed in with it before.
    pub fn knows(&self, user_id: i64) -> bool {
        self.users.contains(&user_id)
    }
}
