//! `/security`: the password, second factors and recent events of the account.

pub mod connected_apps;
pub mod passkey_name;
pub mod passkeys;
pub mod providers;
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
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Ctx, Flash, Page, Problems};
use crate::i18n::When;
use crate::i18n::translate::Words;
use crate::identity::Identity;
use crate::identity::accounts::{LinkedIdentity, NO_PASSWORD};
use crate::identity::audit::{Event, Recorded, Repeats};
use crate::identity::credentials::{CredentialError, Factors, Password};
use crate::platform::clock::Timestamp;

/// Events on the page of all, and beside everything else.
const EVENTS_SHOWN: i64 = 20;
const EVENTS_BESIDE: i64 = 5;

#[derive(Template)]
#[template(path = "security/security.html")]
struct SecurityPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// When the password was last changed.
    password: When,
    /// Whether the member has none.
    no_password: bool,
    factors: Factors,
    totp_since: Option<When>,
    passkeys_available: bool,
    rows: Vec<EventRow>,
    providers: Vec<ProviderRow>,
}

/// A provider of the settings, or one whose account is still linked.
struct ProviderRow {
    name: String,
    label: String,
    mark: String,
    /// How the member is known there, and since when; none if it is not linked.
    linked: Option<(String, When)>,
    /// Whether it can be linked.
    offered: bool,
}

#[derive(Template)]
#[template(path = "security/activity.html")]
struct ActivityPage<'a> {
    page: &'a Page,
    rows: Vec<EventRow>,
}

#[derive(Template)]
#[template(path = "security/password.html")]
struct PasswordPage<'a> {
    page: &'a Page,
    username: &'a str,
    problems: Problems,
}

struct EventRow {
    icon: &'static str,
    tone: &'static str,
    event: String,
    at: When,
    place: String,
}

/// Where password managers send people to change a password (W3C, A Well-Known URL for Changing Passwords).
pub async fn well_known(_: Anyone) -> HttpResponse {
    HttpResponse::Found().insert_header((LOCATION, "/security/password")).finish()
}

pub async fn show(current: CurrentUser, page: Page, identity: web::Data<Identity>) -> Answer {
    render(&page, &current, &identity, Problems::default()).await
}

/// The page; with problems, a refused form.
async fn render(page: &Page, current: &CurrentUser, identity: &Identity, problems: Problems) -> Answer {
    let (id, credentials) = (current.user.id, &identity.credentials);
    let factors = credentials.factors.overview(id).await?;
    let now = identity.core.clock.now();
    let is_refused = !problems.is_empty();
    let template = SecurityPage {
        page,
        problems,
        password: page.when(current.user.password_changed_at, now),
        no_password: current.user.password_hash == NO_PASSWORD,
        totp_since: factors.totp.map(|at| page.when(at, now)),
        passkeys_available: credentials.passkeys.is_available(),
        factors,
        rows: events(page, current, identity, EVENTS_BESIDE).await?,
        providers: provider_rows(page, &identity.upstream.linked_accounts.of_user(id).await?, now),
    };
    if is_refused { page.refuse(&template) } else { page.show(&template) }
}

/// The latest events of the account.
pub async fn activity(current: CurrentUser, page: Page, identity: web::Data<Identity>) -> Answer {
    let rows = events(&page, &current, &identity, EVENTS_SHOWN).await?;
    page.show(&ActivityPage { page: &page, rows })
}

/// A member who has no password yet sets one by mail.
pub async fn ask_password(current: CurrentUser, page: Page) -> Answer {
    if current.user.password_hash == NO_PASSWORD {
        return Ok(see_other("/password-reset").finish());
    }
    let username = &current.user.username;
    page.show(&PasswordPage { page: &page, username, problems: Problems::default() })
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
            let (page, username) = (&ctx.page, &current.user.username);
            page.refuse(&PasswordPage { page, username, problems })
        }
        Err(error) => Err(error.into()),
    }
}

async fn events(
    page: &Page,
    current: &CurrentUser,
    identity: &Identity,
    count: i64,
) -> Result<Vec<EventRow>, AppError> {
    let (latest, now) = (identity.audit.latest(current.user.id, count).await?, identity.core.clock.now());
    Ok(latest.into_iter().map(|recorded| event_row(recorded, page, now)).collect())
}

fn provider_rows(page: &Page, linked: &[LinkedIdentity], now: Timestamp) -> Vec<ProviderRow> {
    let of = |name: &str| {
        let linked = linked.iter().find(|each| each.provider == name)?;
        Some((linked.label.clone(), page.when(linked.created_at, now)))
    };
    let offered = page.providers().iter().map(|button| ProviderRow {
        linked: of(&button.name),
        name: button.name.clone(),
        label: button.label.clone(),
        mark: button.mark.clone(),
        offered: true,
    });
    let is_gone = |each: &&LinkedIdentity| page.providers().iter().all(|button| button.name != each.provider);
    let gone = linked.iter().filter(is_gone).map(|each| ProviderRow {
        linked: of(&each.provider),
        label: each.provider.clone(),
        mark: each.provider.chars().take(1).collect::<String>().to_uppercase(),
        name: each.provider.clone(),
        offered: false,
    });
    offered.chain(gone).collect()
}

fn event_row(recorded: Recorded, page: &Page, now: Timestamp) -> EventRow {
    let place = match recorded.by_other {
        true => page.t.security.by_staff.to_owned(),
        false => page.t.place(&recorded.device, &recorded.address),
    };
    let (icon, tone) = mark(recorded.event);
    let Repeats { count, last_at } = recorded.repeats;
    EventRow {
        icon,
        tone,
        event: page.t.event_line(recorded.event.text(&page.t.event), &recorded.subject),
        at: page.when(recorded.at, now),
        place: page.t.place_of_repeats(&place, count, &page.when(last_at, now).ago),
    }
}

/// Icon and tone of an event: a warning for what failed or was refused.
fn mark(event: Event) -> (&'static str, &'static str) {
    match event {
        Event::SignInFailed
        | Event::PasswordFailed
        | Event::SecondFactorFailed
        | Event::RefreshReused
        | Event::AppCodeReused
        | Event::AppRefreshReused => ("warning", "bad"),
        Event::SignedIn | Event::SignInLinkUsed | Event::DeviceTrusted | Event::DeviceForgotten => {
            ("laptop", "")
        }
        Event::SignedOut | Event::SessionEnded | Event::OthersEnded | Event::AllEnded => ("logout", ""),
        Event::PasskeyAdded | Event::PasskeyRenamed | Event::PasskeyRemoved => ("passkey", ""),
        Event::TotpAdded | Event::TotpRemoved | Event::SecondFactorConfirmed => ("phone", ""),
        Event::RecoveryCodesMade | Event::RecoveryCodeUsed | Event::RecoveryStarted => ("lifebuoy", ""),
        Event::TokenCreated | Event::TokenDeleted => ("token", ""),
        Event::AppSignedIn | Event::AppConnected | Event::AppDisconnected => ("link", ""),
        Event::EmailVerified | Event::EmailChangeAsked | Event::EmailChanged => ("mail", ""),
        Event::GroupJoined | Event::GroupLeft => ("group", ""),
        _ => ("key", ""),
    }
}
