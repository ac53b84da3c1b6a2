//! Apps as rows, and which members may open them.

use diesel::prelude::*;
use url::Url;

use crate::identity::accounts::Member;
use crate::identity::unit_of_work::Write;
use crate::platform::db::{Conn, DbError};
use crate::platform::near_cache::Topic;
use crate::platform::schema::{application_groups, applications};

use super::error::ApplicationError;
use super::new_application::{self, NewApplication};

pub struct Application {
    pub id: i64,
    pub name: String,
    pub address: Url,
    pub icon: String,
    /// Whether only members of its groups may open it. Stays set when the last group is deleted.
    pub restricted: bool,
    pub groups: Vec<i64>,
    /// Whether the app gets email addresses that their users have not confirmed.
    pub unverified_email: bool,
}

impl Application {
    /// Any member may open an unrestricted app; otherwise only members of its groups.
    pub fn is_open_to(&self, member: &Member) -> bool {
        !self.restricted || self.groups.iter().any(|group| member.is_in(*group))
    }

    /// Host and port as they appear in the address: other scripts in Punycode, so no letter imitates another.
    pub fn host(&self) -> String {
        let host = self.address.host_str().unwrap_or_default();
        self.address.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = applications)]
struct ApplicationRow {
    id: i64,
    name: String,
    address: String,
    icon: String,
    restricted: bool,
    unverified_email: bool,
}

impl ApplicationRow {
    /// None for an address that was written into the table by hand and must not become a link.
    fn with(self, groups: Vec<i64>) -> Option<Application> {
        let Self { id, name, address, icon, restricted, unverified_email } = self;
        match new_application::address(&address) {
            Ok(address) => {
                Some(Application { id, name, address, icon, restricted, groups, unverified_email })
            }
            Err(problem) => {
                tracing::warn!(id, ?problem, "the address of an app is not a valid link");
                None
            }
        }
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = applications)]
struct Columns<'n> {
    name: &'n str,
    address: &'n str,
    icon: &'n str,
    restricted: bool,
    unverified_email: bool,
}

impl<'n> Columns<'n> {
    fn of(new: &'n NewApplication) -> Self {
        Self {
            name: &new.name,
            address: new.address.as_str(),
            icon: &new.icon,
            restricted: !new.groups.is_empty(),
            unverified_email: new.unverified_email,
        }
    }
}

pub(super) fn create(write: &mut Write<'_>, new: &NewApplication) -> Result<i64, ApplicationError> {
    let row = (Columns::of(new), applications::created_at.eq(write.now()));
    let id = diesel::insert_into(applications::table)
        .values(row)
        .returning(applications::id)
        .get_result(write.topic(Topic::Applications))?;
    set_groups(write, id, &new.groups)?;
    Ok(id)
}

/// Sets everything that staff choose about the app.
pub(super) fn change(write: &mut Write<'_>, id: i64, new: &NewApplication) -> Result<(), ApplicationError> {
    let conn = write.topic(Topic::Applications);
    if diesel::update(applications::table.find(id)).set(Columns::of(new)).execute(conn)? == 0 {
        return Err(ApplicationError::NotFound);
    }
    diesel::delete(application_groups::table.filter(application_groups::application_id.eq(id)))
        .execute(conn)?;
    set_groups(write, id, &new.groups)
}

fn set_groups(write: &mut Write<'_>, id: i64, groups: &[i64]) -> Result<(), ApplicationError> {
    for group in groups {
        let row = (application_groups::application_id.eq(id), application_groups::group_id.eq(group));
        diesel::insert_into(application_groups::table)
            .values(row)
            .execute(write.topic(Topic::Applications))?;
    }
    Ok(())
}

pub(super) fn delete(write: &mut Write<'_>, id: i64) -> Result<(), ApplicationError> {
    match diesel::delete(applications::table.find(id)).execute(write.topic(Topic::Applications))? {
        0 => Err(ApplicationError::NotFound),
        _ => Ok(()),
    }
}

pub(super) fn find(conn: &mut Conn, id: i64) -> Result<Option<Application>, DbError> {
    let found = applications::table.find(id).select(ApplicationRow::as_select()).first(conn).optional()?;
    let Some(row) = found else { return Ok(None) };
    let groups = application_groups::table
        .filter(application_groups::application_id.eq(id))
        .select(application_groups::group_id)
        .load(conn)?;
    Ok(row.with(groups))
}

/// All apps by name, in one snapshot.
pub(in crate::identity) fn all(conn: &mut Conn) -> Result<Vec<Application>, DbError> {
    conn.transaction(|conn| {
        let mut rows: Vec<ApplicationRow> =
            applications::table.select(ApplicationRow::as_select()).load(conn)?;
        // SQL's lower() handles ASCII only.
        rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.id));
        let pairs: Vec<(i64, i64)> = application_groups::table
            .select((application_groups::application_id, application_groups::group_id))
            .load(conn)?;
        let groups_of = |id| pairs.iter().filter(|pair| pair.0 == id).map(|pair| pair.1).collect();
        let apps = rows.into_iter().filter_map(|row| {
            let groups = groups_of(row.id);
            row.with(groups)
        });
        Ok(apps.collect())
    })
}
