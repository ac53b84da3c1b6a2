//! The JSON of a user.

use serde::Serialize;
use utoipa::ToSchema;

use crate::identity::accounts::{GroupName, Member, User};
use crate::platform::clock::{Timestamp, rfc3339};
use crate::platform::lang::Lang;

#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserJson {
    /// It stays when the name or the address changes, and no other account ever gets it.
    id: i64,
    username: String,
    display_name: String,
    email: String,
    /// Whether the owner of the address has confirmed it; otherwise it may be anybody's.
    email_verified: bool,
    /// Null follows the browser.
    language: Option<&'static str>,
    theme: &'static str,
    /// An IANA name, such as "Asia/Seoul". Null follows the browser.
    time_zone: Option<String>,
    /// By name.
    groups: Vec<String>,
    staff: bool,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl UserJson {
    pub fn of_member(member: &Member) -> Self {
        Self::of(&member.user, &member.groups)
    }

    pub fn of(user: &User, groups: &[GroupName]) -> Self {
        Self {
            id: user.id,
            username: user.username.clone(),
            display_name: user.display_name.clone(),
            email: user.email.clone(),
            email_verified: user.email_verified_at.is_some(),
            language: user.language().map(Lang::code),
            theme: user.theme().code(),
            time_zone: user.time_zone().map(str::to_owned),
            groups: groups.iter().map(|group| group.name.clone()).collect(),
            staff: user.staff,
            created_at: user.created_at,
        }
    }
}
