//! Groups: plain functions on a connection. Groups hold permissions, users hold groups.

use diesel::prelude::*;
use diesel::result::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, violated_unique};
use crate::platform::schema::{group_members, group_permissions, groups, users};

use super::member::GroupName;
use super::name::is_unseen;
use super::permission::{Permission, Permissions};
use super::user::NoLongerStaff;

/// A group with what it permits.
pub struct Group {
    pub id: i64,
    pub name: String,
    pub permissions: Permissions,
    /// Whether whoever is in it must have a second factor.
    pub second_factor: bool,
}

/// A group in the list of all.
pub struct Listed {
    pub group: Group,
    pub members: i64,
}

#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("the name is taken")]
    NameTaken,
    #[error("there is no such group or user")]
    Missing,
    #[error(transparent)]
    NoLongerStaff(#[from] NoLongerStaff),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Error> for SaveError {
    fn from(error: Error) -> Self {
        match violated_unique(&error).as_deref() {
            Some("groups.name_key") => Self::NameTaken,
            _ => Self::Db(error.into()),
        }
    }
}

/// Names that look the same, or differ in case only, are the same.
fn key(name: &str) -> String {
    let seen: String = name.nfkc().filter(|c| *c == ' ' || !is_unseen(*c)).collect();
    skeleton(&seen.to_lowercase()).collect()
}

pub fn create(conn: &mut Conn, name: &str, now: Timestamp) -> Result<i64, SaveError> {
    let row = (groups::name.eq(name), groups::name_key.eq(key(name)), groups::created_at.eq(now));
    Ok(diesel::insert_into(groups::table).values(row).returning(groups::id).get_result(conn)?)
}

/// Renames the group, switches permissions on and off, and whether it asks for a second factor; what is not named stays.
/// The group as it was and as it is, if that changed anything.
pub fn change(
    conn: &mut Conn,
    id: i64,
    name: &str,
    switched: &[(Permission, bool)],
    second_factor: Option<bool>,
) -> Result<Option<(Group, Group)>, SaveError> {
    let before = find(conn, id)?.ok_or(SaveError::Missing)?;
    let named = (groups::name.eq(name), groups::name_key.eq(key(name)));
    let asks = groups::second_factor.eq(second_factor.unwrap_or(before.second_factor));
    diesel::update(groups::table.find(id)).set((named, asks)).execute(conn)?;
    for (permission, on) in switched {
        let row = group_permissions::table.find((id, permission.codename()));
        match (*on, before.permissions.contains(*permission)) {
            (true, false) => {
                let row = (
                    group_permissions::group_id.eq(id),
                    group_permissions::permission.eq(permission.codename()),
                );
                diesel::insert_into(group_permissions::table).values(row).execute(conn)?;
            }
            (false, true) => drop(diesel::delete(row).execute(conn)?),
            _ => {}
        }
    }
    let after = find(conn, id)?.ok_or(SaveError::Missing)?;
    let told = |group: &Group| (group.name.clone(), group.permissions, group.second_factor);
    let changed = told(&before) != told(&after);
    Ok(changed.then_some((before, after)))
}

/// Deletes the group; who was in it.
pub fn delete(conn: &mut Conn, id: i64) -> Result<Vec<i64>, SaveError> {
    let of_this = group_members::table.filter(group_members::group_id.eq(id));
    let members = of_this.select(group_members::user_id).load(conn)?;
    // Cascades would do, but only a deletion of its own tells of each member.
    diesel::delete(of_this).execute(conn)?;
    match diesel::delete(groups::table.find(id)).execute(conn)? {
        0 => Err(SaveError::Missing),
        _ => Ok(members),
    }
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Group>, DbError> {
    let found =
        groups::table.find(id).select((groups::name, groups::second_factor)).first(conn).optional()?;
    let Some((name, second_factor)) = found else { return Ok(None) };
    Ok(Some(Group { id, name, permissions: permissions_of(conn, id)?, second_factor }))
}

/// Every group by its name.
pub fn all(conn: &mut Conn) -> Result<Vec<Listed>, DbError> {
    let mut listed = Vec::new();
    let ids: Vec<i64> = groups::table.order(groups::name_key).select(groups::id).load(conn)?;
    for id in ids {
        let Some(group) = find(conn, id)? else { continue };
        let members = group_members::table.filter(group_members::group_id.eq(id)).count().get_result(conn)?;
        listed.push(Listed { group, members });
    }
    Ok(listed)
}

pub fn names(conn: &mut Conn) -> Result<Vec<GroupName>, DbError> {
    Ok(groups::table.order(groups::name_key).select((groups::id, groups::name)).load(conn)?)
}

fn permissions_of(conn: &mut Conn, id: i64) -> Result<Permissions, DbError> {
    let codenames: Vec<String> = group_permissions::table
        .filter(group_permissions::group_id.eq(id))
        .select(group_permissions::permission)
        .load(conn)?;
    Ok(codenames.iter().filter_map(|codename| Permission::parse(codename)).collect())
}

/// Members by username, at most `count` of them from after the key `after`: id, username and key.
pub fn members(
    conn: &mut Conn,
    id: i64,
    after: &str,
    count: i64,
) -> Result<Vec<(i64, String, String)>, DbError> {
    Ok(group_members::table
        .inner_join(users::table)
        .filter(group_members::group_id.eq(id).and(users::username_key.gt(after)))
        .order(users::username_key)
        .limit(count)
        .select((users::id, users::username, users::username_key))
        .load(conn)?)
}

/// Puts a user into a group; whether they were not in it yet.
pub fn add_member(conn: &mut Conn, id: i64, user_id: i64) -> Result<bool, SaveError> {
    let there = group_members::table.find((id, user_id)).count().get_result::<i64>(conn)? > 0;
    if there {
        return Ok(false);
    }
    let row = (group_members::group_id.eq(id), group_members::user_id.eq(user_id));
    match diesel::insert_into(group_members::table).values(row).execute(conn) {
        Ok(_) => Ok(true),
        Err(Error::DatabaseError(diesel::result::DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Err(SaveError::Missing)
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a user out of a group; whether they were in it.
pub fn remove_member(conn: &mut Conn, id: i64, user_id: i64) -> Result<bool, SaveError> {
    Ok(diesel::delete(group_members::table.find((id, user_id))).execute(conn)? > 0)
}
