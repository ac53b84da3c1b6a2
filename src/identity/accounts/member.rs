//! A user as sessions know them: with the groups they are in, what those permit, and their API tokens.

use std::ops::Deref;

use diesel::prelude::*;

use crate::platform::db::{Conn, DbError};
use crate::platform::schema::{group_members, group_permissions, groups};

use super::permission::{Permission, Permissions};
use super::user;
use super::user::User;
use crate::identity::tokens::api_tokens as api_token;
use crate::identity::tokens::api_tokens::HeldToken;

/// The live state of a user; what a permission is decided by.
pub struct Member {
    pub user: User,
    /// By name.
    pub groups: Vec<GroupName>,
    pub permissions: Permissions,
    /// Whether one of the groups asks its members for a second factor.
    pub factor_asked: bool,
    pub api_tokens: Vec<HeldToken>,
}

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct GroupName {
    pub id: i64,
    pub name: String,
}

impl Deref for Member {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

impl Member {
    pub fn is_in(&self, group_id: i64) -> bool {
        self.groups.iter().any(|group| group.id == group_id)
    }
}

/// All of it as of one moment.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Member>, DbError> {
    conn.transaction(|conn| {
        let Some(user) = user::find(conn, id)? else { return Ok(None) };
        let groups = groups_of(conn, id)?;
        let codenames: Vec<String> = group_permissions::table
            .inner_join(groups::table.inner_join(group_members::table))
            .filter(group_members::user_id.eq(id))
            .select(group_permissions::permission)
            .load(conn)?;
        let permissions = codenames.iter().filter_map(|codename| Permission::parse(codename)).collect();
        let api_tokens = api_token::held_by(conn, id)?;
        let factor_asked = is_asked_by_a_group(conn, id)?;
        Ok(Some(Member { user, groups, permissions, api_tokens, factor_asked }))
    })
}

/// Whether one of the user's groups asks its members for a second factor.
pub fn is_asked_by_a_group(conn: &mut Conn, id: i64) -> Result<bool, DbError> {
    let asking = group_members::table
        .inner_join(groups::table)
        .filter(group_members::user_id.eq(id).and(groups::second_factor.eq(true)));
    Ok(diesel::select(diesel::dsl::exists(asking)).get_result(conn)?)
}

/// The groups of a user, by name.
pub fn groups_of(conn: &mut Conn, id: i64) -> Result<Vec<GroupName>, DbError> {
    Ok(group_members::table
        .inner_join(groups::table)
        .filter(group_members::user_id.eq(id))
        .order(groups::name_key)
        .select((groups::id, groups::name))
        .load(conn)?)
}
