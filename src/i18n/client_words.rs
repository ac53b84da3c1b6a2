//! What staff read about an app that signs people in by OpenID Connect: sentences with its name or counts, and what is wrong
//! with what was typed.

use crate::identity::oidc::{ClientProblem, Place, RedirectUriProblem};
use crate::platform::lang::Lang;

use super::oidc_apps::OidcApps;
use super::texts::Texts;
use super::translate::Translate;

impl Texts {
    /// Where lines belong.
    pub fn lines_belong(&self, place: Place) -> String {
        match (place, self.lang) {
            (Place::File(name), Lang::En) => format!("In {name}:"),
            (Place::File(name), Lang::Ko) => format!("{name} 파일에:"),
            (Place::Page(page), Lang::En) => format!("Under {page}:"),
            (Place::Page(page), Lang::Ko) => format!("{page} 화면에:"),
            (Place::Terminal, _) => self.oidc_apps.terminal.to_owned(),
            (Place::Anywhere, _) => self.oidc_apps.anywhere.to_owned(),
        }
    }

    pub fn remove_app(&self, app: &str) -> String {
        match self.lang {
            Lang::En => format!("Remove “{app}”?"),
            Lang::Ko => format!("‘{app}’ 앱을 삭제할까요?"),
        }
    }

    /// What ends with an app.
    pub fn lose_app(&self, signed_in: i64) -> String {
        match (self.lang, signed_in) {
            (Lang::En, 1) => "1 person is signed out of it at once".to_owned(),
            (Lang::En, count) => format!("{count} people are signed out of it at once"),
            (Lang::Ko, count) => format!("{count}명이 이 앱에서 바로 로그아웃돼요"),
        }
    }

    pub fn lose_consents(&self, connected: i64) -> String {
        match (self.lang, connected) {
            (Lang::En, 1) => "1 person has allowed it to sign them in, and would have to again".to_owned(),
            (Lang::En, count) => {
                format!("{count} people have allowed it to sign them in, and would have to again")
            }
            (Lang::Ko, count) => format!("{count}명이 로그인을 허용했고, 다시 추가하면 다시 허용해야 해요"),
        }
    }

    pub fn lose_client_id(&self) -> &'static str {
        match self.lang {
            Lang::En => "Its client ID and secrets stop working for good",
            Lang::Ko => "클라이언트 ID와 비밀 키를 다시는 쓸 수 없어요",
        }
    }
}

impl Translate for ClientProblem {
    fn text(&self, _: &str, t: &Texts) -> String {
        let words = &t.oidc_apps;
        let of = |value: &str, en: &str, ko: &str| match t.lang {
            Lang::En => format!("“{value}” {en}."),
            Lang::Ko => format!("‘{value}’: {ko}."),
        };
        let sentence = match self {
            Self::EmptyName => words.empty_name,
            Self::LongName => words.long_name,
            Self::OddName => words.odd_name,
            Self::NoRedirectUri => words.no_redirect_uri,
            Self::TooMany => words.too_many,
            Self::PlainHttp => words.plain_http,
            Self::LinkLocal => words.link_local,
            Self::NoJwks => words.no_jwks,
            Self::Lifetime => words.bad_lifetime,
            Self::Jwks => words.bad_jwks,
            Self::PublicCredentials => words.public_credentials,
            Self::RefreshAlone => words.refresh_alone,
            Self::RedirectUri(problem, uri) => {
                let why = redirect_uri(*problem, words);
                return of(uri, why, why);
            }
            Self::ManyHosts(hosts) => {
                return of(
                    hosts,
                    "are several hosts, which a pairwise app can’t have",
                    "호스트가 여럿이면 pairwise 앱으로 쓸 수 없어요",
                );
            }
            Self::Scope(scope) => return of(scope, "isn’t a scope", "scope로 쓸 수 없어요"),
            Self::Address(address) => return of(address, words.uri_relative, words.uri_relative),
            Self::OwnResource(address) => return of(address, "is this site itself", "이 사이트 자체예요"),
        };
        sentence.to_owned()
    }
}

fn redirect_uri(problem: RedirectUriProblem, words: &OidcApps) -> &'static str {
    match problem {
        RedirectUriProblem::Long => words.uri_long,
        RedirectUriProblem::NotAbsolute => words.uri_relative,
        RedirectUriProblem::Fragment => words.uri_fragment,
        RedirectUriProblem::Userinfo => words.uri_userinfo,
        RedirectUriProblem::Characters => words.uri_characters,
        RedirectUriProblem::PlainHttp => words.uri_http,
        RedirectUriProblem::Scheme => words.uri_scheme,
    }
}
