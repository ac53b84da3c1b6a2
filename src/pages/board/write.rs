//! `/board/new`, `/board/{id}/edit`, `/board/{id}/delete`.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use crate::board::{Board, BoardRule, Draft, Moderator, Post, PostError};
use crate::http::auth::allowed::{Allowed, Changing, Deleting};
use crate::http::page::come_back_in;
use crate::http::{Answer, AppError, Ctx, Fields, Flash, Page, Problems};
use crate::identity::unit_of_work::Failure;

use super::find;

#[derive(Template)]
#[template(path = "board/write.html")]
struct FormPage<'a> {
    page: &'a Page,
    /// Where the form is posted to.
    action: &'a str,
    /// Where cancelling leads.
    back: &'a str,
    form: PostForm,
    problems: Problems,
    /// The post's current version, if another user has changed it since then.
    current: Option<&'a Post>,
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
    /// The version of the post that the form was filled from; zero for a new one.
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
        Self { page, action: "/board/new", back: "/board", form, problems, current: None }
    }
}

pub async fn new(_: Allowed<BoardRule>, page: Page) -> Answer {
    page.show(&FormPage::new(&page, PostForm::default(), Problems::default()))
}

pub async fn create(
    allowed: Allowed<BoardRule>,
    ctx: Ctx,
    mut fields: Fields,
    board: web::Data<Board>,
) -> Answer {
    let author = allowed.current()?.user.id;
    let (page, form) = (&ctx.page, PostForm::read(&mut fields));
    let draft = match Draft::parse(&form.title, &form.body) {
        Ok(draft) => draft,
        Err(invalid) => {
            let problems = Problems::translate(&invalid, page.t);
            return page.refuse(&FormPage::new(page, form, problems));
        }
    };
    let id = match board.publish(author, draft).await {
        Err(PostError::Failed(Failure::TooManyAttempts { retry_after })) => {
            return too_many(page, form, retry_after);
        }
        published => published?,
    };
    Ok(ctx.done(&address(id), Flash::PostSaved))
}

pub async fn edit(
    allowed: Allowed<BoardRule, Changing>,
    id: web::Path<String>,
    ctx: Ctx,
    board: web::Data<Board>,
) -> Answer {
    let post = find(&board, &id).await?;
    allowed.on(&post)?;
    show(&ctx.page, StatusCode::OK, PostForm::of(&post), Problems::default(), (&post, None))
}

pub async fn save(
    allowed: Allowed<BoardRule, Changing>,
    (id, mut fields): (web::Path<String>, Fields),
    ctx: Ctx,
    board: web::Data<Board>,
) -> Answer {
    let (page, form) = (&ctx.page, PostForm::read(&mut fields));
    let post = match find(&board, &id).await {
        // The post was deleted while the form was open: the typed text may become a new post.
        Err(AppError::NotFound) if form.version > 0 => return deleted(page, form),
        found => found?,
    };
    allowed.on(&post)?;
    let draft = match Draft::parse(&form.title, &form.body) {
        Ok(draft) => draft,
        Err(invalid) => {
            let problems = Problems::translate(&invalid, page.t);
            return show(page, StatusCode::UNPROCESSABLE_ENTITY, form, problems, (&post, None));
        }
    };
    let by = Moderator { id: allowed.current()?.user.id, client: ctx.client() };
    match board.edit(by, &post, form.version, draft.clone()).await {
        Err(PostError::Conflict) => {
            let current = find(&board, &post.id.to_string()).await?;
            // The form was sent twice: the post already has this text.
            if (&current.title, &current.body) != (&draft.title, &draft.body) {
                return conflict(page, form, &current);
            }
        }
        edited => edited?,
    }
    Ok(ctx.done(&address(post.id), Flash::PostSaved))
}

pub async fn ask_delete(
    allowed: Allowed<BoardRule, Deleting>,
    id: web::Path<String>,
    ctx: Ctx,
    board: web::Data<Board>,
) -> Answer {
    let post = find(&board, &id).await?;
    allowed.on(&post)?;
    show_delete(&ctx.page, StatusCode::OK, &post, Problems::default())
}

pub async fn delete(
    allowed: Allowed<BoardRule, Deleting>,
    (id, mut fields): (web::Path<String>, Fields),
    ctx: Ctx,
    board: web::Data<Board>,
) -> Answer {
    let post = find(&board, &id).await?;
    allowed.on(&post)?;
    let version = fields.take("version").parse().unwrap_or_default();
    let by = Moderator { id: allowed.current()?.user.id, client: ctx.client() };
    match board.delete(by, &post, version).await {
        Err(PostError::Conflict) => {
            let current = find(&board, &post.id.to_string()).await?;
            let problems = Problems::of_form(ctx.page.t.board.changed);
            return show_delete(&ctx.page, StatusCode::CONFLICT, &current, problems);
        }
        deleted => deleted?,
    }
    Ok(ctx.done_named("/board", Flash::NamedPostDeleted, &post.title))
}

fn show_delete(page: &Page, status: StatusCode, post: &Post, problems: Problems) -> Answer {
    let author = page.t.author(post.author.as_deref());
    page.show_as(status, &DeletePage { page, post, author, problems })
}

fn too_many(page: &Page, form: PostForm, retry_after: u64) -> Answer {
    let problems = Problems::of_form(page.t.board.too_many);
    let template = FormPage::new(page, form, problems);
    come_back_in(retry_after, page.show_as(StatusCode::TOO_MANY_REQUESTS, &template))
}

/// The form of a new post, filled with the text typed for a deleted one.
fn deleted(page: &Page, form: PostForm) -> Answer {
    let problems = Problems::of_form(page.t.board.gone);
    let form = PostForm { version: 0, ..form };
    page.show_as(StatusCode::CONFLICT, &FormPage::new(page, form, problems))
}

/// The form of an existing post, with the current post if the form is based on an older version.
fn show(
    page: &Page,
    status: StatusCode,
    form: PostForm,
    problems: Problems,
    (post, current): (&Post, Option<&Post>),
) -> Answer {
    let back = address(post.id);
    let action = format!("{back}/edit");
    page.show_as(status, &FormPage { page, action: &action, back: &back, form, problems, current })
}

/// The form carries the version shown to the member: sending it again overwrites that version knowingly.
fn conflict(page: &Page, form: PostForm, current: &Post) -> Answer {
    let form = PostForm { version: current.version, ..form };
    let problems = Problems::of_form(page.t.board.conflict);
    show(page, StatusCode::CONFLICT, form, problems, (current, Some(current)))
}

fn address(id: i64) -> String {
    format!("/board/{id}")
}
