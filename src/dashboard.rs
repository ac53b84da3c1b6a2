//! `/dashboard`: where a member arrives.

use askama::Template;

use crate::i18n::When;
use crate::identity::session::Session;
use crate::identity::user::User;
use crate::identity::visitor::CurrentUser;
use crate::identity::{App, audit};
use crate::web::{Answer, AppError, Page};

#[derive(Template)]
#[template(path = "dashboard/dashboard.html")]
struct DashboardPage<'a> {
    page: &'a Page,
    user: &'a User,
    session: &'a Session,
    greeting: String,
    device: &'a str,
    signed_in: When,
    count: String,
    password: When,
    failure: Option<When>,
}

pub async fn show(page: Page, current: CurrentUser, app: App) -> Answer {
    let id = current.user.id;
    let failure = app.db.run(move |conn| audit::last_failure(conn, id).map_err(AppError::from)).await?;
    let sessions = app.sessions.of_user(&current.user).await?;
    let (now, t) = (app.clock.now(), page.t);
    page.show(&DashboardPage {
        page: &page,
        user: &current.user,
        session: &current.session,
        greeting: t.greeting(current.user.name()),
        device: if current.session.device.is_empty() {
            t.dashboard.unknown_device
        } else {
            &current.session.device
        },
        signed_in: t.when(current.session.signed_in_at, now),
        count: t.session_count(sessions.len()),
        password: t.when(current.user.password_changed_at, now),
        failure: failure.map(|at| t.when(at, now)),
    })
}
