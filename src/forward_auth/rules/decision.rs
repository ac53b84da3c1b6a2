//! The decision about a request, from the operator's rules and the registered apps. Default: deny.

use std::net::IpAddr;
use std::path::Path;

use actix_web::http::Method;

use crate::identity::accounts::Member;
use crate::identity::applications::Application;

use super::file::RulesError;
use super::path::{Readings, is_below};
use super::rule::{AccessRule, Allows, Reach};
use super::target::Target;

/// The operator's rules, read at start-up.
#[derive(Default)]
pub struct Rules {
    rules: Vec<AccessRule>,
}

/// The request that a proxy needs a decision about.
pub struct AccessRequest<'q> {
    pub target: &'q Target,
    pub method: &'q Method,
    /// The client's address.
    pub address: IpAddr,
}

/// What decides about a request: the first matching rule, or else the apps at that address, or nothing.
pub enum RuleSource<'g> {
    Rule(&'g AccessRule),
    /// The apps with the longest matching path; a member is allowed if any of them is for that member.
    Apps(Vec<&'g Application>),
    Nothing,
}

/// The member who sends the request.
#[derive(Clone, Copy)]
pub struct Subject<'m> {
    pub member: &'m Member,
    /// Whether the member signed in with a second factor.
    pub two_factors: bool,
}

/// In order of strictness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    Allow,
    /// Anonymous: sign in first.
    SignIn,
    /// A member who signed in without a second factor.
    SecondFactor,
    Deny,
}

impl Rules {
    /// Reads the rules file, if there is one.
    pub fn open(rules: Option<&Path>) -> Result<Self, RulesError> {
        Ok(Self { rules: rules.map(super::file::read).transpose()?.unwrap_or_default() })
    }

    /// Parses rules from the text of a rules file.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(Self { rules: super::file::parse(text)? })
    }

    pub fn rules(&self) -> &[AccessRule] {
        &self.rules
    }

    /// What decides, for each reading of the path; or, if there are too many, all that could decide about one.
    pub fn sources<'g>(
        &'g self,
        question: &AccessRequest<'_>,
        apps: &'g [Application],
    ) -> Vec<RuleSource<'g>> {
        let decider = |path: &String| match self.rule(question, path) {
            Some(rule) => RuleSource::Rule(rule),
            None => apps_at(question.target, path, apps),
        };
        match &question.target.path {
            Readings::Few(paths) => paths.iter().map(decider).collect(),
            Readings::Below(prefix) => self.sources_below(prefix, question, apps),
        }
    }

    /// The first rule about the request, if its path is read as `path`.
    fn rule(&self, request: &AccessRequest<'_>, path: &str) -> Option<&AccessRule> {
        self.rules_about(request).find(|rule| rule.matches(path))
    }

    /// The rules that match the request in everything but the path.
    fn rules_about<'g>(&'g self, request: &AccessRequest<'_>) -> impl Iterator<Item = &'g AccessRule> {
        let AccessRequest { target, method, address } = request;
        self.rules.iter().filter(move |rule| rule.is_about(target, method, *address))
    }

    /// All that could decide about a path at or below `prefix`.
    fn sources_below<'g>(
        &'g self,
        prefix: &str,
        request: &AccessRequest<'_>,
        apps: &'g [Application],
    ) -> Vec<RuleSource<'g>> {
        let mut sources = Vec::new();
        for rule in self.rules_about(request) {
            let reach = rule.reach(prefix);
            if reach > Reach::Nothing {
                sources.push(RuleSource::Rule(rule));
            }
            if reach == Reach::Everything {
                return sources;
            }
        }
        sources.extend(apps_below(request.target, prefix, apps));
        sources
    }

    /// Whether the app gets email addresses that their users have not confirmed, however the path is read: as the rule
    /// says, or else as each app at that address has it.
    pub fn passes_unverified_email(&self, request: &AccessRequest<'_>, apps: &[Application]) -> bool {
        let by_apps = |source: &RuleSource<'_>| match source {
            RuleSource::Apps(apps) => apps.iter().all(|app| app.unverified_email),
            _ => false,
        };
        let target = request.target;
        match &target.path {
            Readings::Few(paths) => paths.iter().all(|path| {
                let by_rule = self.rule(request, path).and_then(|rule| rule.unverified_email);
                by_rule.unwrap_or_else(|| by_apps(&apps_at(target, path, apps)))
            }),
            Readings::Below(prefix) => {
                self.sources_below(prefix, request, apps).iter().all(|source| match source {
                    RuleSource::Rule(AccessRule { unverified_email: Some(passes), .. }) => *passes,
                    RuleSource::Rule(_) => apps_below(target, prefix, apps).iter().all(by_apps),
                    source => by_apps(source),
                })
            }
        }
    }
}

