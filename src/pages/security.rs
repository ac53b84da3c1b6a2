//! `/security`: change the password, look after second factors; see what happened to the account.

pub mod passkey_name;
pub mod passkeys;
mod qr;
pub mod recovery_codes;
pub mod totp;

use actix_web::web;
use askama::Template;

use crate::http::auth::locks::CurrentUser;
use crate::http::auth::step_up::SteppedBySecond;
use crate::http::form::Problems;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Client, Notice, Page, Site};
use crate::i18n::When;
use crate::identity::App;
use crate::identity::audit::{self, Recorded};
use crate::identity::credentials::factors as factor;
use crate::identity::credentials::factors::Factors;
use crate::identity::credentials::passkey_rows::Named;
use crate::identity::credentials::password::Secret;

const EVENTS_SHOWN: i64 = 20;

#[derive(Template)]
#[template(path = "security/security.html")]
struct SecurityPage<'a> {
    page: &'a Page,
    username: &'a str,
    problems: Problems,
    factors: Factors,
    totp_since: Option<When>,
    /// None where this site can have none.
    passkeys: Option<Vec<PasskeyRow>>,
    rows: Vec<Row>,
}

struct PasskeyRow {
    id: i64,
    name: String,
    added: When,
    used: Option<When>,
}

struct Row {
    event: String,
    at: When,
    place: String,
}

pub async fn show(current: CurrentUser, page: Page, app: App) -> Answer {
    render(&page, &current, &app, Problems::default()).await
}

pub async fn change_password(
    mut stepped: SteppedBySecond,
    page: Page,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let old = Secret::new(stepped.fields.take("current_password"));
    let new = Secret::new(stepped.fields.take("new_password"));
    let current = &stepped.current;
    let new_id = match app.change_password(current, old, new, &client, page.t).await? {
        Ok(new_id) => new_id,
        Err(problems) => return render(&page, current, &app, problems).await,
    };
    Ok(see_other("/security")
        .cookie(Notice::PasswordChanged.cookie(&site))
        .cookie(app.session_cookie(&new_id, current.session.kind))
        .finish())
}

/// The page; with problems it is a refused form.
async fn render(page: &Page, current: &CurrentUser, app: &App, problems: Problems) -> Answer {
    let id = current.user.id;
    let found = app.db.run(move |conn| {
        let events = audit::latest(conn, id, EVENTS_SHOWN)?;
        Ok::<_, AppError>((events, factor::of_user(conn, id)?))
    });
    let (events, factors) = found.await?;
    let now = app.clock.now();
    let totp_since = factors.totp.map(|at| page.t.when(at, now));
    let passkey = |named: &Named| PasskeyRow {
        id: named.id,
        name: named.name.clone(),
        added: page.t.when(named.created_at, now),
        used: named.used_at.map(|at| page.t.when(at, now)),
    };
    let passkeys = app.passkeys.is_some().then(|| factors.passkeys.iter().map(passkey).collect());
    let rows = events.into_iter().map(|recorded| row(recorded, page, now)).collect();
    let refused = !problems.is_empty();
    let template = SecurityPage {
        page,
        username: &current.user.username,
        problems,
        factors,
        totp_since,
        passkeys,
        rows,
    };
    if refused { page.refuse(&template) } else { page.show(&template) }
}

fn row(recorded: Recorded, page: &Page, now: i64) -> Row {
    let place = match recorded.by_other {
        true => page.t.security.by_staff.to_owned(),
        false => page.t.place(&recorded.device, &recorded.address),
    };
    let event = page.t.told(recorded.event.text(&page.t.event), &recorded.subject);
    Row { event, at: page.t.when(recorded.at, now), place }
}
