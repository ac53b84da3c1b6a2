//! Groups, which grant permissions to their members.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::result::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

use crate::identity::audit::{Client, Entry, Event};
use crate::identity::invalid::{GroupProblem, Invalid, NameProblem};
use crate::identity::unit_of_work::{Failure, Write, Writer, fails_by};
use crate::platform::db::{Conn, Db, DbError, violated_unique};
use crate::platform::near_cache::Topic;
use crate::platform::schema::{group_members, group_permissions, groups, oidc_client_groups, users};

use super::authority::StaffActor;
use super::error::AccountError;
use super::member::GroupName;
use super::name::{is_unseen, visible_name};
use super::permission::{Permission, Permissions};

/// Members who leave a group that is deleted in one write.
const LEAVE_AT_ONCE: i64 = 500;

/// A group and its permissions.
pub struct Group {
    pub id: i64,
    pub name: String,
    pub permissions: Permissions,
    /// Whether its members must have a second factor.
    pub second_factor: bool,
}

/// A group in the list of groups.
pub struct GroupSummary {
    pub group: Group,
    pub members: i64,
}

/// A member of a group in its list: id, username, and sort key.
pub type GroupMember = (i64, String, String);

#[derive(Debug, thiserror::Error)]
pub enum GroupError {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error("the name is taken")]
    NameTaken,
    #[error("there is no such group or user")]
    NotFound,
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(GroupError: DbError);

impl From<Error> for GroupError {
    fn from(error: Error) -> Self {
        match violated_unique(&error).as_deref() {
            Some("groups.name_key") => Self::NameTaken,
            _ => DbError::from(error).into(),
        }
    }
}

impl From<GroupError> for AccountError {
    fn from(error: GroupError) -> Self {
        match error {
            GroupError::Invalid(invalid) => Self::Invalid(invalid),
            GroupError::NameTaken | GroupError::NotFound => Self::NotFound,
            GroupError::Failed(failure) => Self::Failed(failure),
        }
    }
}

/// Changes to a group. Absent fields stay as they are.
pub struct GroupChange {
    pub name: String,
    pub switched: Vec<(Permission, bool)>,
    pub second_factor: Option<bool>,
}

/// Groups, for staff to view and change.
pub struct Groups {
    db: Db,
    writer: Writer,
}

impl Groups {
    pub fn new(db: Db, writer: Writer) -> Self {
        Self { db, writer }
    }

    /// All groups, by name. Counting their members takes as long as there are any.
    pub async fn all(&self) -> Result<Vec<GroupSummary>, DbError> {
        self.db.search(all).await
    }

    pub async fn names(&self) -> Result<Vec<GroupName>, DbError> {
        self.db.run(names).await
    }

    /// A group, and at most `count` of its members by username, after the key `after`.
    pub async fn find(
        &self,
        id: i64,
        after: String,
        count: i64,
    ) -> Result<Option<(Group, Vec<GroupMember>)>, DbError> {
        let read = move |conn: &mut Conn| {
            let Some(group) = find(conn, id)? else { return Ok(None) };
            Ok::<_, DbError>(Some((group, members(conn, id, &after, count)?)))
        };
        self.db.run(read).await
    }

    /// Creates a group; returns its id.
    pub async fn create(&self, by: StaffActor, typed: &str) -> Result<i64, GroupError> {
        let name = parse_name(typed)?;
        let created = self.writer.write(by.clone(), move |write| {
            let entry = by.entry(Event::GroupCreated, None, write.now());
            write.record(entry.about(&name));
            create(write, &name)
        });
        created.await.map_err(GroupError::taken_as_invalid)
    }

    /// Renames the group and sets its permissions and requirements.
    pub async fn change(&self, by: StaffActor, id: i64, change: GroupChange) -> Result<(), GroupError> {
        let name = parse_name(&change.name)?;
        let changed = self.writer.write(by.clone(), move |write| {
            let change = GroupChange { name, ..change };
            if let Some((before, after)) = self::change(write, id, &change)? {
                let entry = by.entry(Event::GroupChanged, None, write.now());
                write.record(entry.about(described(&before, &after)));
            }
            Ok(())
        });
        changed.await.map_err(GroupError::taken_as_invalid)
    }

