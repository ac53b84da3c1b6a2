//! `/admin/search`: one field for people, groups, apps, sessions and the audit log, with a few hits of each. Its cost does
//! not grow with the site.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::guards::Staff;
use crate::http::{Answer, AppError, Ctx, Page, device_icon};
use crate::i18n::When;
use crate::identity::Identity;
use crate::identity::accounts::{GroupName, User};
use crate::identity::audit::Line;
use crate::identity::sessions::SessionKind;

use super::audit::in_words;
use super::paging::address;

/// Characters that are searched for; the rest is ignored.
const LONGEST: usize = 100;
/// Hits of each kind.
const HITS: usize = 5;
/// People whose sessions and events are shown.
const PEOPLE_LOOKED_AT: usize = 3;

#[derive(Template)]
#[template(path = "admin/search.html")]
struct SearchPage<'a> {
    page: &'a Page,
    text: &'a str,
    kinds: Vec<Kind>,
}

/// The hits of one kind, and the page where the rest of them is.
struct Kind {
    id: &'static str,
    title: &'static str,
    hits: Vec<Hit>,
    all: String,
}

struct Hit {
    icon: &'static str,
    name: String,
    meta: Vec<String>,
    link: String,
    at: Option<When>,
}

#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

pub async fn search(_: Staff, ctx: Ctx, query: web::Query<Search>, identity: web::Data<Identity>) -> Answer {
    let text: String = query.q.trim().chars().take(LONGEST).collect();
    let kinds = match text.is_empty() {
        true => Vec::new(),
        false => kinds(&ctx, &text, &identity).await?,
    };
    ctx.page.show(&SearchPage { page: &ctx.page, text: &text, kinds })
}

async fn kinds(ctx: &Ctx, text: &str, identity: &Identity) -> Result<Vec<Kind>, AppError> {
    let t = ctx.page.t;
    let people = identity.accounts.directory.quick_search(text.to_owned(), HITS as i64).await?;
    let looked_at = &people[..people.len().min(PEOPLE_LOOKED_AT)];
    let sessions = sessions(ctx, looked_at, identity).await?;
    let events = events(ctx, text, looked_at, identity).await?;
    // The log of the person who was meant, if there is one.
    let log = match looked_at {
        [one] => address("/admin/audit", &[("user", &one.username)]),
        _ => "/admin/audit".to_owned(),
    };
    let kind = |id, title, hits, all| Kind { id, title, hits, all };
    let kinds = vec![
        kind(
            "users",
            t.admin.users,
            people.iter().map(person).collect(),
            address("/admin/users", &[("q", text)]),
        ),
        kind("groups", t.admin.groups, groups(text, identity).await?, "/admin/groups".to_owned()),
        kind("apps", t.admin.apps, apps(text, identity).await?, "/admin/apps".to_owned()),
        kind("sessions", t.admin.sessions, sessions, "/admin/sessions".to_owned()),
        kind("audit", t.admin.audit, events, log),
    ];
    Ok(kinds.into_iter().filter(|kind| !kind.hits.is_empty()).collect())
}

fn person(user: &User) -> Hit {
    Hit {
        icon: "user",
        name: user.username.clone(),
        meta: vec![user.email.clone()],
        link: format!("/admin/users/{}", user.id),
        at: None,
    }
}

async fn groups(text: &str, identity: &Identity) -> Result<Vec<Hit>, AppError> {
    let fits = fits(text);
    let named = identity.accounts.groups.names().await?.into_iter().filter(|group| fits(&group.name));
    let hit = |group: GroupName| Hit {
        icon: "group",
        link: format!("/admin/groups/{}", group.id),
        name: group.name,
        meta: Vec::new(),
        at: None,
    };
    Ok(named.take(HITS).map(hit).collect())
}

async fn apps(text: &str, identity: &Identity) -> Result<Vec<Hit>, AppError> {
    let fits = fits(text);
    let hit = |name: &str, meta: &str, link| Hit {
        icon: "app",
        name: name.to_owned(),
        meta: vec![meta.to_owned()],
        link,
        at: None,
    };
    let (proxied, clients) = (identity.applications.all().await?, identity.oidc_clients.all().await?);
    let proxied = proxied
        .iter()
        .filter(|app| fits(&app.name) || fits(app.address.as_ref()))
        .map(|app| hit(&app.name, app.address.as_ref(), format!("/admin/apps/{}", app.id)));
    let openid = clients
        .iter()
        .filter(|app| fits(&app.name) || fits(&app.client_id))
        .map(|app| hit(&app.name, &app.client_id, format!("/admin/apps/oidc/{}", app.client_id)));
    Ok(proxied.chain(openid).take(HITS).collect())
}

/// The sessions of the people found.
async fn sessions(ctx: &Ctx, people: &[User], identity: &Identity) -> Result<Vec<Hit>, AppError> {
    let mut hits = Vec::new();
    for user in people {
        for summary in identity.sessions.directory.list(user).await? {
            hits.push(Hit {
                icon: device_icon(&summary.session.device, summary.session.kind == SessionKind::Client),
                name: ctx.page.t.device(&summary.session.device),
                meta: vec![user.username.clone(), summary.session.address.clone()],
                link: format!("/admin/users/{}", user.id),
                at: Some(ctx.page.when(summary.seen_at, ctx.now)),
            });
        }
    }
    hits.truncate(HITS);
    Ok(hits)
}

/// Recent events of the people found, and those with this address, request or subject.
async fn events(ctx: &Ctx, text: &str, people: &[User], identity: &Identity) -> Result<Vec<Hit>, AppError> {
    let ids = people.iter().map(|user| user.id).collect();
    let (lines, names) = identity.audit.quick_search(text.to_owned(), ids, HITS as i64).await?;
    let t = ctx.page.t;
    let hit = |line: Line| {
        let whom = line.entry.user_id.and_then(|id| names.get(&id)).map_or("", String::as_str);
        let place = t.place(&line.entry.device, &line.entry.address);
        Hit {
            icon: "log",
            name: in_words(&line, &ctx.page),
            meta: if whom.is_empty() { vec![place] } else { vec![whom.to_owned(), place] },
            link: if whom.is_empty() {
                "/admin/audit".to_owned()
            } else {
                address("/admin/audit", &[("user", whom)])
            },
            at: Some(ctx.page.when(line.entry.at, ctx.now)),
        }
    };
    Ok(lines.into_iter().map(hit).collect())
}

/// Whether a text contains another, in any case.
fn fits(text: &str) -> impl Fn(&str) -> bool {
    let wanted = text.to_lowercase();
    move |found| found.to_lowercase().contains(&wanted)
}
