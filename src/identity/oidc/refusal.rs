//! Requests of apps that named another address than those that are registered: the last few of each app, for staff.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::oidc_refusals::{self, dsl};

/// Refusals that are stored of each app.
const PER_APP: i64 = 10;

/// The parameter with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressParameter {
    RedirectUri,
    PostLogoutRedirectUri,
}

impl AddressParameter {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::RedirectUri => "redirect_uri",
            Self::PostLogoutRedirectUri => "post_logout_redirect_uri",
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::RedirectUri => "redirect URI",
            Self::PostLogoutRedirectUri => "post-logout redirect URI",
        }
    }
}

/// A request that went no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub at: Timestamp,
    /// `redirect_uri` or `post_logout_redirect_uri`.
    pub parameter: String,
    pub received: String,
    /// What was registered then.
    pub registered: Vec<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_refusals)]
struct RefusalRow {
    at: Timestamp,
    parameter: String,
    received: String,
    registered: String,
}

/// The last ones of an app, the newest first.
pub fn of_client(conn: &mut Conn, client: i64) -> Result<Vec<Refusal>, DbError> {
    let rows: Vec<RefusalRow> = oidc_refusals::table
        .filter(dsl::client.eq(client))
        .order((dsl::at.desc(), dsl::id.desc()))
        .limit(PER_APP)
        .select(RefusalRow::as_select())
        .load(conn)?;
    let read = |row: RefusalRow| Refusal {
        at: row.at,
        parameter: row.parameter,
        received: row.received,
        registered: serde_json::from_str(&row.registered).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The apps of which a request was refused since then, with the last time.
pub fn since(conn: &mut Conn, since: Timestamp) -> Result<Vec<(i64, Timestamp)>, DbError> {
    let recent = oidc_refusals::table.filter(dsl::at.ge(since));
    let mut rows: Vec<(i64, Timestamp)> =
        recent.select((dsl::client, dsl::at)).order(dsl::at.desc()).load(conn)?;
    let mut seen = std::collections::HashSet::new();
    rows.retain(|(client, _)| seen.insert(*client));
    Ok(rows)
}

/// Adds one; the same as before only gets a new time. The app must exist.
pub fn add(write: &mut Write<'_>, client: i64, new: &Refusal) -> Result<(), DbError> {
    use crate::platform::schema::oidc_clients;
    let registered = serde_json::to_string(&new.registered).unwrap_or_default();
    let conn = write.uncached();
    let same = dsl::client
        .eq(client)
        .and(dsl::parameter.eq(&new.parameter))
        .and(dsl::received.eq(&new.received))
        .and(dsl::registered.eq(&registered));
    let again = diesel::update(oidc_refusals::table.filter(same)).set(dsl::at.eq(new.at)).execute(conn)?;
    let exists = oidc_clients::table.find(client).select(oidc_clients::id).first::<i64>(conn).optional()?;
    if again > 0 || exists.is_none() {
        return Ok(());
    }
    let row = (
        dsl::client.eq(client),
        dsl::at.eq(new.at),
        dsl::parameter.eq(&new.parameter),
        dsl::received.eq(&new.received),
        dsl::registered.eq(&registered),
    );
    diesel::insert_into(oidc_refusals::table).values(row).execute(conn)?;
    let of_client = oidc_refusals::table.filter(dsl::client.eq(client));
    let older = of_client.order((dsl::at.desc(), dsl::id.desc())).offset(PER_APP).limit(1_000);
    let older: Vec<i64> = older.select(dsl::id).load(conn)?;
    diesel::delete(oidc_refusals::table.filter(dsl::id.eq_any(older))).execute(conn)?;
    Ok(())
}