    /// Deletes the group once its members have left it. They leave a few at a time, so that other writes go on, however
    /// many they are; what was interrupted can be repeated.
    pub async fn delete(&self, by: StaffActor, id: i64) -> Result<(), GroupError> {
        while self.remove_members(by.clone(), id).await? > 0 {}
        let deleted = self.writer.write(by.clone(), move |write| {
            let group = find(write.read(), id)?.ok_or(GroupError::NotFound)?;
            // Some may have joined in between.
            leave(write, &by, &group, i64::MAX)?;
            let entry = by.entry(Event::GroupDeleted, None, write.now());
            write.record(entry.about(&group.name));
            delete(write, id)
        });
        deleted.await
    }

    /// Lets some members leave; returns how many did.
    async fn remove_members(&self, by: StaffActor, id: i64) -> Result<usize, GroupError> {
        let left = self.writer.write(by.clone(), move |write| {
            let group = find(write.read(), id)?.ok_or(GroupError::NotFound)?;
            leave(write, &by, &group, LEAVE_AT_ONCE)
        });
        left.await
    }

    /// Adds a user to the group.
    pub async fn add_member(&self, by: StaffActor, id: i64, user_id: i64) -> Result<(), GroupError> {
        self.set_member(by, id, (user_id, true)).await
    }

    /// Removes a user from the group.
    pub async fn remove_member(&self, by: StaffActor, id: i64, user_id: i64) -> Result<(), GroupError> {
        self.set_member(by, id, (user_id, false)).await
    }

    async fn set_member(
        &self,
        by: StaffActor,
        id: i64,
        (user_id, joins): (i64, bool),
    ) -> Result<(), GroupError> {
        let changed = self.writer.write(by.clone(), move |write| {
            let group = find(write.read(), id)?.ok_or(GroupError::NotFound)?;
            if let Some(event) = set_member(write, id, (user_id, joins))? {
                let entry = by.entry(event, Some(user_id), write.now());
                write.record(entry.about(group.name));
            }
            Ok(())
        });
        changed.await
    }
}

impl GroupError {
    fn taken_as_invalid(self) -> Self {
        match self {
            Self::NameTaken => Invalid::one("name", GroupProblem::TakenName).into(),
            other => other,
        }
    }
}

/// Lets at most `most` members leave, and records it for each; returns how many.
fn leave(write: &mut Write<'_>, by: &StaffActor, group: &Group, most: i64) -> Result<usize, GroupError> {
    let leaving = remove_some(write, group.id, most)?;
    for user_id in &leaving {
        let entry = by.entry(Event::GroupLeft, Some(*user_id), write.now());
        write.record(entry.about(&group.name));
    }
    Ok(leaving.len())
}

fn parse_name(typed: &str) -> Result<String, Invalid> {
    visible_name(typed).map_err(|problem| {
        let problem = match problem {
            NameProblem::Empty => GroupProblem::EmptyName,
            NameProblem::TooLong => GroupProblem::LongName,
            _ => GroupProblem::OddName,
        };
        Invalid::one("name", problem)
    })
}

/// A change as described in the audit trail: the name, the old one if it changed, and all permissions after the change.
fn described(before: &Group, after: &Group) -> String {
    let mut codenames: Vec<&str> = after.permissions.list().into_iter().map(Permission::codename).collect();
    codenames.extend(after.second_factor.then_some("second factor"));
    let held = codenames.join(", ");
    if before.name == after.name {
        format!("{} ({held})", after.name)
    } else {
        format!("{} → {} ({held})", before.name, after.name)
    }
}

/// Names that look alike, or differ only in case, are equal.
fn key(name: &str) -> String {
    let seen: String = name.nfkc().filter(|c| *c == ' ' || !is_unseen(*c)).collect();
    skeleton(&seen.to_lowercase()).collect()
}

