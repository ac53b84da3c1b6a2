//! A page that leads to another site by itself, with a link for browsers that do not follow.

use askama::Template;

use super::page::{Answer, Page};

#[derive(Template)]
#[template(path = "continue.html")]
struct ContinuePage<'a> {
    page: &'a Page,
    title: String,
    address: &'a str,
}

/// The page; its title names where the browser goes.
pub fn continue_to(page: &Page, title: String, address: &str) -> Answer {
    page.show(&ContinuePage { page, title, address })
}
