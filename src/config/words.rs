//! Settings that take one of a few words.

use strum::{EnumString, VariantNames};

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Registration {
    Open,
    Closed,
}

/// Which users must have a second factor, besides members of groups that require one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Required {
    #[strum(serialize = "none")]
    None,
    Staff,
    Everyone,
}

/// When the hashing threads run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum HashPriority {
    /// Only when no other thread needs the core: a burst of sign-ins slows no page.
    Idle,
    /// Like any other thread, for a machine whose cores other programs keep busy.
    Normal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// Whether users must verify their address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Verification {
    /// No user is asked to, and every address counts as typed.
    Off,
    /// Users are asked to, but may sign in without.
    Optional,
    /// Users cannot sign in without.
    Required,
}
