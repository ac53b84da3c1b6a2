//! What stands behind the gate: whom the operator's rules and the table of apps let in where. Default: nobody.

use std::net::IpAddr;
use std::path::Path;

use actix_web::http::Method;

use crate::identity::accounts::member::Member;
use crate::identity::applications::Application;

use super::file::RulesError;
use super::rule::{Admits, Rule};
use super::target::Target;

/// The operator's rules, as they were read at the start.
#[derive(Default)]
pub struct Gate {
    rules: Vec<Rule>,
}

/// What a proxy asks about.
pub struct Question<'q> {
    pub target: &'q Target,
    pub method: &'q Method,
    /// Where the client is.
    pub address: IpAddr,
}

/// Who decides about a request: the first rule about it, or else the apps that live there, or nobody.
pub enum Decider<'g> {
    Rule(&'g Rule),
    /// Those with the longest path; members whom one of them is for get in.
    Apps(Vec<&'g Application>),
    Nobody,
}

/// Who asks.
#[derive(Clone, Copy)]
pub struct Who<'m> {
    pub member: &'m Member,
    /// Whether they have shown a second factor.
    pub two_factors: bool,
}

impl<'m> Who<'m> {
    pub fn by_one_factor(member: &'m Member) -> Self {
        Self { member, two_factors: false }
    }
}

/// In the order of strictness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Admitted,
    /// Nobody knows yet: sign in first.
    SignIn,
    /// A member, but not by two factors.
    SecondFactor,
    Refused,
}

impl Gate {
    /// Reads the rules, if there is a file of them.
    pub fn open(rules: Option<&Path>) -> Result<Self, RulesError> {
        Ok(Self { rules: rules.map(super::file::read).transpose()?.unwrap_or_default() })
    }

    /// Rules from a text, as the file holds it.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(Self { rules: super::file::parse(text)? })
    }

    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Who decides, for each way to read the path.
    pub fn deciders<'g>(&'g self, question: &Question<'_>, apps: &'g [Application]) -> Vec<Decider<'g>> {
        let Question { target, method, address } = question;
        let decider = |path: &String| {
            let about = |rule: &&Rule| rule.is_about(target, path, method, *address);
            match self.rules.iter().find(about) {
                Some(rule) => Decider::Rule(rule),
                None => living_there(target, path, apps),
            }
        };
        target.paths.iter().map(decider).collect()
    }
}

/// The strictest of them counts: whichever way an app reads the path, whoever gets in may.
pub fn verdict(deciders: &[Decider<'_>], who: Option<Who<'_>>) -> Verdict {
    deciders.iter().map(|decider| decider.verdict(who)).max().unwrap_or(Verdict::Refused)
}

impl Decider<'_> {
    fn verdict(&self, who: Option<Who<'_>>) -> Verdict {
        let member = who.map(|who| who.member);
        let admits = match self {
            Self::Rule(Rule { admits: Admits::Everyone, .. }) => return Verdict::Admitted,
            Self::Rule(Rule { admits: Admits::Nobody, .. }) | Self::Nobody => return Verdict::Refused,
            Self::Rule(rule) => member.map(|member| rule.admits.lets_in(member)),
            Self::Apps(apps) => member.map(|member| apps.iter().any(|app| app.is_open_to(member))),
        };
        let enough = match self {
            Self::Rule(rule) => !rule.two_factor || who.is_some_and(|who| who.two_factors),
            _ => true,
        };
        match admits {
            Some(true) if !enough => Verdict::SecondFactor,
            None => Verdict::SignIn,
            Some(true) => Verdict::Admitted,
            Some(false) => Verdict::Refused,
        }
    }
}

fn living_there<'a>(target: &Target, path: &str, apps: &'a [Application]) -> Decider<'a> {
    let mut found: Vec<(usize, &Application)> = Vec::new();
    for app in apps.iter().filter(|app| shares_origin(app, target)) {
        let home = super::path::readings(app.address.path()).map(|mut readings| readings.swap_remove(0));
        if let Some(home) = home.filter(|home| super::path::is_below(path, home)) {
            found.push((home.trim_end_matches('/').len(), app));
        }
    }
    let longest = found.iter().map(|(length, _)| *length).max();
    found.retain(|(length, _)| Some(*length) == longest);
    if found.is_empty() {
        Decider::Nobody
    } else {
        Decider::Apps(found.into_iter().map(|(_, app)| app).collect())
    }
}

fn shares_origin(app: &Application, target: &Target) -> bool {
    let host = app.address.host_str().unwrap_or_default();
    app.address.scheme() == target.scheme
        && host.strip_suffix('.').unwrap_or(host) == target.host
        && app.address.port_or_known_default() == Some(target.port)
}
