//! `/tokens`: a member's API tokens: create one, shown once, and delete them.

use actix_web::web;
use askama::Template;

use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::SteppedByFactor;
use crate::http::{Answer, Ctx, Fields, Flash, Page, Problems};
use crate::i18n::When;
use crate::i18n::translate::Words;
use crate::identity::accounts::{Scope, Scopes};
use crate::identity::invalid::Invalid;
use crate::identity::tokens::api_tokens::{ApiTokenError, ApiTokens, Expiry, ListedToken, NewToken};
use crate::platform::clock::Timestamp;

/// The form's value for a token that never expires.
const NEVER: &str = "never";
/// The lifetimes offered in the form, in days.
const LIFETIMES: [&str; 3] = ["30", "90", "365"];

#[derive(Template)]
#[template(path = "tokens/tokens.html")]
struct TokensPage<'a> {
    page: &'a Page,
    rows: Vec<TokenRow>,
    form: TokenForm,
    problems: Problems,
}

struct TokenRow {
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
    title: String,
    token: &'a str,
    /// An address for trying the token.
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

    fn parse(&self, now: Timestamp) -> Result<NewToken, Invalid> {
        let offered = LIFETIMES.iter().find(|days| **days == self.lifetime);
        let expiry = match offered.and_then(|days| days.parse::<i64>().ok()) {
            Some(days) => Expiry::At(now + 86_400 * days),
            None if self.lifetime == NEVER => Expiry::Never,
            None => Expiry::Invalid,
        };
        let scopes: Vec<String> = self.scopes.iter().map(|scope| scope.name().to_owned()).collect();
        NewToken::parse(&self.name, &scopes, expiry, Scopes::for_api_tokens(), now)
    }

    /// The lifetimes to choose from, in words.
    fn lifetimes(&self, page: &Page) -> [(&'static str, &'static str); 4] {
        let t = &page.t.tokens;
        let [a, b, c] = LIFETIMES;
        [(a, t.days_30), (b, t.days_90), (c, t.days_365), (NEVER, t.never)]
    }

    /// The available scopes.
    fn offered(&self) -> Scopes {
        Scopes::for_api_tokens()
    }
}

pub async fn show(current: CurrentUser, ctx: Ctx, tokens: web::Data<ApiTokens>) -> Answer {
    render(&ctx, &current, &tokens, TokenForm::default(), Problems::default()).await
}

/// The response contains the token, which is shown only once; no address, cookie or later page contains it.
pub async fn create(mut stepped: SteppedByFactor, ctx: Ctx, tokens: web::Data<ApiTokens>) -> Answer {
    let form = TokenForm::read(&mut stepped.fields);
    let current = &stepped.current;
    let created = async { tokens.create(current, form.parse(ctx.now)?, ctx.client()).await };
    let (token, listed) = match created.await {
        Ok(created) => created,
        Err(ApiTokenError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, ctx.page.t);
            return render(&ctx, current, &tokens, form, problems).await;
        }
        Err(error) => return Err(error.into()),
    };
    let address = ctx.site.public_url.join("/api/auth/check").map_err(anyhow::Error::from)?;
    let (title, token, address) =
        (ctx.page.t.tokens.is_ready(&listed.name), token.as_str(), address.as_str());
    ctx.page.show(&MadePage { page: &ctx.page, title, token, address })
}

pub async fn delete(
    current: CurrentUser,
    id: web::Path<i64>,
    ctx: Ctx,
    tokens: web::Data<ApiTokens>,
) -> Answer {
    let name = tokens.delete(current.user.id, *id, ctx.client()).await?;
    Ok(ctx.done_named("/tokens", Flash::NamedTokenDeleted, &name))
}

/// The page; with problems, a refused form.
async fn render(
    ctx: &Ctx,
    current: &CurrentUser,
    tokens: &ApiTokens,
    form: TokenForm,
    problems: Problems,
) -> Answer {
    let (page, now) = (&ctx.page, ctx.now);
    let listed = tokens.list(current.user.id).await?;
    let row = |token: ListedToken| TokenRow {
        expires: token.expires_at.map(|at| page.when(at, now)),
        is_expired: !token.is_valid_at(now),
        used: token.last_used_at.map(|at| page.when(at, now)),
        created: page.when(token.created_at, now),
        token,
    };
    let is_refused = !problems.is_empty();
    let template = TokensPage { page, rows: listed.into_iter().map(row).collect(), form, problems };
    if is_refused { page.refuse(&template) } else { page.show(&template) }
}
