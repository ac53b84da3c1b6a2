//! What a page's layout needs: the member and the language.

use std::rc::Rc;

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use actix_web::{HttpRequest, web};

use crate::identity::accounts::{Theme, User};
use crate::platform::lang::Lang;

use super::site::Site;

const LANGUAGE_COOKIE: &str = "munjigi-lang";

/// The member shown in the layout. The route's lock inserts it into the request.
#[derive(Debug)]
pub struct PageMember {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub language: Option<Lang>,
    pub theme: Theme,
    /// The name of their zone; `None` follows the browser.
    pub time_zone: Option<String>,
    /// Whether the staff pages are open to the member.
    pub staff: bool,
}

/// Inserted into the request of a member who must set up a second factor first: the navigation is hidden, as
/// none of its links would work.
pub struct SetupOnly;

impl PageMember {
    /// To be inserted into the request.
    pub fn of(user: &User) -> Rc<Self> {
        Rc::new(Self {
            id: user.id,
            name: user.name().to_owned(),
            email: user.email.clone(),
            language: user.language(),
            theme: user.theme(),
            time_zone: user.time_zone().map(str::to_owned),
            staff: user.staff,
        })
    }
}

/// Stores a visitor's language for a year.
pub fn language_cookie(lang: Lang, site: &Site) -> Cookie<'static> {
    site.cookies.write(LANGUAGE_COOKIE, lang.code().to_owned(), Some(Duration::days(365)))
}

/// The language chosen with the language switch, the one that an app asks for, or the one that the browser requests.
pub fn language_of(req: &HttpRequest) -> Lang {
    let site = req.app_data::<web::Data<Site>>();
    let chosen = site.and_then(|site| Lang::parse(site.cookies.read(LANGUAGE_COOKIE, req.headers())?));
    chosen.or_else(|| asked_by_app(req.query_string())).unwrap_or_else(|| accepted(req.headers()))
}

/// The first supported language that an app asks for on behalf of the person (OpenID Connect Core 1.0 §3.1.2.1).
fn asked_by_app(query: &str) -> Option<Lang> {
    // Most requests have none, and the underscore may be encoded.
    if !query.contains("locales") {
        return None;
    }
    let (_, asked) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "ui_locales")?;
    asked.split(' ').find_map(Lang::lookup)
}

/// The best supported language that the browser accepts (RFC 9110 §12.5.4, RFC 4647 §3.4); English if none is supported.
fn accepted(headers: &HeaderMap) -> Lang {
    let wish = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (Lang::En, 0.0);
    for item in wish.split(',').take(20) {
        let mut parts = item.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0_f32);
        if let Some(lang) = Lang::lookup(tag).filter(|_| weight > best.1) {
            best = (lang, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn the_browsers_first_language_that_we_speak_is_taken() {
        for (wish, lang) in [
            ("ko-KR,ko;q=0.9,en;q=0.8", Lang::Ko),
            ("en-GB,en;q=0.9,ko;q=0.8", Lang::En),
            ("nl;q=1, ko;q=0.3, en;q=0.2", Lang::Ko),
            ("KO", Lang::Ko),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", Lang::Fr),
            ("de, fr", Lang::De),
            ("nl, sv", Lang::En),
            ("zh-TW,zh;q=0.9,en-US;q=0.8", Lang::ZhHans),
            ("zh-Hant-HK,en;q=0.8", Lang::En),
            ("zh-CN", Lang::ZhHans),
            ("pt,en;q=0.5", Lang::PtBr),
            ("ko;q=0, en;q=0", Lang::En),
            ("ko;q=x;;,", Lang::Ko),
            ("", Lang::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_str(wish).unwrap());
            assert_eq!(accepted(&headers), lang, "{wish}");
        }
    }
}
