//! Label values: the variants in snake case.

use strum::VariantNames;

/// What the near cache stores.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum CacheKind {
    Session,
    User,
    /// What a user has allowed apps.
    Grants,
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
    Grants,
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
    /// An account at another provider.
    Provider,
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

/// What an app exchanged for tokens.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum TokenGrant {
    AuthorizationCode,
    RefreshToken,
    ClientCredentials,
    DeviceCode,
    /// None of these.
    Other,
}

/// Outcome of a request for tokens.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum TokenOutcome {
    Issued,
    /// The app could not prove that it is itself.
    InvalidClient,
    /// Something else in the request was wrong.
    Refused,
    RateLimited,
    Unavailable,
}

/// Where a token of an app was checked.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum TokenCheck {
    Introspection,
    Userinfo,
}

/// Outcome of such a check.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum TokenState {
    Inactive,
    Active,
}

impl From<bool> for TokenState {
    fn from(active: bool) -> Self {
        if active { Self::Active } else { Self::Inactive }
    }
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

/// Outcome of one try to deliver a logout token.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum LogoutOutcome {
    Delivered,
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
            CacheKind::Grants => Self::Grants,
        }
    }
}
