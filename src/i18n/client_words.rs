//! What staff read about an app that signs people in by OpenID Connect: sentences with its name or counts, and what is wrong
//! with what was typed.

use crate::identity::oidc::{ClientProblem, Place, RedirectUriProblem};

use super::locales::{OidcAppsTexts, Texts};
use super::translate::Translate;

impl Texts {
    /// Where lines belong.
    pub fn lines_belong(&self, place: Place) -> String {
        match place {
            Place::File(name) => self.oidc_apps.in_file(name),
            Place::Page(page) => self.oidc_apps.on_page(page),
            Place::Terminal => self.oidc_apps.terminal.to_owned(),
            Place::Anywhere => self.oidc_apps.anywhere.to_owned(),
        }
    }
}

impl Translate for ClientProblem {
    fn text(&self, _: &str, t: &Texts) -> String {
        let words = &t.oidc_apps;
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
            Self::RedirectUri(problem, uri) => return redirect_uri(*problem, uri, words),
            Self::ManyHosts(hosts) => return words.many_hosts(hosts),
            Self::Scope(scope) => return words.odd_scope(scope),
            Self::Address(address) => return words.uri_relative(address),
            Self::OwnResource(address) => return words.own_resource(address),
        };
        sentence.to_owned()
    }
}

fn redirect_uri(problem: RedirectUriProblem, uri: &str, words: &OidcAppsTexts) -> String {
    match problem {
        RedirectUriProblem::Long => words.uri_long(uri),
        RedirectUriProblem::NotAbsolute => words.uri_relative(uri),
        RedirectUriProblem::Fragment => words.uri_fragment(uri),
        RedirectUriProblem::Userinfo => words.uri_userinfo(uri),
        RedirectUriProblem::Characters => words.uri_characters(uri),
        RedirectUriProblem::PlainHttp => words.uri_http(uri),
        RedirectUriProblem::Scheme => words.uri_scheme(uri),
    }
}
