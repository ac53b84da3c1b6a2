//! Searches of users for staff: the list, filtered and paginated, and the quick search.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::platform::db::{Conn, DbError, contains, lower};
use crate::platform::schema::users::{self, dsl};

use super::text_index::few_mentioning;
use super::user::User;

/// How long a search may take. It goes on from there on the next page.
const SEARCH_TIME: Duration = Duration::from_secs(2);
/// Users that one query of a search looks at.
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
    /// Without a second factor.
    NoFactor,
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

/// The order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By username, or else by age.
    pub by_name: bool,
    /// Descending: the newest first.
    pub down: bool,
}

/// What the list shows.
pub struct UserQuery {
    pub text: String,
    pub status: Status,
    pub order: Order,
    /// The place of the last user of the page before this one, or empty.
    pub after: String,
    pub count: i64,
}

impl UserQuery {
    /// Whether it may have to look at many users to find one.
    fn is_slow(&self) -> bool {
        !self.text.is_empty() || self.status == Status::NoFactor
    }
}

impl Order {
    /// Where a user stands in it: the name in lower case, or the id.
    pub fn place(self, user: &User) -> String {
        if self.by_name { user.username.to_ascii_lowercase() } else { user.id.to_string() }
    }
}

/// What a search has found so far.
pub struct Found {
    pub users: Vec<User>,
    /// The place after which the search goes on, if its time was over before the end.
    pub rest_after: Option<String>,
}

/// Users whose name, address or display name contains the text. If the index does not know them to be few, it looks at a
/// part of the users at a time, and ends early once it has taken `SEARCH_TIME`.
pub(in crate::identity) fn search(conn: &mut Conn, wanted: &UserQuery) -> Result<Found, DbError> {
    // No name contains a NUL, and PostgreSQL refuses it.
    let place = wanted.after.replace('\0', "\u{1}");
    if let Some(ids) = few_mentioning(conn, &wanted.text)? {
        let query = users_after(wanted.order, &place).filter(dsl::id.eq_any(ids));
        let users = fitting(query, wanted).select(User::as_select()).limit(wanted.count).load(conn)?;
        return Ok(Found { users, rest_after: None });
    }
    let until = Instant::now() + SEARCH_TIME;
    let (mut after, mut users) = (place, Vec::new());
    loop {
        let end = if wanted.is_slow() { end_of_part(conn, wanted.order, &after)? } else { None };
        users.extend(part(conn, wanted, (&after, end.as_deref()), wanted.count - users.len() as i64)?);
        match end {
            Some(end) if (users.len() as i64) < wanted.count => after = end,
            _ => return Ok(Found { users, rest_after: None }),
        }
        if Instant::now() >= until {
            return Ok(Found { users, rest_after: Some(after) });
        }
    }
}

type Users<'q> = users::BoxedQuery<'q, <Conn as Connection>::Backend>;

/// The users after a place; an empty one is before the first.
fn users_after<'q>(order: Order, place: &str) -> Users<'q> {
    let (all, place) = (users::table.into_boxed(), place.to_owned());
    let name = || lower(dsl::username);
    match (order.by_name, order.down) {
        (true, false) => all.filter(name().gt(place)).order(name().asc()),
        (true, true) if place.is_empty() => all.order(name().desc()),
        (true, true) => all.filter(name().lt(place)).order(name().desc()),
        (false, false) => all.filter(dsl::id.gt(id_of(&place).unwrap_or(0))).order(dsl::id.asc()),
        (false, true) => all.filter(dsl::id.lt(id_of(&place).unwrap_or(i64::MAX))).order(dsl::id.desc()),
    }
}

/// The place of the last user of a part; none if it reaches the end of the list.
fn end_of_part(conn: &mut Conn, order: Order, after: &str) -> Result<Option<String>, DbError> {
    let last = users_after(order, after).offset(AT_ONCE - 1);
    if order.by_name {
        return Ok(last.select(lower(dsl::username)).first(conn).optional()?);
    }
    let id: Option<i64> = last.select(dsl::id).first(conn).optional()?;
    Ok(id.map(|id| id.to_string()))
}

/// At most `count` users after a place and up to another.
fn part(
    conn: &mut Conn,
    wanted: &UserQuery,
    (after, end): (&str, Option<&str>),
    count: i64,
) -> Result<Vec<User>, DbError> {
    let mut query = users_after(wanted.order, after);
    if let Some(end) = end {
        let name = || lower(dsl::username);
        query = match (wanted.order.by_name, wanted.order.down) {
            (true, false) => query.filter(name().le(end)),
            (true, true) => query.filter(name().ge(end)),
            (false, false) => query.filter(dsl::id.le(id_of(end).unwrap_or(i64::MAX))),
            (false, true) => query.filter(dsl::id.ge(id_of(end).unwrap_or(0))),
        };
    }
    Ok(fitting(query, wanted).select(User::as_select()).limit(count).load(conn)?)
}

/// Those with the text and the status.
fn fitting<'q>(mut users: Users<'q>, wanted: &UserQuery) -> Users<'q> {
    if !wanted.text.is_empty() {
        users = mentioning(users, &wanted.text);
    }
    match wanted.status {
        Status::All => users,
        Status::Staff => users.filter(dsl::staff),
        Status::Disabled => users.filter(dsl::disabled),
        Status::NoFactor => users.filter(dsl::factors_since.is_null()),
    }
}

/// Those whose name, address or display name contains a text.
fn mentioning<'q>(users: Users<'q>, text: &str) -> Users<'q> {
    let names = contains(dsl::username, text).or(contains(dsl::display_name, text));
    users.filter(names.or(contains(dsl::email, text)))
}

fn id_of(place: &str) -> Option<i64> {
    place.trim().parse().ok()
}

/// Users who are looked through for what does not begin like what was typed.
const LOOKED_THROUGH: i64 = 2_000;

/// At most `count` users that fit a text, at a cost that does not grow with their number: whose name or address begins
/// with it, then whose name, address or display name contains it: all of them if they are few, or else of the newest.
pub(in crate::identity) fn quick_search(
    conn: &mut Conn,
    text: &str,
    count: i64,
) -> Result<Vec<User>, DbError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let all = || users::table.select(User::as_select());
    let begin = |text: String| (text.clone(), text + "\u{10ffff}");
    let (from, to) = begin(text.to_ascii_lowercase());
    let named = all().filter(lower(dsl::username).ge(from).and(lower(dsl::username).lt(to)));
    let mut found: Vec<User> = named.order(lower(dsl::username)).limit(count).load(conn)?;
    let (from, to) = begin(text.to_lowercase());
    let at = all().filter(dsl::email_key.ge(from).and(dsl::email_key.lt(to)));
    found.extend(at.order(dsl::email_key).limit(count).load(conn)?);
    let among = match few_mentioning(conn, text)? {
        Some(ids) => users::table.into_boxed().filter(dsl::id.eq_any(ids)),
        None => newest(conn)?,
    };
    let among = mentioning(among, text).select(User::as_select());
    found.extend(among.order(dsl::id.desc()).limit(count).load(conn)?);
    let mut seen = HashSet::new();
    found.retain(|user| seen.insert(user.id));
    found.truncate(usize::try_from(count).unwrap_or_default());
    Ok(found)
}

/// Those who joined last.
fn newest<'q>(conn: &mut Conn) -> Result<Users<'q>, DbError> {
    let last: Option<i64> = users::table.select(dsl::id).order(dsl::id.desc()).first(conn).optional()?;
    Ok(users::table.into_boxed().filter(dsl::id.gt(last.unwrap_or_default() - LOOKED_THROUGH)))
}
