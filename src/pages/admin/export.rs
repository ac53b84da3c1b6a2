//! `/admin/audit/export`: all matching events as CSV (RFC 4180), streamed while they are read.

use std::sync::Arc;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use futures_util::stream::try_unfold;

use crate::http::{Answer, AppError, Fields};
use crate::identity::Identity;
use crate::identity::audit::{AuditLog, Event, Filter, Line, Lines, StoredEntry};
use crate::platform::clock::Timestamp;

use super::audit::FilterForm;
use super::staff_form::StaffForm;

/// Rows in memory at once.
const CHUNK: i64 = 1_000;
const COLUMNS: [&str; 13] = [
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
    "count",
    "last_time",
];

pub async fn export(mut staff: StaffForm, identity: web::Data<Identity>) -> Answer {
    let form = read(&mut staff.fields);
    let accounts = &identity.accounts.accounts;
    let filter = form.read(accounts, staff.ctx.page.zone()).await?.ok();
    accounts.record_as_staff(staff.by(), Event::AuditExported, form.described()).await?;
    let start = ExportCursor { filter, before: None, has_begun: false };
    let rows =
        try_unfold((Arc::clone(&identity.audit), start), async |(audit, cursor)| next(audit, cursor).await);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""))
        .streaming(rows))
}

struct ExportCursor {
    /// None after the last row.
    filter: Option<Filter>,
    before: Option<i64>,
    has_begun: bool,
}

type Chunk = (Bytes, (Arc<AuditLog>, ExportCursor));

/// The next chunk of the file, and where the following chunk begins.
async fn next(audit: Arc<AuditLog>, cursor: ExportCursor) -> Result<Option<Chunk>, AppError> {
    let ExportCursor { filter, before, has_begun } = cursor;
    let Some(filter) = filter else {
        if has_begun {
            return Ok(None);
        }
        let header = written(false, &Lines::default())?;
        return Ok(Some((header, (audit, ExportCursor { filter: None, before: None, has_begun: true }))));
    };
    let lines = audit.search(filter.clone(), before, CHUNK).await?;
    let chunk = written(has_begun, &lines)?;
    let before = lines.0.last().map(|line| line.entry.id);
    let filter = (lines.0.len() as i64 == CHUNK).then_some(filter);
    Ok(Some((chunk, (audit, ExportCursor { filter, before, has_begun: true }))))
}

fn written(has_begun: bool, (lines, names): &Lines) -> Result<Bytes, AppError> {
    let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    if !has_begun {
        csv.write_record(COLUMNS).map_err(anyhow::Error::from)?;
    }
    let name = |id: Option<i64>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let number = |id: Option<i64>| id.map_or_else(String::new, |id| id.to_string());
    for line in lines {
        let Line { entry, repeats } = line;
        let StoredEntry { id, at, event, user_id, actor_id, address, device, request_id, subject } = entry;
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
            repeats.count.to_string(),
            time(repeats.last_at),
        ];
        csv.write_record(record).map_err(anyhow::Error::from)?;
    }
    Ok(Bytes::from(csv.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?))
}

/// A spreadsheet would run a value that begins like a formula (ASVS 1.2.10), even after a character that it
/// reads as a separator.
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
