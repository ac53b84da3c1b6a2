//! `/admin/audit`: the audit trail of the whole site, filtered, page by page.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::locks::Staff;
use crate::http::{Answer, Page};
use crate::i18n::When;
use crate::identity::App;
use crate::identity::accounts::name::Login;
use crate::identity::accounts::user;
use crate::identity::audit::Event;
use crate::identity::audit::log as trail;
use crate::identity::audit::log::{Filter, Line};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};

use super::paging::{Paged, address, whole};

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage<'a> {
    page: &'a Page,
    form: &'a FilterForm,
    /// Somebody was asked for whom nobody knows.
    unknown: bool,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    event: String,
    at: When,
    whom: Option<(i64, String)>,
    by: Option<(i64, String)>,
    place: String,
}

/// What the filter sends; nonsense reads as nothing.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    pub event: String,
    /// A username or address, or `#` and a number.
    pub user: String,
    pub actor: String,
    /// `YYYY-MM-DD`.
    pub from: String,
    pub to: String,
    pub before: String,
}

/// Somebody of whom nobody knows, so that nothing fits.
pub struct Unknown;

impl FilterForm {
    /// What it means; to be asked where SQL may be asked.
    pub fn read(&self, conn: &mut Conn) -> Result<Result<Filter, Unknown>, DbError> {
        const DAY: i64 = 24 * 3600;
        let (Ok(user_id), Ok(actor_id)) = (who(conn, &self.user)?, who(conn, &self.actor)?) else {
            return Ok(Err(Unknown));
        };
        Ok(Ok(Filter {
            event: Event::parse(&self.event),
            user_id,
            actor_id,
            since: day(&self.from),
            until: day(&self.to).map(|start| start + DAY),
        }))
    }

    /// What was asked for, as the trail tells of an export.
    pub fn described(&self) -> String {
        let said = [&self.event, &self.user, &self.actor, &self.from, &self.to];
        said.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }

    fn page_before(&self, id: i64) -> String {
        let id = id.to_string();
        let fields = [
            ("event", self.event.as_str()),
            ("user", &self.user),
            ("actor", &self.actor),
            ("from", &self.from),
            ("to", &self.to),
            ("before", &id),
        ];
        address("/admin/audit", &fields)
    }
}

pub async fn list(_: Staff, page: Page, query: web::Query<FilterForm>, app: App) -> Answer {
    let form = query.into_inner();
    let (asked, before) = (form.clone(), whole(&form.before));
    let read = app.db.run(move |conn| match asked.read(conn)? {
        Ok(filter) => trail::read(conn, &filter, before, Paged::FETCH).map(Some),
        Err(Unknown) => Ok(None),
    });
    let read = read.await?;
    let unknown = read.is_none();
    let (lines, names) = read.unwrap_or_default();
    let Paged { rows, last } = Paged::of(lines, |line| line.id);
    let now = app.clock.now();
    let named = |id: Option<i64>| {
        let id = id?;
        let gone = || format!("#{id} ({})", page.t.audit.gone);
        Some((id, names.get(&id).cloned().unwrap_or_else(gone)))
    };
    let row = |line: Line| Row {
        event: told(&line, &page),
        at: page.t.when(line.at, now),
        whom: named(line.user_id),
        by: named(line.actor_id),
        place: page.t.place(&line.device, &line.address),
    };
    let rows = rows.into_iter().map(row).collect();
    let next = last.map(|id| form.page_before(id));
    page.show(&AuditPage { page: &page, form: &form, unknown, rows, next })
}

/// The event in words, or by its code if this version knows none for it.
fn told(line: &Line, page: &Page) -> String {
    let event = Event::parse(&line.event).map_or(line.event.as_str(), |event| event.text(&page.t.event));
    page.t.told(event, &line.subject)
}

/// The id of who was asked for; an error if nobody bears that name.
fn who(conn: &mut Conn, text: &str) -> Result<Result<Option<i64>, Unknown>, DbError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Ok(None));
    }
    if let Some(id) = text.strip_prefix('#').and_then(whole) {
        return Ok(Ok(Some(id)));
    }
    let found = user::find_by_login(conn, &Login::parse(text))?;
    Ok(found.map(|user| Some(user.id)).ok_or(Unknown))
}

/// The first second of a day, UTC.
fn day(text: &str) -> Option<Timestamp> {
    let date: jiff::civil::Date = text.trim().parse().ok()?;
    Some(date.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}
