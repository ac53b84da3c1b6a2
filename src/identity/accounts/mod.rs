//! Accounts: users, profiles, groups and permissions.

#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod accounts;
mod authority;
mod directory;
mod error;
mod group;
pub(in crate::identity) mod identities;
mod known_device;
pub(in crate::identity) mod last_staff;
mod limits;
mod link_request;
mod mail;
mod mailbox;
mod member;
pub mod name;
mod name_policy;
mod new_accounts;
mod permission;
mod preferences;
mod profile_change;
mod reserved_names;
mod retired_names;
pub(in crate::identity) mod revocation;
mod scope;
mod text_index;
mod totals;
pub(in crate::identity) mod user;
mod user_search;
mod verification;
mod ways_in;

pub use accounts::{AccountPolicy, Accounts, ProfileOutcome};
pub use authority::{AsUser, StaffActor};
pub use directory::UserDirectory;
pub(in crate::identity) use directory::usernames;
pub use error::AccountError;
pub use group::{Group, GroupChange, GroupError, GroupMember, GroupSummary, Groups};
pub(in crate::identity) use group::{
    find_or_create as find_or_create_group, join_named as join_groups, names as group_names,
};
pub use identities::{LinkedIdentity, NewIdentity, NotLinked};
pub use known_device::{KnownAccount, KnownDevice, MAX_ACCOUNTS};
pub use limits::AccountLimits;
pub use link_request::{LinkRequest, LinkRequests};
pub use mail::{AddressLink, Mail};
pub(in crate::identity) use member::find as find_member;
pub use member::{ApiTokenGrant, GroupName, Member, lacks_required_factor};
pub use name_policy::NamePolicy;
pub use new_accounts::NewAccounts;
pub use permission::{Permission, Permissions};
pub use preferences::Theme;
pub use profile_change::{ProfileChange, ProfileForm};
pub(in crate::identity) use retired_names::purge as purge_retired_names;
pub use scope::{Scope, Scopes};
pub use totals::AccountTotals;
pub(in crate::identity) use totals::merge_totals;
pub use user::{NO_PASSWORD, NewUser, User};
pub use user_search::{Found, Order, Status, UserQuery};
pub(in crate::identity) use verification::PendingRegistration;
pub use verification::{Confirmed, EmailProof, EmailVerification};
pub use ways_in::WaysIn;