pub(in crate::identity) fn create(write: &mut Write<'_>, name: &str) -> Result<i64, GroupError> {
    let row = (groups::name.eq(name), groups::name_key.eq(key(name)), groups::created_at.eq(write.now()));
    Ok(diesel::insert_into(groups::table).values(row).returning(groups::id).get_result(write.uncached())?)
}

/// The group with this name, and whether it is new.
pub(in crate::identity) fn find_or_create(
    write: &mut Write<'_>,
    typed: &str,
) -> Result<(i64, bool), GroupError> {
    let name = parse_name(typed)?;
    let known = groups::table.filter(groups::name_key.eq(key(&name))).select(groups::id);
    match known.first(write.read()).optional()? {
        Some(id) => Ok((id, false)),
        None => Ok((create(write, &name)?, true)),
    }
}

/// The group before and after, if anything changed.
fn change(
    write: &mut Write<'_>,
    id: i64,
    change: &GroupChange,
) -> Result<Option<(Group, Group)>, GroupError> {
    let before = find(write.read(), id)?.ok_or(GroupError::NotFound)?;
    let named = (groups::name.eq(&change.name), groups::name_key.eq(key(&change.name)));
    let requires = groups::second_factor.eq(change.second_factor.unwrap_or(before.second_factor));
    diesel::update(groups::table.find(id)).set((named, requires)).execute(write.group(id))?;
    for (permission, on) in &change.switched {
        let row = group_permissions::table.find((id, permission.codename()));
        match (*on, before.permissions.contains(*permission)) {
            (true, false) => {
                let row = (
                    group_permissions::group_id.eq(id),
                    group_permissions::permission.eq(permission.codename()),
                );
                diesel::insert_into(group_permissions::table).values(row).execute(write.group(id))?;
            }
            (false, true) => drop(diesel::delete(row).execute(write.group(id))?),
            _ => {}
        }
    }
    let after = find(write.read(), id)?.ok_or(GroupError::NotFound)?;
    let compared = |group: &Group| (group.name.clone(), group.permissions, group.second_factor);
    Ok((compared(&before) != compared(&after)).then_some((before, after)))
}

/// Deletes the group, whose members have left it. Apps that were restricted to it stay restricted.
fn delete(write: &mut Write<'_>, id: i64) -> Result<(), GroupError> {
    write.topic(Topic::Applications);
    let opens = oidc_client_groups::table.filter(oidc_client_groups::group_id.eq(id));
    if diesel::select(diesel::dsl::exists(opens)).get_result(write.read())? {
        write.topic(Topic::OidcClients);
    }
    match diesel::delete(groups::table.find(id)).execute(write.group(id))? {
        0 => Err(GroupError::NotFound),
        _ => Ok(()),
    }
}

/// Lets at most `most` members leave the group; returns them.
fn remove_some(write: &mut Write<'_>, id: i64, most: i64) -> Result<Vec<i64>, DbError> {
    let of_this = group_members::table.filter(group_members::group_id.eq(id));
    let leaving: Vec<i64> = of_this
        .order(group_members::user_id)
        .limit(most)
        .select(group_members::user_id)
        .load(write.read())?;
    write.users(&leaving);
    // Cascades would delete them too, but only explicit deletions are recorded for each member.
    let last = leaving.last().copied().unwrap_or_default();
    diesel::delete(of_this.filter(group_members::user_id.le(last))).execute(write.uncached())?;
    Ok(leaving)
}

fn find(conn: &mut Conn, id: i64) -> Result<Option<Group>, DbError> {
    let found =
        groups::table.find(id).select((groups::name, groups::second_factor)).first(conn).optional()?;
    let Some((name, second_factor)) = found else { return Ok(None) };
    Ok(Some(Group { id, name, permissions: permissions_of(conn, id)?, second_factor }))
}

