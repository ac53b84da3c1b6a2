//! `/admin`: figures, sign-ins of the last days, what needs attention, and how the system is. All from rows that are
//! few however many users there are.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::guards::Staff;
use crate::http::{Answer, Ctx, Page};
use crate::identity::Identity;
use crate::identity::accounts::AccountTotals;
use crate::identity::audit::{Counter, DailyCounts};
use crate::identity::housekeeping::flush_counts;
use crate::platform::clock::Timestamp;

use super::attention::{Alert, Known};
use super::chart::Chart;

/// The periods that can be chosen, in days.
const PERIODS: [i64; 2] = [14, 30];
const WEEK: usize = 7;
const DAY: i64 = 86_400;
/// Staff without a second factor, and letters, that are looked up at most.
const MANY: i64 = 1_000;
/// Refused requests of apps older than this are no news.
const REFUSALS_RECENT: i64 = 7 * DAY;

#[derive(Template)]
#[template(path = "admin/overview.html")]
struct OverviewPage<'a> {
    page: &'a Page,
    figures: Vec<Figure>,
    days: i64,
    periods: Vec<PeriodLink>,
    chart: Chart,
    alerts: Vec<Alert>,
    ways: Vec<Way>,
    facts: Vec<Fact>,
}

/// A period that can be chosen.
struct PeriodLink {
    days: i64,
    label: String,
    is_shown: bool,
}

struct Figure {
    name: String,
    value: String,
    beside: String,
}

/// A way to sign in, with its share in percent.
struct Way {
    name: &'static str,
    percent: i64,
}

/// How a part of the system is.
struct Fact {
    name: &'static str,
    /// Empty if it is a mere fact.
    tone: &'static str,
    value: String,
}

#[derive(Deserialize)]
pub struct Period {
    #[serde(default)]
    days: String,
}

pub async fn show(_: Staff, ctx: Ctx, query: web::Query<Period>, identity: web::Data<Identity>) -> Answer {
    let chosen = PERIODS.into_iter().find(|days| days.to_string() == query.days);
    let days = chosen.unwrap_or(PERIODS[0]);
    // What this node has counted since it last stored it.
    flush_counts(&identity).await;
    let now = ctx.now;
    let all = identity.audit.daily(PERIODS[1], now).await?;
    let shown = &all[all.len() - days as usize..];
    let directory = &identity.accounts.directory;
    let totals = directory.totals().await?;
    let mailer = identity.core.mailer.clone();
    let mails = identity.core.db.run(move |conn| mailer.failing(conn, MANY));
    let (key_age, failing_mails) = (key_age(&identity, now), mails.await?);
    let known = Known {
        days: &all,
        totals,
        unprotected_staff: &directory.unprotected_staff(MANY).await?,
        failing_mails: &failing_mails,
        apps: &identity.oidc_clients.troubles(now - REFUSALS_RECENT).await?,
        key_age,
    };
    let page = &ctx.page;
    page.show(&OverviewPage {
        page,
        figures: figures(page, &all, shown, totals),
        days,
        periods: PERIODS
            .map(|each| PeriodLink { days: each, label: page.t.overview.days(each), is_shown: each == days })
            .into(),
        chart: Chart::of(shown, page.t, now),
        alerts: known.alerts(page, now),
        ways: ways(page, shown),
        facts: facts(page, &identity, (failing_mails.len(), key_age)).await,
    })
}

fn figures(page: &Page, all: &[DailyCounts], shown: &[DailyCounts], totals: AccountTotals) -> Vec<Figure> {
    let t = page.t;
    let week = &all[all.len() - WEEK..];
    let registered = week.iter().map(|day| day.get(Counter::Registered)).sum();
    let (today, failed) =
        all.last().map(|day| (day.signed_in(), day.get(Counter::SignInFailed))).unwrap_or_default();
    let (sum, days) = (shown.iter().map(DailyCounts::signed_in).sum::<i64>(), shown.len() as i64);
    let percent = percent(totals.protected, totals.users);
    let figure = |name: &str, value, beside| Figure { name: name.to_owned(), value, beside };
    vec![
        figure(t.users.title, t.number(totals.users), t.overview.new_this_week(t.number(registered))),
        figure(t.overview.today, t.number(today), t.overview.failed_count(t.number(failed))),
        figure(
            &t.overview.sign_ins_in(days),
            t.number(sum),
            t.overview.daily_average(average(page, sum, days)),
        ),
        figure(t.overview.two_step, format!("{percent}%"), t.overview.without_two_step(totals.unprotected())),
    ]
}

/// The ways that were used, the most frequent first.
fn ways(page: &Page, shown: &[DailyCounts]) -> Vec<Way> {
    let sum = |way| shown.iter().map(|day| day.get(way)).sum::<i64>();
    let all: i64 = Counter::WAYS.into_iter().map(sum).sum();
    let mut ways: Vec<(i64, Counter)> = Counter::WAYS.into_iter().map(|way| (sum(way), way)).collect();
    ways.retain(|(count, _)| *count > 0);
    ways.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    ways.into_iter().map(|(count, way)| Way { name: page.t.way(way), percent: percent(count, all) }).collect()
}

async fn facts(page: &Page, identity: &Identity, (failing, key_age): (usize, i64)) -> Vec<Fact> {
    let t = &page.t.overview;
    let writable = identity.readiness.writable().await;
    let store = |name: &str, works: Option<bool>| match works {
        Some(false) => ("bad", format!("{name}, {}", t.takes_no_writes)),
        _ => ("ok", name.to_owned()),
    };
    let mailer = identity.core.mailer.clone();
    let waiting = identity.core.db.run(move |conn| mailer.waiting(conn)).await.unwrap_or_default();
    let mail = match (identity.accounts.accounts.sends_mail(), waiting) {
        (false, _) => ("", t.no_mail.to_owned()),
        (true, 0) => ("ok", t.mail_idle.to_owned()),
        (true, n) => (if failing > 0 { "warn" } else { "ok" }, t.mails_waiting(n)),
    };
    let session_store = match writable.redis {
        Some(works) => store("Redis", Some(works)),
        None => store(t.built_in, writable.database),
    };
    let fact = |name, (tone, value)| Fact { name, tone, value };
    vec![
        fact(t.database, store(identity.core.db.engine(), writable.database)),
        fact(t.session_store, session_store),
        fact(t.mail, mail),
        fact(t.keys, ("", t.days(key_age))),
        fact(t.version, ("", env!("CARGO_PKG_VERSION").to_owned())),
    ]
}

/// Days since the current keys sign.
fn key_age(identity: &Identity, now: Timestamp) -> i64 {
    let ring = identity.core.keys.ring();
    let since = ring.rows().iter().filter_map(|row| row.used_since).max();
    since.map_or(0, |since| (now - since).max(0) / DAY)
}

/// A number a day. What would be rounded to none is said to be less than one.
fn average(page: &Page, sum: i64, days: i64) -> String {
    match (sum + days / 2) / days {
        0 if sum > 0 => "<1".to_owned(),
        n => page.t.number(n),
    }
}

fn percent(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { (part * 100 + whole / 2) / whole }
}
