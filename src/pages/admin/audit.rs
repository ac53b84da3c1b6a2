//! `/admin/audit`: the audit trail of the whole site, filtered and paged.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::guards::Staff;
use crate::http::{Answer, Ctx, Page};
use crate::i18n::When;
use crate::i18n::translate::Words;
use crate::identity::Identity;
use crate::identity::accounts::Accounts;
use crate::identity::accounts::name::Login;
use crate::identity::audit::{Event, Filter, Line, Lines};
use crate::platform::db::DbError;
use crate::platform::time_zone::TimeZone;

use super::event_row::tone;
use super::paging::{Paged, address, number};

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage<'a> {
    page: &'a Page,
    form: &'a FilterForm,
    /// The filter names a user who does not exist.
    is_unknown: bool,
    days: Vec<AuditDay>,
    /// For how many days events are stored.
    days_stored: i64,
    next: Option<String>,
}

/// In seconds.
const DAY: i64 = 24 * 60 * 60;

/// The rows of a day in the reader's zone.
struct AuditDay {
    title: String,
    rows: Vec<AuditRow>,
}

struct AuditRow {
    event: String,
    tone: &'static str,
    at: When,
    whom: Option<(i64, String)>,
    by: Option<(i64, String)>,
    place: String,
}

/// The filter's parameters; invalid values are ignored.
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

/// The filter names a user who does not exist, so nothing matches.
pub struct NoSuchUser;

impl FilterForm {
    /// The parsed filter; days are those of the reader's zone.
    pub async fn read(
        &self,
        accounts: &Accounts,
        zone: &TimeZone,
    ) -> Result<Result<Filter, NoSuchUser>, DbError> {
        let (user, actor) = (user_id(accounts, &self.user).await?, user_id(accounts, &self.actor).await?);
        let (Ok(user_id), Ok(actor_id)) = (user, actor) else { return Ok(Err(NoSuchUser)) };
        Ok(Ok(Filter {
            event: Event::parse(&self.event),
            user_id,
            actor_id,
            since: zone.day(&self.from).map(|day| day.start),
            until: zone.day(&self.to).map(|day| day.end),
        }))
    }

    /// The filter as the audit trail records it for an export.
    pub fn described(&self) -> String {
        let typed = [&self.event, &self.user, &self.actor, &self.from, &self.to];
        typed.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ")
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

pub async fn list(
    _: Staff,
    ctx: Ctx,
    query: web::Query<FilterForm>,
    identity: web::Data<Identity>,
) -> Answer {
    let form = query.into_inner();
    let filter = form.read(&identity.accounts.accounts, ctx.page.zone()).await?;
    let is_unknown = filter.is_err();
    let (lines, names) = match filter {
        Ok(filter) => identity.audit.search(filter, number(&form.before), Paged::FETCH).await?,
        Err(NoSuchUser) => Lines::default(),
    };
    let Paged { rows, last } = Paged::of(lines, |line| line.entry.id);
    let (page, now) = (&ctx.page, ctx.now);
    let named = |id: Option<i64>| {
        let id = id?;
        let gone = || format!("#{id} ({})", page.t.audit.gone);
        Some((id, names.get(&id).cloned().unwrap_or_else(gone)))
    };
    let place = |line: &Line| {
        let (place, last) =
            (page.t.place(&line.entry.device, &line.entry.address), page.when(line.repeats.last_at, now));
        // Whose zone is said once.
        page.t.place_of_repeats(&place, line.repeats.count, &last.local)
    };
    let row = |line: Line| AuditRow {
        event: in_words(&line, page),
        tone: Event::parse(&line.entry.event).map(tone).unwrap_or_default(),
        at: page.when(line.entry.at, now),
        whom: named(line.entry.user_id),
        by: named(line.entry.actor_id),
        place: place(&line),
    };
    let rows: Vec<AuditRow> = rows.into_iter().map(row).collect();
    let days = by_day(rows, page, page.when(now, now).day());
    let next = last.map(|id| form.page_before(id));
    let days_stored = (identity.audit.retention() / DAY).max(1);
    page.show(&AuditPage { page, form: &form, is_unknown, days, days_stored, next })
}

impl AuditRow {
    /// The time of day, in the reader's zone.
    fn time(&self) -> &str {
        self.at.local.split(' ').nth(1).unwrap_or_default()
    }
}

fn by_day(rows: Vec<AuditRow>, page: &Page, today: &str) -> Vec<AuditDay> {
    let mut days: Vec<(String, AuditDay)> = Vec::new();
    for row in rows {
        let date = row.at.day().to_owned();
        match days.last_mut().filter(|(last, _)| *last == date) {
            Some((_, day)) => day.rows.push(row),
            None => days.push((date.clone(), AuditDay { title: page.t.day(&date, today), rows: vec![row] })),
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

/// The event in words, or its code if this version does not know it.
pub(super) fn in_words(line: &Line, page: &Page) -> String {
    let event =
        Event::parse(&line.entry.event).map_or(line.entry.event.as_str(), |event| event.text(&page.t.event));
    page.t.event_line(event, &line.entry.subject)
}

/// The id of a user by login or number; none if the text is empty, an error if no user has that login.
async fn user_id(accounts: &Accounts, text: &str) -> Result<Result<Option<i64>, NoSuchUser>, DbError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Ok(None));
    }
    if let Some(id) = text.strip_prefix('#').and_then(number) {
        return Ok(Ok(Some(id)));
    }
    let found = accounts.by_login(&Login::parse(text)).await?;
    Ok(found.map(|user| Some(user.id)).ok_or(NoSuchUser))
}
