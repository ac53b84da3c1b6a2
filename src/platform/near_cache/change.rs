//! What a change makes stale.

/// A list that many pages show, by the name of its changes in SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    Posts,
    Applications,
    OidcClients,
    /// Logout tokens to send; no cache shows them.
    OidcLogouts,
}

impl Topic {
    pub const ALL: [Topic; 4] = [Topic::Posts, Topic::Applications, Topic::OidcClients, Topic::OidcLogouts];

    /// Parses its name in the table `changes`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }

    /// Its name in the table `changes` and in Redis.
    pub fn name(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Applications => "applications",
            Self::OidcClients => "oidc_clients",
            Self::OidcLogouts => "oidc_logouts",
        }
    }
}

/// A committed change, as published to caches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A stored session, by its key.
    Session(String),
    /// A user: their row, groups or API tokens.
    User(i64),
    /// Every user.
    Everyone,
    /// The members of a group: its name, permissions or requirements. Joining and leaving are changes of the user.
    Group(i64),
    Topic(Topic),
    /// A user's sessions of epochs before `live_epoch` are revoked; without one, all of them. Published only in this
    /// process: the process that revoked them removes them from the store.
    Revoked {
        user_id: i64,
        live_epoch: Option<i64>,
    },
}
