//! `/security`: the password, second factors and recent events of the account.

pub mod connected_apps;
pub mod passkey_name;
pub mod passkeys;
mod qr;
pub mod recovery_codes;
pub mod totp;

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::http::auth::cookies::session;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::SteppedBySecond;
use crate::http::guard::Anyone;
use crate::http::{Answer, Ctx, Flash, Page, Problems};
use crate::i18n::When;
use crate::i18n::translate::Words;
use crate::identity::Identity;
use crate::identity::audit::{Recorded, Repeats};
use crate::identity::credentials::{CredentialError, Factors, NamedPasskey, Password};
use crate::platform::clock::Timestamp;

const EVENTS_SHOWN: i64 = 20;

#[derive(Template)]
#[template(path = "security/security.html")]
struct SecurityPage<'a> {
    page: &'a Page,
    username: &'a str,
    problems: Problems,
    factors: Factors,
    totp_since: Option<When>,
    /// None if second factors are not available on this site.
    passkeys: Option<Vec<PasskeyRow>>,
    rows: Vec<EventRow>,
}

struct PasskeyRow {
    id: i64,
    name: String,
    added: When,
    used: Option<When>,
}

struct EventRow {
    event: String,
    at: When,
    place: String,
}

/// Where password managers send people to change a password (W3C, A Well-Known URL for Changing Passwords).
pub async fn well_known(_: Anyone) -> HttpResponse {
    HttpResponse::Found().insert_header((LOCATION, "/security")).finish()
}

pub async fn show(current: CurrentUser, page: Page, identity: web::Data<Identity>) -> Answer {
    render(&page, &current, &identity, Problems::default()).await
}

pub async fn change_password(
    mut stepped: SteppedBySecond,
    ctx: Ctx,
    identity: web::Data<Identity>,
) -> Answer {
    let old = Password::new(stepped.fields.take("current_password"));
    let new = Password::new(stepped.fields.take("new_password"));
    let current = &stepped.current;
    match identity.credentials.passwords.change(current, old, new, ctx.client()).await {
        Ok(new_id) => {
            let cookie = session::issue(&ctx.site, &new_id, current.session.kind);
            Ok(ctx.done_with("/security", Flash::PasswordChanged, [cookie]))
        }
        Err(CredentialError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, ctx.page.t);
            render(&ctx.page, current, &identity, problems).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page; with problems, a refused form.
async fn render(page: &Page, current: &CurrentUser, identity: &Identity, problems: Problems) -> Answer {
    let (id, credentials) = (current.user.id, &identity.credentials);
    let events = identity.audit.latest(id, EVENTS_SHOWN).await?;
    let factors = credentials.factors.overview(id).await?;
    let now = identity.core.clock.now();
    let totp_since = factors.totp.map(|at| page.when(at, now));
    let passkey = |named: &NamedPasskey| PasskeyRow {
        id: named.id,
        name: named.name.clone(),
        added: page.when(named.created_at, now),
        used: named.used_at.map(|at| page.when(at, now)),
    };
    let available = credentials.passkeys.is_available();
    let passkeys = available.then(|| factors.passkeys.iter().map(passkey).collect());
    let rows = events.into_iter().map(|recorded| event_row(recorded, page, now)).collect();
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

fn event_row(recorded: Recorded, page: &Page, now: Timestamp) -> EventRow {
    let place = match recorded.by_other {
        true => page.t.security.by_staff.to_owned(),
        false => page.t.place(&recorded.device, &recorded.address),
    };
    let Repeats { count, last_at } = recorded.repeats;
    EventRow {
        event: page.t.event_line(recorded.event.text(&page.t.event), &recorded.subject),
        at: page.when(recorded.at, now),
        place: page.t.place_of_repeats(&place, count, &page.when(last_at, now)),
    }
}
