//! Settings whose value is one of a few words.

use strum::{EnumString, VariantNames};

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Registration {
    Open,
    Closed,
}

/// Who must have a second factor, beside the members of groups that ask for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Required {
    #[strum(serialize = "none")]
    Nobody,
    Staff,
    Everyone,
}

/// When the threads that hash passwords run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum HashPriority {
    /// When no other thread on the machine wants the core: a rush of sign-ins slows no page.
    Idle,
    /// Like any other thread, on a machine whose cores other programs keep busy.
    Normal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// Whether an address must be shown to be its owner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Verification {
    /// Nobody is asked, and whatever was typed counts.
    Off,
    /// People are asked to, and sign in all the same.
    Optional,
    /// Nobody signs in without.
    Required,
}
