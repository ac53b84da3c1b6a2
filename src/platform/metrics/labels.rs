//! Label values: the variants in snake case.

use strum::VariantNames;

/// What the near cache stores.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum CacheKind {
    Session,
    User,
}

/// Result of a near cache lookup.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Lookup {
    Miss,
    Hit,
}

/// What was invalidated in the near cache.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Dropped {
    Session,
    User,
    Everything,
}

/// Kind of access to the database.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Access {
    Read,
    Write,
}

/// Means of signing in.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum SignInMethod {
    Password,
    Passkey,
    MailLink,
    Api,
    /// A code or a passkey after the password or the link.
    SecondFactor,
}

/// Outcome of one step of a sign-in.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum SignInOutcome {
    Success,
    Failure,
    /// The step succeeded; a second factor comes next.
    SecondFactorRequired,
    /// The step succeeded, but a second factor must be set up first.
    SetupRequired,
    /// The account is disabled.
    Disabled,
    /// The email address is not verified.
    Unverified,
    RateLimited,
    /// The pending sign-in had expired.
    Expired,
    /// The server was too busy, or the database did not answer.
    Unavailable,
}

/// Outcome of a mail delivery attempt.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum MailOutcome {
    Sent,
    /// It failed and will be retried.
    Deferred,
    /// It failed and will not be retried.
    Failed,
}

impl From<bool> for Lookup {
    fn from(found: bool) -> Self {
        if found { Self::Hit } else { Self::Miss }
    }
}

impl From<CacheKind> for Dropped {
    fn from(kind: CacheKind) -> Self {
        match kind {
            CacheKind::Session => Self::Session,
            CacheKind::User => Self::User,
        }
    }
}
