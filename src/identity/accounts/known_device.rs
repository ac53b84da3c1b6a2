//! A browser that has signed in before, and to which accounts: the data of the device cookie.

/// Accounts that one browser is remembered for.
pub const MAX_ACCOUNTS: usize = 5;

/// It opens nothing; it only keeps failures apart. A browser that an account trusts spares its user the second factor.
#[derive(Clone)]
pub struct KnownDevice {
    pub id: String,
    /// The users who have signed in, the latest first.
    pub users: Vec<i64>,
    /// One token for each account that trusts the browser.
    pub trust: Vec<String>,
}

impl KnownDevice {
    /// A browser that was never seen.
    pub fn unknown() -> Self {
        Self { id: crate::platform::keys::random_id(), users: Vec::new(), trust: Vec::new() }
    }

    /// Whether this user has signed in here before.
    pub fn knows(&self, user_id: i64) -> bool {
        self.users.contains(&user_id)
    }
}
