//! `/tokens`: the API tokens of a member: make one, which is shown once, and delete them.

use actix_web::web;
use askama::Template;

use crate::http::auth::locks::CurrentUser;
use crate::http::auth::step_up::SteppedByFactor;
use crate::http::form::Problems;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Client, Fields, Notice, Page, Site};
use crate::i18n::When;
use crate::identity::App;
use crate::identity::accounts::scope::{Scope, Scopes};
use crate::identity::tokens::api_tokens::{Expiry, ListedToken, MakeError, NewToken};
use crate::platform::clock::Timestamp;

/// How the form names a token that never expires.
const NEVER: &str = "never";
/// The lifetimes that the form offers, in days.
const LIFETIMES: [&str; 3] = ["30", "90", "365"];

#[derive(Template)]
#[template(path = "tokens/tokens.html")]
struct TokensPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    form: TokenForm,
    problems: Problems,
}

struct Row {
    token: ListedToken,
    expires: Option<When>,
    is_expired: bool,
    used: Option<When>,
    created: When,
}

#[derive(Template)]
#[template(path = "tokens/made.html")]
struct MadePage<'a> {
    page: &'a Page,
    name: &'a str,
    token: &'a str,
    /// Where the token can be tried.
    address: &'a str,
}

struct TokenForm {
    name: String,
    scopes: Scopes,
    /// Days, or never.
    lifetime: String,
}

impl Default for TokenForm {
    fn default() -> Self {
        Self { name: String::new(), scopes: Scopes::default(), lifetime: LIFETIMES[1].to_owned() }
    }
}

impl TokenForm {
    fn read(fields: &mut Fields) -> Self {
        let chosen = |scope: &Scope| fields.checked(scope.name());
        let scopes = Scope::ALL.iter().copied().filter(chosen).collect();
        Self { scopes, name: fields.take("name"), lifetime: fields.take("expires_at") }
    }

    fn parse(&self, now: Timestamp, page: &Page) -> Result<NewToken, Problems> {
        let offered = LIFETIMES.iter().find(|days| **days == self.lifetime);
        let expiry = match offered.and_then(|days| days.parse::<i64>().ok()) {
            Some(days) => Expiry::At(now + 86_400 * days),
            None if self.lifetime == NEVER => Expiry::Never,
            None => Expiry::Odd,
        };
        let scopes: Vec<String> = self.scopes.iter().map(|scope| scope.name().to_owned()).collect();
        NewToken::parse(&self.name, &scopes, expiry, Scopes::for_api_tokens(), now, page.t)
    }

    /// The choices of a lifetime, in words.
    fn lifetimes(&self, page: &Page) -> [(&'static str, &'static str); 4] {
        let t = &page.t.tokens;
        let [a, b, c] = LIFETIMES;
        [(a, t.days_30), (b, t.days_90), (c, t.days_365), (NEVER, t.never)]
    }

    /// What may be chosen.
    fn offered(&self) -> Scopes {
        Scopes::for_api_tokens()
    }
}

pub async fn show(current: CurrentUser, page: Page, app: App) -> Answer {
    render(&page, &current, &app, TokenForm::default(), Problems::default()).await
}

/// The answer holds the token, for it is told this once only; no address, cookie or later page does.
pub async fn create(
    mut stepped: SteppedByFactor,
    page: Page,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let form = TokenForm::read(&mut stepped.fields);
    let current = &stepped.current;
    let new = match form.parse(app.clock.now(), &page) {
        Ok(new) => new,
        Err(problems) => return render(&page, current, &app, form, problems).await,
    };
    let (token, listed) = match app.make_api_token(current, new, &client).await {
        Ok(made) => made,
        Err(MakeError::Db(error)) => return Err(error.into()),
        Err(MakeError::SessionOver) => return Err(AppError::SessionOver),
        Err(MakeError::TooMany) => {
            let problems = Problems::of_form(page.t.tokens.too_many);
            return render(&page, current, &app, form, problems).await;
        }
    };
    let address = site.public_url.join("/api/auth/check").map_err(anyhow::Error::from)?;
    let (name, token, address) = (listed.name.as_str(), token.as_str(), address.as_str());
    page.show(&MadePage { page: &page, name, token, address })
}

pub async fn delete(
    current: CurrentUser,
    id: web::Path<i64>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    app.delete_api_token(current.user.id, *id, &client).await?;
    Ok(see_other("/tokens").cookie(Notice::TokenDeleted.cookie(&site)).finish())
}

/// The page; with problems it is a refused form.
async fn render(
    page: &Page,
    current: &CurrentUser,
    app: &App,
    form: TokenForm,
    problems: Problems,
) -> Answer {
    let now = app.clock.now();
    let listed = app.api_tokens_of(current.user.id).await?;
    let row = |token: ListedToken| Row {
        expires: token.expires_at.map(|at| page.t.when(at, now)),
        is_expired: !token.is_timely(now),
        used: token.last_used_at.map(|at| page.t.when(at, now)),
        created: page.t.when(token.created_at, now),
        token,
    };
    let refused = !problems.is_empty();
    let template = TokensPage { page, rows: listed.into_iter().map(row).collect(), form, problems };
    if refused { page.refuse(&template) } else { page.show(&template) }
}
