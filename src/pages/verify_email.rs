//! `/verify-email`: a mailed link, or its code, proves that an address belongs to a user.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::http::auth::cookies::RequestingBrowser;
use crate::http::auth::guards::Visitor;
use crate::http::return_to::with_next;
use crate::http::{Answer, Ctx, Fields, Flash, Page, Problems};
use crate::identity::accounts::{Confirmed, EmailProof, EmailVerification};
use crate::identity::email::{CodeHolder, LinkToken};

use super::mailed_link::{self, LinkQuery, browser_hash, return_to, wrong_code};

#[derive(Template)]
#[template(path = "verify_email/code.html")]
struct CodePage<'a> {
    page: &'a Page,
    problems: Problems,
    /// The member's address, if it is not yet verified.
    unconfirmed: Option<&'a str>,
    /// Whether a code can be typed here: a member's, or one of a mail that this browser requested.
    expects_code: bool,
}

#[derive(Template)]
#[template(path = "verify_email/confirm.html")]
struct ConfirmPage<'a> {
    page: &'a Page,
    token: &'a str,
    email: &'a str,
    /// The account that is created, if any.
    username: &'a str,
}

pub async fn show(
    visitor: Visitor,
    ctx: Ctx,
    query: web::Query<LinkQuery>,
    verification: web::Data<EmailVerification>,
) -> Answer {
    let page = &ctx.page;
    let Some(token) = query.into_inner().token() else {
        return page.show(&code_page(&visitor, &ctx, Problems::default()));
    };
    match verification.pending(&token).await? {
        Some((email, username)) => {
            page.show(&ConfirmPage { page, token: token.as_str(), email: &email, username: &username })
        }
        None => over(&ctx),
    }
}

/// The link's button, a typed code, or a request for another mail.
pub async fn submit(
    visitor: Visitor,
    ctx: Ctx,
    mut fields: Fields,
    verification: web::Data<EmailVerification>,
) -> Answer {
    if let (Some(caller), true) = (&visitor.0, fields.checked("again")) {
        verification.resend(&caller.user, ctx.client()).await?;
        return Ok(ctx.done("/verify-email", Flash::MailSent));
    }
    if fields.checked("token") {
        let proof = EmailProof::Link(LinkToken::typed(fields.take("token")));
        return match verification.confirm(proof, ctx.client()).await? {
            Some(confirmed) => Ok(done(&confirmed, &visitor, &ctx)),
            None => over(&ctx),
        };
    }
    let holder = match &visitor.0 {
        Some(caller) => CodeHolder::User(caller.user.id),
        None => CodeHolder::Browser(browser_hash(&ctx)),
    };
    let proof = EmailProof::Code(holder, fields.take("code"));
    match verification.confirm(proof, ctx.client()).await? {
        Some(confirmed) => Ok(done(&confirmed, &visitor, &ctx)),
        None => ctx.page.refuse(&code_page(&visitor, &ctx, wrong_code(&ctx.page))),
    }
}

/// Does not sign in: the link may be opened by another person than the one who chose the password.
fn done(confirmed: &Confirmed, visitor: &Visitor, ctx: &Ctx) -> HttpResponse {
    let flash = match confirmed {
        Confirmed::Registered => Flash::Welcome,
        Confirmed::Verified(_) | Confirmed::Changed(_) => Flash::EmailConfirmed,
    };
    let address = match visitor.0 {
        Some(_) => "/profile".to_owned(),
        None => with_next("/login", &return_to(ctx)),
    };
    ctx.done_with(&address, flash, [RequestingBrowser::expire(&ctx.site)])
}

fn over(ctx: &Ctx) -> Answer {
    let t = &ctx.page.t.verify_email;
    mailed_link::over(ctx, t.over, t.over_lead, None)
}

fn code_page<'a>(visitor: &'a Visitor, ctx: &'a Ctx, problems: Problems) -> CodePage<'a> {
    let requested = RequestingBrowser::read(&ctx.site, ctx.headers()).is_some();
    CodePage {
        page: &ctx.page,
        unconfirmed: unconfirmed(visitor),
        // One that was typed elsewhere is refused at its field.
        expects_code: visitor.0.is_some() || requested || !problems.is_empty(),
        problems,
    }
}

fn unconfirmed(visitor: &Visitor) -> Option<&str> {
    let user = &visitor.0.as_ref()?.user;
    user.email_verified_at.is_none().then_some(user.email.as_str())
}
