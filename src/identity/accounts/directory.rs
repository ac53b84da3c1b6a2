//! The service that lists users for staff.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::platform::db::{Conn, Db, DbError};
use crate::platform::schema::users::{self, dsl};
use crate::platform::schema::{group_members, groups};

use super::totals::{self, AccountTotals};
use super::user::User;
use super::user_search::{self, Found, UserQuery};

pub struct UserDirectory {
    db: Db,
}

impl UserDirectory {
    pub fn new(db: Db) -> Self {
        Self { db }
    }

    /// The list of users.
    pub async fn search(&self, query: UserQuery) -> Result<Found, DbError> {
        self.db.search(move |conn| user_search::search(conn, &query)).await
    }

    /// At most `count` users that fit a text, at a cost that does not grow with their number.
    pub async fn quick_search(&self, text: String, count: i64) -> Result<Vec<User>, DbError> {
        self.db.run(move |conn| user_search::quick_search(conn, &text, count)).await
    }

    /// The names of the groups of these users.
    pub async fn groups_of(&self, ids: Vec<i64>) -> Result<HashMap<i64, Vec<String>>, DbError> {
        self.db.run(move |conn| groups_of(conn, &ids)).await
    }

    /// How many accounts there are.
    pub async fn totals(&self) -> Result<AccountTotals, DbError> {
        self.db.run(totals::totals).await
    }

    /// Staff who can sign in without a second factor: at most `count`, by id and username.
    pub async fn unprotected_staff(&self, count: i64) -> Result<Vec<(i64, String)>, DbError> {
        self.db.run(move |conn| unprotected_staff(conn, count)).await
    }

    /// Usernames by id; deleted users are left out.
    pub async fn usernames(&self, ids: Vec<i64>) -> Result<HashMap<i64, String>, DbError> {
        self.db.run(move |conn| usernames(conn, ids)).await
    }
}

fn groups_of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>, DbError> {
    let rows: Vec<(i64, String)> = group_members::table
        .inner_join(groups::table)
        .filter(group_members::user_id.eq_any(ids))
        .select((group_members::user_id, groups::name))
        .order(groups::name)
        .load(conn)?;
    let mut names: HashMap<i64, Vec<String>> = HashMap::new();
    for (id, name) in rows {
        names.entry(id).or_default().push(name);
    }
    Ok(names)
}

fn unprotected_staff(conn: &mut Conn, count: i64) -> Result<Vec<(i64, String)>, DbError> {
    let unprotected = dsl::staff.and(dsl::factors_since.is_null()).and(dsl::disabled.eq(false));
    let found = users::table.filter(unprotected).select((dsl::id, dsl::username));
    Ok(found.order(dsl::id).limit(count).load(conn)?)
}

/// Usernames by id; deleted users are left out.
pub(in crate::identity) fn usernames(
    conn: &mut Conn,
    ids: Vec<i64>,
) -> Result<HashMap<i64, String>, DbError> {
    let rows: Vec<(i64, String)> =
        users::table.filter(dsl::id.eq_any(ids)).select((dsl::id, dsl::username)).load(conn)?;
    Ok(rows.into_iter().collect())
}
