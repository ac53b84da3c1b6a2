//! One of the operator's rules: which requests it matches, and which users it allows.

use std::net::IpAddr;

use actix_web::http::Method;
use ipnet::IpNet;
use regex::Regex;

use crate::identity::accounts::Member;

use super::path::is_below;
use super::target::Target;

/// The first matching rule decides.
pub struct AccessRule {
    /// Its position in the file, from 1.
    pub number: usize,
    pub hosts: Vec<HostPattern>,
    /// Empty: every path.
    pub paths: Vec<PathPattern>,
    /// Empty: every method.
    pub methods: Vec<Method>,
    /// Empty: from anywhere.
    pub networks: Vec<IpNet>,
    pub allows: Allows,
    /// Whether a second factor is required.
    pub two_factor: bool,
    /// Whether the app gets email addresses that their users have not confirmed; None: as the app there has it.
    pub unverified_email: Option<bool>,
}

/// The users that a rule allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allows {
    Everyone,
    Members,
    /// Members of one of these groups, by name.
    Groups(Vec<String>),
    None,
}

/// A host, or every host below one; if a port is given, it must match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern {
    pub name: String,
    pub below: bool,
    pub port: Option<u16>,
}

pub enum PathPattern {
    /// A path and everything below it, segment by segment.
    Prefix(String),
    /// A regular expression, anchored at the beginning; it runs in linear time.
    Regex(Regex),
}

/// How much of what is below a path a rule matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    Nothing,
    /// Some of it, or perhaps none.
    Part,
    Everything,
}

impl AccessRule {
    /// Whether the rule matches a request whose path is read as `path`, if `is_about` it otherwise.
    pub fn matches(&self, path: &str) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|pattern| pattern.matches(path))
    }

    /// How much it matches of `prefix` and what is below.
    pub fn reach(&self, prefix: &str) -> Reach {
        let reaches = self.paths.iter().map(|pattern| pattern.reach(prefix));
        if self.paths.is_empty() { Reach::Everything } else { reaches.max().unwrap_or(Reach::Nothing) }
    }

    /// Whether the rule matches this request in everything but the path.
    pub fn is_about(&self, target: &Target, method: &Method, address: IpAddr) -> bool {
        self.hosts.iter().any(|host| host.matches(target))
            && (self.methods.is_empty() || self.methods.contains(method))
            && (self.networks.is_empty() || self.networks.iter().any(|network| network.contains(&address)))
    }
}

impl HostPattern {
    fn matches(&self, target: &Target) -> bool {
        let is_there = match self.below {
            false => target.host == self.name,
            true => target.host.strip_suffix(&self.name).is_some_and(|left| left.ends_with('.')),
        };
        is_there && self.port.is_none_or(|port| port == target.port)
    }
}

impl PathPattern {
    fn matches(&self, path: &str) -> bool {
        match self {
            Self::Prefix(prefix) => is_below(path, prefix),
            Self::Regex(regex) => regex.is_match(path),
        }
    }

    fn reach(&self, prefix: &str) -> Reach {
        match self {
            Self::Prefix(path) if is_below(prefix, path) => Reach::Everything,
            Self::Prefix(path) if !is_below(path, prefix) => Reach::Nothing,
            Self::Prefix(_) | Self::Regex(_) => Reach::Part,
        }
    }
}

impl Allows {
    /// Whether the rule allows this member.
    pub fn member(&self, member: &Member) -> bool {
        match self {
            Self::Everyone | Self::Members => true,
            Self::Groups(names) => {
                names.iter().any(|name| member.groups.iter().any(|group| group.name == *name))
            }
            Self::None => false,
        }
    }
}
