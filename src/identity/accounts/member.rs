//! A user as sessions need them: with groups, permissions and API tokens.

use std::ops::Deref;

use diesel::prelude::*;

use crate::config::Required;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::metrics::CacheKind;
use crate::platform::near_cache::Footprint;
use crate::platform::schema::{api_tokens, group_members, group_permissions, groups, marks, users};

use super::permission::{Permission, Permissions};
use super::revocation::ENDING_ALL;
use super::scope::Scopes;
use super::user::User;

/// Everything that determines what a user may do, read from SQL.
pub struct Member {
    pub user: User,
    /// By name.
    pub groups: Vec<GroupName>,
    pub permissions: Permissions,
    /// Whether one of the groups requires a second factor.
    pub factor_asked: bool,
    pub api_tokens: Vec<ApiTokenGrant>,
    /// While the operator ends the sessions of everyone: those that began until then are over.
    pub ended_until: Option<Timestamp>,
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

/// What one row of the user's groups and their permissions says of a group.
type GroupRow = (i64, String, bool);

/// A user with one of their groups, one of its permissions, and `ended_until`.
type MemberRow = (User, Option<GroupRow>, Option<String>, Option<Timestamp>);

/// Reads a user in two queries, since each is a round trip to PostgreSQL. A change between them is reported to the near
/// cache, which then does not store the result.
pub(in crate::identity) fn find(conn: &mut Conn, id: i64) -> Result<Option<Member>, DbError> {
    // Joined in a row: SQLite would read all of a join within the join.
    let group = groups::table.on(groups::id.nullable().eq(group_members::group_id.nullable()));
    let granted = group_permissions::group_id.nullable().eq(groups::id.nullable());
    let ended_until = marks::table.filter(marks::name.eq(ENDING_ALL)).select(marks::at).single_value();
    let rows: Vec<MemberRow> = users::table
        .left_join(group_members::table)
        .left_join(group)
        .left_join(group_permissions::table.on(granted))
        .filter(users::id.eq(id))
        .order(groups::name_key)
        .select((
            User::as_select(),
            (groups::id, groups::name, groups::second_factor).nullable(),
            group_permissions::permission.nullable(),
            ended_until,
        ))
        .load(conn)?;
    let Some((user, .., ended_until)) = rows.first() else { return Ok(None) };
    let mut member = Member {
        user: user.clone(),
        groups: Vec::new(),
        permissions: rows.iter().filter_map(|row| Permission::parse(row.2.as_deref()?)).collect(),
        factor_asked: rows.iter().any(|row| matches!(row.1, Some((_, _, true)))),
        api_tokens: grants_of(conn, id)?,
        ended_until: *ended_until,
    };
    // A group has a row for each of its permissions.
    for (id, name, _) in rows.into_iter().filter_map(|row| row.1) {
        if !member.is_in(id) {
            member.groups.push(GroupName { id, name });
        }
    }
    Ok(Some(member))
}

/// Whether one of the user's groups requires a second factor.
pub(in crate::identity) fn is_asked_by_a_group(conn: &mut Conn, id: i64) -> Result<bool, DbError> {
    let asking = group_members::table
        .inner_join(groups::table)
        .filter(group_members::user_id.eq(id).and(groups::second_factor.eq(true)));
    Ok(diesel::select(diesel::dsl::exists(asking)).get_result(conn)?)
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use diesel::connection::{InstrumentationEvent, SimpleConnection};

    use crate::platform::db::Db;

    use super::*;

    const ROWS: &str = "INSERT INTO users (id, username, username_key, email, email_key, password_hash,
            password_changed_at, epoch, created_at)
        VALUES (1, 'mina', 'mina', 'm', 'm', '!', 0, 0, 0), (2, 'noa', 'noa', 'n', 'n', '!', 0, 0, 0);
        INSERT INTO groups (id, name, name_key, created_at, second_factor)
        VALUES (1, 'Writers', 'writers', 0, false), (2, 'Editors', 'editors', 0, true), (3, 'Empty', 'empty', 0, true);
        INSERT INTO group_permissions VALUES (1, 'board.add_post'), (1, 'board.view_post'), (2, 'board.add_post');
        INSERT INTO group_members VALUES (1, 1), (2, 1);
        INSERT INTO api_tokens (id, user_id, hash, name, scope, by_password, created_at)
        VALUES (7, 1, 'x', 'x', '', false, 0)";

    #[test]
    fn a_member_costs_two_queries_however_many_groups_there_are() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&dir.path().join("munjigi.db").as_path().into()).unwrap();
        let mut conn = db.conn().unwrap();
        conn.batch_execute(ROWS).unwrap();
        let queries = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&queries);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mina = find(&mut conn, 1).unwrap().unwrap();
        assert_eq!(queries.load(Ordering::Relaxed), 2);
        let names: Vec<&str> = mina.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["Editors", "Writers"], "each once, by name");
        assert!(mina.factor_asked && mina.is_in(1) && mina.is_in(2) && !mina.is_in(3));
        assert_eq!(mina.permissions, [Permission::AddPost, Permission::ViewPost].into_iter().collect());
        assert_eq!(mina.api_tokens.iter().map(|token| token.id).collect::<Vec<_>>(), [7]);

        let noa = find(&mut conn, 2).unwrap().unwrap();
        assert!(noa.groups.is_empty() && !noa.factor_asked && noa.api_tokens.is_empty());
        assert_eq!(noa.permissions, [].into_iter().collect());
        assert!(find(&mut conn, 3).unwrap().is_none());
    }
}