/// The strictest decision counts, so that the app's own reading of the path does not matter.
pub fn decide(sources: &[RuleSource<'_>], who: Option<Subject<'_>>) -> Decision {
    sources.iter().map(|decider| decider.decide(who)).max().unwrap_or(Decision::Deny)
}

/// Whether the readings of the path are judged differently.
pub fn is_disputed(sources: &[RuleSource<'_>], who: Option<Subject<'_>>) -> bool {
    let mut decisions = sources.iter().map(|decider| decider.decide(who));
    decisions.next().is_some_and(|first| decisions.any(|other| other != first))
}

impl RuleSource<'_> {
    fn decide(&self, who: Option<Subject<'_>>) -> Decision {
        let member = who.map(|who| who.member);
        let allows = match self {
            Self::Rule(AccessRule { allows: Allows::Everyone, .. }) => return Decision::Allow,
            Self::Rule(AccessRule { allows: Allows::None, .. }) | Self::Nothing => return Decision::Deny,
            Self::Rule(rule) => member.map(|member| rule.allows.member(member)),
            Self::Apps(apps) => member.map(|member| apps.iter().any(|app| app.is_open_to(member))),
        };
        let enough = match self {
            Self::Rule(rule) => !rule.two_factor || who.is_some_and(|who| who.two_factors),
            _ => true,
        };
        match allows {
            Some(true) if !enough => Decision::SecondFactor,
            None => Decision::SignIn,
            Some(true) => Decision::Allow,
            Some(false) => Decision::Deny,
        }
    }
}

fn apps_at<'a>(target: &Target, path: &str, apps: &'a [Application]) -> RuleSource<'a> {
    let mut found: Vec<(usize, &Application)> = Vec::new();
    for app in apps.iter().filter(|app| shares_origin(app, target)) {
        if let Some(home) = home(app).filter(|home| is_below(path, home)) {
            found.push((home.trim_end_matches('/').len(), app));
        }
    }
    let longest = found.iter().map(|(length, _)| *length).max();
    found.retain(|(length, _)| Some(*length) == longest);
    if found.is_empty() {
        RuleSource::Nothing
    } else {
        RuleSource::Apps(found.into_iter().map(|(_, app)| app).collect())
    }
}

/// The apps that could decide about a path at or below `prefix`, as they would at each place there.
fn apps_below<'a>(target: &Target, prefix: &str, apps: &'a [Application]) -> Vec<RuleSource<'a>> {
    let mut sources = vec![apps_at(target, prefix, apps)];
    for app in apps.iter().filter(|app| shares_origin(app, target)) {
        match home(app) {
            Some(home) if is_below(&home, prefix) => sources.push(apps_at(target, &home, apps)),
            Some(_) => {}
            // Its own path has too many readings, so it may be anywhere.
            None => sources.push(RuleSource::Apps(vec![app])),
        }
    }
    sources
}

/// The path of the app's address.
fn home(app: &Application) -> Option<String> {
    match Readings::of(app.address.path())? {
        Readings::Few(readings) => readings.into_iter().next(),
        Readings::Below(_) => None,
    }
}

fn shares_origin(app: &Application, target: &Target) -> bool {
    let host = app.address.host_str().unwrap_or_default();
    app.address.scheme() == target.scheme
        && host.strip_suffix('.').unwrap_or(host) == target.host
        && app.address.port_or_known_default() == Some(target.port)
}
