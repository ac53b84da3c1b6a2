//! The list of users for staff: searched, filtered, paginated.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::platform::db::{Conn, DbError, contains};
use crate::platform::schema::users;
use crate::platform::schema::users::dsl;

use super::user::User;

/// How long a search may take. It goes on from there on the next page.
const SEARCH_TIME: Duration = Duration::from_secs(2);
/// Ids that one query of a search looks at.
const AT_ONCE: i64 = 20_000;

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

/// What a search has found so far.
pub struct Found {
    pub users: Vec<User>,
    /// The id before which the search goes on, if its time was over before the end.
    pub rest_before: Option<i64>,
}

/// Users whose name, address or display name contains `text`, the newest account first, before `before`. Looks at a part of
/// the users at a time, and ends early once it has taken `SEARCH_TIME`.
pub(in crate::identity) fn search(
    conn: &mut Conn,
    text: &str,
    status: Status,
    before: Option<i64>,
    count: i64,
) -> Result<Found, DbError> {
    let until = Instant::now() + SEARCH_TIME;
    let matching = || {
        let mut query = users::table.select(User::as_select()).into_boxed();
        if !text.is_empty() {
            let found = contains(dsl::username, text)
                .or(contains(dsl::email, text))
                .or(contains(dsl::display_name, text));
            query = query.filter(found);
        }
        match status {
            Status::All => query,
            Status::Staff => query.filter(dsl::staff),
            Status::Disabled => query.filter(dsl::disabled),
        }
    };
    let before = before.unwrap_or(i64::MAX);
    if text.is_empty() {
        let users = matching().filter(dsl::id.lt(before));
        let users = users.order(dsl::id.desc()).limit(count).load(conn)?;
        return Ok(Found { users, rest_before: None });
    }
    let newest: Option<i64> = users::table.select(dsl::id).order(dsl::id.desc()).first(conn).optional()?;
    let mut found = Vec::new();
    let mut end = before.min(newest.unwrap_or(0).saturating_add(1));
    while end > 0 {
        let begin = (end - AT_ONCE).max(0);
        let part = matching().filter(dsl::id.ge(begin).and(dsl::id.lt(end)));
        let missing = count - found.len() as i64;
        found.extend(part.order(dsl::id.desc()).limit(missing).load::<User>(conn)?);
        end = begin;
        if found.len() as i64 == count {
            break;
        }
        if end > 0 && Instant::now() >= until {
            return Ok(Found { users: found, rest_before: Some(end) });
        }
    }
    Ok(Found { users: found, rest_before: None })
}

/// Usernames by id; deleted users are left out.
pub(in crate::identity) fn names(conn: &mut Conn, ids: Vec<i64>) -> Result<HashMap<i64, String>, DbError> {
    let rows: Vec<(i64, String)> =
        users::table.filter(dsl::id.eq_any(ids)).select((dsl::id, dsl::username)).load(conn)?;
    Ok(rows.into_iter().collect())
}
