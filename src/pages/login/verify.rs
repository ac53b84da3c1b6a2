//! `/login/verify`: the second stage of signing in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::http::auth::cookies::device::Device;
use crate::http::auth::redirect_target::Landing;
use crate::http::auth::step_up::confirm_page::Ceremony;
use crate::http::form::Problems;
use crate::http::guard::Anyone;
use crate::http::page::{come_back_in, see_other};
use crate::http::{Answer, AppError, Client, Fields, Notice, Page, Site};
use crate::identity::App;
use crate::identity::sign_in::{Authenticated, Checked, Half, Shown};

#[derive(Template)]
#[template(path = "login/verify.html")]
struct VerifyPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// The offer to trust the device, if there is one.
    trust: Option<String>,
    trusting: bool,
    passkey: Option<Ceremony>,
}

pub async fn show(_: Anyone, mut page: Page, app: App, site: web::Data<Site>, req: HttpRequest) -> Answer {
    match app.find_half(req.headers(), &site.cookies).await? {
        Some(half) => render(StatusCode::OK, &mut page, &app, &site, &half, Problems::default(), false).await,
        None => over(&app, &site),
    }
}

pub async fn submit(
    _: Anyone,
    mut page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let Some(half) = app.find_half(req.headers(), &site.cookies).await? else { return over(&app, &site) };
    let (code, trust) = (fields.take("code"), fields.checked("trust"));
    let t = page.t;
    let mut show =
        async |status, problems| render(status, &mut page, &app, &site, &half, problems, trust).await;
    let refused = |text| Problems::one("code", text);
    if code.trim().is_empty() {
        return show(StatusCode::UNPROCESSABLE_ENTITY, refused(t.login.empty_code)).await;
    }
    let device = Device::of(req.headers(), &site.cookies);
    match app.finish(&half, &code, &device, &client).await {
        Ok(Checked::Right(user)) => let_in(&app, &site, &req, &client, &half, &user, trust).await,
        Ok(Checked::Wrong) => show(StatusCode::UNPROCESSABLE_ENTITY, refused(t.login.wrong_code)).await,
        Ok(Checked::Over) => over(&app, &site),
        Err(AppError::TooMany { retry_after }) => {
            let problems = Problems::of_form(t.too_many_failures(retry_after));
            come_back_in(retry_after, show(StatusCode::TOO_MANY_REQUESTS, problems).await)
        }
        Err(error) => Err(error),
    }
}

/// The second stage by a passkey.
pub async fn by_passkey(
    _: Anyone,
    mut page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let Some(half) = app.find_half(req.headers(), &site.cookies).await? else { return over(&app, &site) };
    let shown = Shown { answer: fields.take("passkey"), state: fields.take("passkey_state") };
    let trust = fields.checked("trust");
    match app.finish_by_passkey(&half, &shown, &client).await? {
        Checked::Right(user) => let_in(&app, &site, &req, &client, &half, &user, trust).await,
        Checked::Over => over(&app, &site),
        Checked::Wrong => {
            let problems = Problems::of_form(page.t.login.wrong_passkey);
            render(StatusCode::UNPROCESSABLE_ENTITY, &mut page, &app, &site, &half, problems, trust).await
        }
    }
}

/// Begins the session, as was wished with the password.
async fn let_in(
    app: &App,
    site: &Site,
    req: &HttpRequest,
    client: &Client,
    half: &Half,
    user: &Authenticated,
    trust: bool,
) -> Answer {
    let (remember, wanted) = half.wishes();
    let trusted = match trust {
        true => {
            app.trust_device(user, &Device::of(req.headers(), &site.cookies), client, &site.cookies).await?
        }
        false => None,
    };
    let [session, device] = app.welcome(user, remember, client, req.headers(), &site.cookies).await?;
    let mut response = Landing::find(wanted, app, site).await.redirect(site);
    response.cookie(session).cookie(device).cookie(app.forget_half(&site.cookies));
    if let Some(trusted) = trusted {
        response.cookie(trusted);
    }
    Ok(response.finish())
}

/// Nothing was begun, or it has ended: from the start, then.
fn over(app: &App, site: &Site) -> Answer {
    Ok(see_other("/login")
        .cookie(Notice::StageOver.cookie(site))
        .cookie(app.forget_half(&site.cookies))
        .finish())
}

async fn render(
    status: StatusCode,
    page: &mut Page,
    app: &App,
    site: &Site,
    half: &Half,
    problems: Problems,
    trusting: bool,
) -> Answer {
    page.leads_to = Landing::find(half.wishes().1, app, site).await.origin;
    let passkey = app.ask_half_for_passkey(half).await?;
    let keep = app.config.trusted_device;
    let trust = (keep > 0).then(|| page.t.trust_for(keep));
    page.show_as(status, &VerifyPage { page, problems, trust, trusting, passkey })
}
