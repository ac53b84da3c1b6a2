//! `/admin/audit/export`: every event that a filter finds, as CSV (RFC 4180), written while it is read.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Bytes;
use futures_util::stream::try_unfold;

use crate::http::{Answer, AppError, Fields};
use crate::identity::App;
use crate::identity::audit::Event;
use crate::identity::audit::log as trail;
use crate::identity::audit::log::{Filter, Line, Lines};
use crate::platform::clock::Timestamp;

use super::audit::{FilterForm, Unknown};
use super::staff_form::Act;

/// Lines that are in memory at once.
const STEP: i64 = 1_000;
const COLUMNS: [&str; 11] = [
    "id",
    "time",
    "event",
    "subject",
    "user_id",
    "user",
    "actor_id",
    "actor",
    "address",
    "device",
    "request_id",
];

pub async fn export(mut act: Act) -> Answer {
    let form = read(&mut act.fields);
    let asked = form.described();
    let filter = act.app.db.run(move |conn| form.read(conn)).await?;
    let entry = act.entry(Event::AuditExported, None).about(asked);
    act.app.act(Some(entry), act.checked(|_| Ok::<_, AppError>(()))).await?;
    let begin = Step { filter: filter.map_err(|Unknown| ()).ok(), before: None, begun: false };
    let rows = try_unfold((act.app, begin), async |(app, step)| next(app, step).await);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""))
        .streaming(rows))
}

struct Step {
    /// None once there is nothing left.
    filter: Option<Filter>,
    before: Option<i64>,
    begun: bool,
}

/// The next piece of the file, and where to go on.
async fn next(app: App, step: Step) -> Result<Option<(Bytes, (App, Step))>, AppError> {
    let Step { filter, before, begun } = step;
    let Some(filter) = filter else {
        let rest = if begun { return Ok(None) } else { written(begun, &Lines::default())? };
        return Ok(Some((rest, (app, Step { filter: None, before, begun: true }))));
    };
    let asked = filter.clone();
    let lines = app.db.run(move |conn| trail::read(conn, &asked, before, STEP)).await?;
    let piece = written(begun, &lines)?;
    let before = lines.0.last().map(|line| line.id);
    let filter = (lines.0.len() as i64 == STEP).then_some(filter);
    Ok(Some((piece, (app, Step { filter, before, begun: true }))))
}

fn written(begun: bool, (lines, names): &Lines) -> Result<Bytes, AppError> {
    let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    if !begun {
        csv.write_record(COLUMNS).map_err(anyhow::Error::from)?;
    }
    let name = |id: Option<i64>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let number = |id: Option<i64>| id.map_or_else(String::new, |id| id.to_string());
    for line in lines {
        let Line { id, at, event, user_id, actor_id, address, device, request_id, subject } = line;
        let record = [
            id.to_string(),
            time(*at),
            event.clone(),
            harmless(subject),
            number(*user_id),
            harmless(&name(*user_id)),
            number(*actor_id),
            harmless(&name(*actor_id)),
            address.clone(),
            harmless(device),
            harmless(request_id),
        ];
        csv.write_record(record).map_err(anyhow::Error::from)?;
    }
    Ok(Bytes::from(csv.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?))
}

/// A spreadsheet would run what begins like a formula (ASVS 1.2.10), also behind what it takes for a separator.
fn harmless(text: &str) -> String {
    const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];
    let begins = |part: &str| part.trim_start_matches([' ', '"']).starts_with(FORMULAS);
    let guard = |part: &str| if begins(part) { "'" } else { "" };
    text.split_inclusive([';', '|', '\n']).fold(String::new(), |safe, part| safe + guard(part) + part)
}

fn time(at: Timestamp) -> String {
    jiff::Timestamp::from_second(at).unwrap_or_default().to_string()
}

fn read(fields: &mut Fields) -> FilterForm {
    FilterForm {
        event: fields.take("event"),
        user: fields.take("user"),
        actor: fields.take("actor"),
        from: fields.take("from"),
        to: fields.take("to"),
        before: String::new(),
    }
}

impl From<AppError> for std::io::Error {
    fn from(error: AppError) -> Self {
        Self::other(error.to_string())
    }
}
