//! The words that labels consist of: a variant in snake case.

use strum::VariantNames;

/// What is kept in the near cache.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    Session,
    User,
}

/// Whether the near cache had what it was asked for.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Lookup {
    Miss,
    Hit,
}

/// What the near cache drops at once.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Dropped {
    Session,
    User,
    Everything,
}

/// What work in SQL does.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Access {
    Read,
    Write,
}

/// By what someone comes in.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Way {
    Password,
    Passkey,
    MailLink,
    Api,
    /// A code, or a passkey, after the password or the link.
    SecondFactor,
}

/// How an attempt to sign in ended.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    Right,
    Wrong,
    /// Right so far; the second factor comes next.
    SecondFactorAsked,
    /// Right, but a second factor must be set up first.
    SetUpFirst,
    Disabled,
    Unverified,
    Limited,
    /// The sign-in was over by then.
    Over,
    /// Nobody could tell: too busy, or the database did not answer.
    Unknown,
}

/// What became of an attempt to send a letter.
#[derive(Clone, Copy, Debug, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum MailOutcome {
    Sent,
    /// It failed, and is tried again.
    PutBack,
    GivenUp,
}

impl From<bool> for Lookup {
    fn from(found: bool) -> Self {
        if found { Self::Hit } else { Self::Miss }
    }
}

impl From<Kind> for Dropped {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Session => Self::Session,
            Kind::User => Self::User,
        }
    }
}
