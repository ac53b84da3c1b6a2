//! `/board/new`, `/board/{id}/edit`, `/board/{id}/delete`.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use crate::board::{self, BoardRule, Draft, Post, WriteError};
use crate::http::auth::allowed::{Allowed, Changing, Deleting};
use crate::http::auth::locks::CurrentUser;
use crate::http::form::Problems;
use crate::http::page::{come_back_in, see_other};
use crate::http::{Answer, AppError, Client, Fields, Notice, Page, Site};
use crate::identity::audit::Event;
use crate::identity::{App, Identity};
use crate::platform::near_cache::Topic;

use super::find;

#[derive(Template)]
#[template(path = "board/write.html")]
struct FormPage<'a> {
    page: &'a Page,
    /// Where the form is posted to.
    action: &'a str,
    /// Where one goes who changes their mind.
    back: &'a str,
    form: PostForm,
    problems: Problems,
    /// What someone else has made of the post meanwhile.
    theirs: Option<&'a Post>,
}

#[derive(Template)]
#[template(path = "board/delete.html")]
struct DeletePage<'a> {
    page: &'a Page,
    post: &'a Post,
    author: &'a str,
    problems: Problems,
}

#[derive(Default)]
struct PostForm {
    title: String,
    body: String,
    /// Of the post that the form was filled from; zero for a new one.
    version: i64,
}

impl PostForm {
    fn of(post: &Post) -> Self {
        Self { title: post.title.clone(), body: post.body.clone(), version: post.version }
    }

    fn read(fields: &mut Fields) -> Self {
        let version = fields.take("version").parse().unwrap_or_default();
        Self { title: fields.take("title"), body: fields.take("body"), version }
    }
}

impl<'a> FormPage<'a> {
    fn new(page: &'a Page, form: PostForm, problems: Problems) -> Self {
        Self { page, action: "/board/new", back: "/board", form, problems, theirs: None }
    }
}

pub async fn new(_: Allowed<BoardRule>, page: Page) -> Answer {
    page.show(&FormPage::new(&page, PostForm::default(), Problems::default()))
}

pub async fn create(
    _: Allowed<BoardRule>,
    current: CurrentUser,
    page: Page,
    mut fields: Fields,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let form = PostForm::read(&mut fields);
    let draft = match Draft::parse(&form.title, &form.body, page.t) {
        Ok(draft) => draft,
        Err(problems) => return page.refuse(&FormPage::new(&page, form, problems)),
    };
    let id = match board::publish(&app, current.user.id, draft).await {
        Err(AppError::TooMany { retry_after }) => return too_many(&page, form, retry_after),
        published => published?,
    };
    Ok(see_other(&address(id)).cookie(Notice::PostSaved.cookie(&site)).finish())
}

pub async fn edit(
    allowed: Allowed<BoardRule, Changing>,
    id: web::Path<String>,
    page: Page,
    app: App,
) -> Answer {
    let post = find(&app, &id).await?;
    allowed.on(&post)?;
    show(&page, StatusCode::OK, PostForm::of(&post), Problems::default(), &post, None)
}

pub async fn save(
    allowed: Allowed<BoardRule, Changing>,
    id: web::Path<String>,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let form = PostForm::read(&mut fields);
    let post = match find(&app, &id).await {
        // Deleted while the form stood open: what was typed may become a post of its own.
        Err(AppError::NotFound) if form.version > 0 => return gone(&page, form),
        found => found?,
    };
    allowed.on(&post)?;
    let draft = match Draft::parse(&form.title, &form.body, page.t) {
        Ok(draft) => draft,
        Err(problems) => {
            return show(&page, StatusCode::UNPROCESSABLE_ENTITY, form, problems, &post, None);
        }
    };
    let entry = board::moderation(Event::PostEdited, allowed.current()?, &post, &client, app.clock.now());
    let (id, version, now, new) = (post.id, form.version, app.clock.now(), draft.clone());
    match app.act(entry, move |conn| board::change(conn, id, version, &new, now)).await {
        Err(WriteError::Stale) => {
            let theirs = find(&app, &id.to_string()).await?;
            // A form sent twice finds its own text there.
            if (&theirs.title, &theirs.body) != (&draft.title, &draft.body) {
                return conflict(&page, form, &theirs);
            }
        }
        done => done?,
    }
    changed(&app).await;
    Ok(see_other(&address(id)).cookie(Notice::PostSaved.cookie(&site)).finish())
}

pub async fn ask_delete(
    allowed: Allowed<BoardRule, Deleting>,
    id: web::Path<String>,
    page: Page,
    app: App,
) -> Answer {
    let post = find(&app, &id).await?;
    allowed.on(&post)?;
    let author = page.t.author(post.author.as_deref());
    page.show(&DeletePage { page: &page, post: &post, author, problems: Problems::default() })
}

pub async fn delete(
    allowed: Allowed<BoardRule, Deleting>,
    id: web::Path<String>,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let post = find(&app, &id).await?;
    allowed.on(&post)?;
    let version = fields.take("version").parse().unwrap_or_default();
    let entry = board::moderation(Event::PostDeleted, allowed.current()?, &post, &client, app.clock.now());
    let id = post.id;
    match app.act(entry, move |conn| board::delete(conn, id, version)).await {
        Err(WriteError::Stale) => {
            let post = find(&app, &id.to_string()).await?;
            let (author, problems) = (page.t.author(post.author.as_deref()), page.t.board.changed);
            let problems = Problems::of_form(problems);
            let template = DeletePage { page: &page, post: &post, author, problems };
            return page.show_as(StatusCode::CONFLICT, &template);
        }
        done => done?,
    }
    changed(&app).await;
    Ok(see_other("/board").cookie(Notice::PostDeleted.cookie(&site)).finish())
}

fn too_many(page: &Page, form: PostForm, retry_after: u64) -> Answer {
    let problems = Problems::of_form(page.t.board.too_many);
    let template = FormPage::new(page, form, problems);
    come_back_in(retry_after, page.show_as(StatusCode::TOO_MANY_REQUESTS, &template))
}

/// The form of a new post, filled with what was meant for one that is no more.
fn gone(page: &Page, form: PostForm) -> Answer {
    let problems = Problems::of_form(page.t.board.gone);
    let form = PostForm { version: 0, ..form };
    page.show_as(StatusCode::CONFLICT, &FormPage::new(page, form, problems))
}

/// The form of a post that is there already.
fn show(
    page: &Page,
    status: StatusCode,
    form: PostForm,
    problems: Problems,
    post: &Post,
    theirs: Option<&Post>,
) -> Answer {
    let back = address(post.id);
    let action = format!("{back}/edit");
    page.show_as(status, &FormPage { page, action: &action, back: &back, form, problems, theirs })
}

/// Whoever sends this form again knows what they overwrite: it bears the version that they are shown.
fn conflict(page: &Page, form: PostForm, theirs: &Post) -> Answer {
    let form = PostForm { version: theirs.version, ..form };
    show(page, StatusCode::CONFLICT, form, Problems::of_form(page.t.board.conflict), theirs, Some(theirs))
}

fn address(id: i64) -> String {
    format!("/board/{id}")
}

async fn changed(app: &Identity) {
    app.sessions.topic_changed(Topic::Posts).await;
}
