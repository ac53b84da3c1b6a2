//! A user as sessions need them: with groups, permissions and API tokens.

use std::ops::Deref;

use diesel::prelude::*;

use crate::config::Required;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::metrics::CacheKind;
use crate::platform::near_cache::Footprint;
use crate::platform::schema::{api_tokens, group_members, group_permissions, groups};

use super::permission::{Permission, Permissions};
use super::scope::Scopes;
use super::user::{self, User};

/// Everything that determines what a user may do, read from SQL.
pub struct Member {
    pub user: User,
    /// By name.
    pub groups: Vec<GroupName>,
    pub permissions: Permissions,
    /// Whether one of the groups requires a second factor.
    pub factor_asked: bool,
    pub api_tokens: Vec<ApiTokenGrant>,
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

    /// Whether they must set up a second factor before doing anything else.
    pub fn lacks_required_factor(&self, required: Required) -> bool {
        lacks_required_factor(&self.user, self.factor_asked, required)
    }
}

impl Footprint for Member {
    const KIND: CacheKind = CacheKind::User;

    fn bytes(&self) -> usize {
        let texts = [&self.username, &self.email, &self.display_name, &self.password_hash];
        let groups: usize = self.groups.iter().map(|group| size_of_val(group) + group.name.len()).sum();
        let tokens = size_of_val(self.api_tokens.as_slice());
        size_of::<Self>() + texts.iter().map(|text| text.len()).sum::<usize>() + groups + tokens + 160
    }
}

/// An API token as it is cached with its user: its validity and its scopes.
#[derive(Clone, Copy, Debug)]
pub struct ApiTokenGrant {
    pub id: i64,
    pub scopes: Scopes,
    expires_at: Option<Timestamp>,
}

impl ApiTokenGrant {
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|until| now < until)
    }
}

/// Whether a user must set up a second factor, because the setting or a group requires one.
pub fn lacks_required_factor(user: &User, by_group: bool, required: Required) -> bool {
    let is_required = match required {
        Required::None => by_group,
        Required::Staff => by_group || user.staff,
        Required::Everyone => true,
    };
    is_required && user.factors_since.is_none()
}

/// Reads everything in one snapshot.
pub(in crate::identity) fn find(conn: &mut Conn, id: i64) -> Result<Option<Member>, DbError> {
    conn.transaction(|conn| {
        let Some(user) = user::find(conn, id)? else { return Ok(None) };
        let groups = groups_of(conn, id)?;
        let codenames: Vec<String> = group_permissions::table
            .inner_join(groups::table.inner_join(group_members::table))
            .filter(group_members::user_id.eq(id))
            .select(group_permissions::permission)
            .load(conn)?;
        let permissions = codenames.iter().filter_map(|codename| Permission::parse(codename)).collect();
        let api_tokens = grants_of(conn, id)?;
        let factor_asked = is_asked_by_a_group(conn, id)?;
        Ok(Some(Member { user, groups, permissions, api_tokens, factor_asked }))
    })
}

/// Whether one of the user's groups requires a second factor.
pub(in crate::identity) fn is_asked_by_a_group(conn: &mut Conn, id: i64) -> Result<bool, DbError> {
    let asking = group_members::table
        .inner_join(groups::table)
        .filter(group_members::user_id.eq(id).and(groups::second_factor.eq(true)));
    Ok(diesel::select(diesel::dsl::exists(asking)).get_result(conn)?)
}

/// The groups of a user, by name.
fn groups_of(conn: &mut Conn, id: i64) -> Result<Vec<GroupName>, DbError> {
    Ok(group_members::table
        .inner_join(groups::table)
        .filter(group_members::user_id.eq(id))
        .order(groups::name_key)
        .select((groups::id, groups::name))
        .load(conn)?)
}

/// The API tokens of a user.
fn grants_of(conn: &mut Conn, user_id: i64) -> Result<Vec<ApiTokenGrant>, DbError> {
    let rows: Vec<(i64, String, Option<Timestamp>)> = api_tokens::table
        .filter(api_tokens::user_id.eq(user_id))
        .select((api_tokens::id, api_tokens::scope, api_tokens::expires_at))
        .load(conn)?;
    let grant = |(id, scope, expires_at): (i64, String, _)| ApiTokenGrant {
        id,
        scopes: Scopes::of_api_token(&scope),
        expires_at,
    };
    Ok(rows.into_iter().map(grant).collect())
}
