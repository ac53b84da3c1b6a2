//! The list of users for staff: searched, filtered, paginated.

use std::collections::HashMap;

use diesel::prelude::*;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::platform::db::{Conn, DbError, contains};
use crate::platform::schema::users;
use crate::platform::schema::users::dsl;

use super::user::User;

/// Which accounts to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Status {
    #[default]
    #[strum(serialize = "")]
    All,
    Staff,
    Disabled,
}

impl Status {
    pub const ALL: &[Status] = Status::VARIANTS;

    /// As it appears in the page's address.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Invalid values show all.
    pub fn parse(code: &str) -> Self {
        code.parse().unwrap_or_default()
    }
}

/// Users whose name, address or display name contains `text`, the newest account first, before `before`.
pub(in crate::identity) fn search(
    conn: &mut Conn,
    text: &str,
    status: Status,
    before: Option<i64>,
    count: i64,
) -> Result<Vec<User>, DbError> {
    let mut query = users::table.select(User::as_select()).into_boxed();
    if !text.is_empty() {
        let found = contains(dsl::username, text)
            .or(contains(dsl::email, text))
            .or(contains(dsl::display_name, text));
        query = query.filter(found);
    }
    query = match status {
        Status::All => query,
        Status::Staff => query.filter(dsl::staff.eq(true)),
        Status::Disabled => query.filter(dsl::disabled.eq(true)),
    };
    if let Some(before) = before {
        query = query.filter(dsl::id.lt(before));
    }
    Ok(query.order(dsl::id.desc()).limit(count).load(conn)?)
}

/// Usernames by id; deleted users are left out.
pub(in crate::identity) fn names(conn: &mut Conn, ids: Vec<i64>) -> Result<HashMap<i64, String>, DbError> {
    let rows: Vec<(i64, String)> =
        users::table.filter(dsl::id.eq_any(ids)).select((dsl::id, dsl::username)).load(conn)?;
    Ok(rows.into_iter().collect())
}