/// All groups, by name.
fn all(conn: &mut Conn) -> Result<Vec<GroupSummary>, DbError> {
    let mut rows: Vec<(i64, String, bool)> =
        groups::table.select((groups::id, groups::name, groups::second_factor)).load(conn)?;
    rows.sort_by_cached_key(|(_, name, _)| by_name(name));
    let held: Vec<(i64, String)> = group_permissions::table
        .select((group_permissions::group_id, group_permissions::permission))
        .load(conn)?;
    let counted: Vec<(i64, i64)> = group_members::table
        .group_by(group_members::group_id)
        .select((group_members::group_id, diesel::dsl::count_star()))
        .load(conn)?;
    let counted: HashMap<i64, i64> = counted.into_iter().collect();
    let listed = rows.into_iter().map(|(id, name, second_factor)| {
        let own = held.iter().filter(|(group, _)| *group == id);
        let permissions = own.filter_map(|(_, codename)| Permission::parse(codename)).collect();
        let members = counted.get(&id).copied().unwrap_or_default();
        GroupSummary { group: Group { id, name, permissions, second_factor }, members }
    });
    Ok(listed.collect())
}

pub(in crate::identity) fn names(conn: &mut Conn) -> Result<Vec<GroupName>, DbError> {
    let mut all: Vec<GroupName> = groups::table.select((groups::id, groups::name)).load(conn)?;
    all.sort_by_cached_key(|group| by_name(&group.name));
    Ok(all)
}

/// What people sort a name by. Its key, which takes letters that look alike for the same, would mix scripts.
fn by_name(name: &str) -> String {
    name.to_lowercase()
}

fn permissions_of(conn: &mut Conn, id: i64) -> Result<Permissions, DbError> {
    let codenames: Vec<String> = group_permissions::table
        .filter(group_permissions::group_id.eq(id))
        .select(group_permissions::permission)
        .load(conn)?;
    Ok(codenames.iter().filter_map(|codename| Permission::parse(codename)).collect())
}

/// At most `count` members by username, after the key `after`: id, username and sort key.
fn members(conn: &mut Conn, id: i64, after: &str, count: i64) -> Result<Vec<GroupMember>, DbError> {
    Ok(group_members::table
        .inner_join(users::table)
        .filter(group_members::group_id.eq(id).and(users::username_key.gt(after)))
        .order(users::username_key)
        .limit(count)
        .select((users::id, users::username, users::username_key))
        .load(conn)?)
}

/// Adds a user to groups by their names; there may be none of a name.
pub(in crate::identity) fn join_named(
    write: &mut Write<'_>,
    user_id: i64,
    wanted: &[String],
    client: &Client,
) -> Result<(), GroupError> {
    if wanted.is_empty() {
        return Ok(());
    }
    for group in names(write.read())? {
        if wanted.contains(&group.name) && add_member(write, group.id, user_id)? {
            let joined = Entry::new(Event::GroupJoined, Some(user_id), client, write.now());
            write.record(joined.about(group.name));
        }
    }
    Ok(())
}

/// Adds a user to a group; false if they are a member already.
pub(in crate::identity) fn add_member(
    write: &mut Write<'_>,
    id: i64,
    user_id: i64,
) -> Result<bool, GroupError> {
    let there: i64 = group_members::table.find((id, user_id)).count().get_result(write.read())?;
    if there > 0 {
        return Ok(false);
    }
    let row = (group_members::group_id.eq(id), group_members::user_id.eq(user_id));
    match diesel::insert_into(group_members::table).values(row).execute(write.user(user_id)) {
        Ok(_) => Ok(true),
        Err(Error::DatabaseError(diesel::result::DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Err(GroupError::NotFound)
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a user from a group; false if they are not a member.
fn remove_member(write: &mut Write<'_>, id: i64, user_id: i64) -> Result<bool, GroupError> {
    let row = group_members::table.find((id, user_id));
    Ok(diesel::delete(row).execute(write.user(user_id))? > 0)
}

/// Adds a user to a group or removes them from it; what happened, if anything did.
pub(in crate::identity) fn set_member(
    write: &mut Write<'_>,
    id: i64,
    (user_id, joins): (i64, bool),
) -> Result<Option<Event>, GroupError> {
    Ok(match joins {
        true => add_member(write, id, user_id)?.then_some(Event::GroupJoined),
        false => remove_member(write, id, user_id)?.then_some(Event::GroupLeft),
    })
}
