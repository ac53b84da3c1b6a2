//! The rules file: TOML, a table `[[rule]]` for each rule. Every error names the number of its rule.

use std::path::Path;

use actix_web::http::Method;
use ipnet::IpNet;
use regex::Regex;
use serde::Deserialize;

use super::path::Readings;
use super::rule::{AccessRule, Allows, HostPattern, PathPattern};
use super::target::host_and_port;

#[derive(Debug, thiserror::Error)]
#[error("MUNJIGI_RULES: {0}")]
pub struct RulesError(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Written>,
}

/// A rule as the operator writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    host: Texts,
    path: Option<Texts>,
    methods: Option<Texts>,
    groups: Option<Texts>,
    level: Option<String>,
    networks: Option<Texts>,
    allow: Option<bool>,
    unverified_email: Option<bool>,
}

/// A string or a list of strings.
#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl Texts {
    fn list(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::Many(texts) => texts,
        }
    }
}

/// Reads the file.
///
/// # Errors
/// A sentence that names the file, the rule and the accepted values.
pub fn read(path: &Path) -> Result<Vec<AccessRule>, RulesError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| RulesError(format!("{} cannot be read: {error}", path.display())))?;
    parse(&text).map_err(|problem| RulesError(format!("{}: {problem}", path.display())))
}

pub fn parse(text: &str) -> Result<Vec<AccessRule>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
    let rules = file.rule.into_iter().enumerate().map(|(place, written)| {
        let number = place + 1;
        written.check(number).map_err(|problem| format!("rule {number}: {problem}"))
    });
    rules.collect()
}

impl Written {
    fn check(self, number: usize) -> Result<AccessRule, String> {
        Ok(AccessRule {
            number,
            hosts: some(Some(self.host), "host", host)?,
            paths: some(self.path, "path", path)?,
            methods: some(self.methods, "methods", method)?,
            networks: some(self.networks, "networks", network)?,
            two_factor: self.level.as_deref() == Some(TWO_FACTOR),
            unverified_email: self.unverified_email,
            allows: allows(self.allow, self.level.as_deref(), some(self.groups, "groups", group)?)?,
        })
    }
}

/// Parses each text with `parse`. An empty list is rejected: it could mean "any" or "none".
fn some<T>(
    texts: Option<Texts>,
    field: &str,
    parse: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<Vec<T>, String> {
    let Some(texts) = texts.map(Texts::list) else { return Ok(Vec::new()) };
    if texts.is_empty() {
        return Err(format!("{field} is an empty list; leave it out if it does not matter"));
    }
    let read = |text: &String| {
        parse(text).map_err(|expected| format!("{field} {text:?} does not fit; it takes {expected}"))
    };
    texts.iter().map(read).collect()
}

fn host(text: &str) -> Result<HostPattern, &'static str> {
    const EXPECTED: &str = "a host such as app.example.org, or *.example.org for every host below one";
    let (below, name) = match text.strip_prefix("*.") {
        Some(name) => (true, name),
        None => (false, text),
    };
    let (name, port) = host_and_port("https", name).ok_or(EXPECTED)?;
    let names_port = text.rsplit_once(':').is_some_and(|(_, end)| end.bytes().all(|b| b.is_ascii_digit()));
    if below && name.parse::<std::net::Ipv4Addr>().is_ok() {
        return Err(EXPECTED);
    }
    Ok(HostPattern { name, below, port: names_port.then_some(port) })
}

fn path(text: &str) -> Result<PathPattern, &'static str> {
    if text.starts_with('^') {
        let expected = "a path such as /admin, or a regular expression that begins with ^";
        return Regex::new(text).map(PathPattern::Regex).map_err(|_| expected);
    }
    let is_normal = Readings::of(text).is_some_and(|readings| readings.is_only(text));
    if is_normal && !text.contains('*') {
        return Ok(PathPattern::Prefix(text.to_owned()));
    }
    Err(
        "a path such as /admin, which covers what is below it, written without % and dots, or a regular expression that begins with ^",
    )
}

fn method(text: &str) -> Result<Method, &'static str> {
    let upper = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    Method::from_bytes(text.as_bytes()).ok().filter(|_| upper).ok_or("methods such as GET")
}

fn network(text: &str) -> Result<IpNet, &'static str> {
    let single = || text.parse().map(|address: std::net::IpAddr| IpNet::from(address));
    text.parse().or_else(|_| single()).map_err(|_| "addresses or networks such as 10.0.0.0/8")
}

fn group(text: &str) -> Result<String, &'static str> {
    (!text.trim().is_empty()).then(|| text.trim().to_owned()).ok_or("the name of a group")
}

/// The level that requires a second factor.
const TWO_FACTOR: &str = "two_factor";

fn allows(allow: Option<bool>, level: Option<&str>, groups: Vec<String>) -> Result<Allows, String> {
    match (allow.unwrap_or(true), level, groups.is_empty()) {
        (false, None, true) => Ok(Allows::None),
        (false, ..) => Err("allow = false allows no user; it takes neither groups nor a level".to_owned()),
        (true, Some("none"), true) => Ok(Allows::Everyone),
        (true, Some("none"), false) => {
            Err("level \"none\" allows everyone, signed in or not; it takes no groups".to_owned())
        }
        (true, None | Some("one_factor" | TWO_FACTOR), true) => Ok(Allows::Members),
        (true, None | Some("one_factor" | TWO_FACTOR), false) => Ok(Allows::Groups(groups)),
        (true, Some(other), _) => {
            Err(format!("level {other:?} does not fit; it takes \"one_factor\", \"two_factor\" or \"none\""))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_read() {
        let rules = parse(
            r#"
            [[rule]]
            host = ["Wiki.Example.ORG", "*.example.net", "localhost:8080", "[::1]:8443", "앱.example.org"]
            path = ["/admin", "^/api/v[0-9]+/"]
            methods = ["GET", "HEAD"]
            networks = ["10.0.0.0/8", "::1"]
            groups = "Moderators"
            level = "one_factor"

            [[rule]]
            host = "a.example.org"
            level = "none"

            [[rule]]
            host = "b.example.org"
            allow = false
            "#,
        )
        .unwrap();
        let hosts: Vec<_> =
            rules[0].hosts.iter().map(|host| (host.name.as_str(), host.below, host.port)).collect();
        assert_eq!(
            hosts,
            [
                ("wiki.example.org", false, None),
                ("example.net", true, None),
                ("localhost", false, Some(8080)),
                ("[::1]", false, Some(8443)),
                ("xn--rf5b.example.org", false, None),
            ]
        );
        assert_eq!((rules[0].paths.len(), rules[0].methods.len(), rules[0].networks.len()), (2, 2, 2));
        let allows: Vec<&Allows> = rules.iter().map(|rule| &rule.allows).collect();
        assert_eq!(
            allows,
            [&Allows::Groups(vec!["Moderators".to_owned()]), &Allows::Everyone, &Allows::None]
        );
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn a_mistake_is_told_with_its_rule() {
        for (rule, expected) in [
            ("path = \"/x\"", "host"),
            ("host = \"\"", "a host such as"),
            ("host = []", "empty list"),
            ("host = \"https://a.example\"", "a host such as"),
            ("host = \"*\"", "a host such as"),
            ("host = \"*.*.example\"", "a host such as"),
            ("host = \"a*.example\"", "a host such as"),
            ("host = \"*.10.0.0.1\"", "a host such as"),
            ("host = \"a.example\"\npath = \"admin\"", "a path such as"),
            ("host = \"a.example\"\npath = \"/a/../b\"", "a path such as"),
            ("host = \"a.example\"\npath = \"/a%20b\"", "a path such as"),
            ("host = \"a.example\"\npath = \"/a/*\"", "a path such as"),
            ("host = \"a.example\"\npath = \"^/(\"", "regular expression"),
            ("host = \"a.example\"\nmethods = \"get\"", "methods such as GET"),
            ("host = \"a.example\"\nmethods = []", "empty list"),
            ("host = \"a.example\"\nnetworks = \"10.0.0.0/40\"", "networks such as"),
            ("host = \"a.example\"\ngroups = []", "empty list"),
            ("host = \"a.example\"\ngroups = \" \"", "name of a group"),
            ("host = \"a.example\"\nlevel = \"three\"", "one_factor"),
            ("host = \"a.example\"\nlevel = \"none\"\ngroups = \"x\"", "no groups"),
            ("host = \"a.example\"\nallow = false\ngroups = \"x\"", "allows no user"),
            ("host = \"a.example\"\nallow = \"yes\"", "invalid type"),
            ("host = \"a.example\"\nunverified_email = \"yes\"", "invalid type"),
            ("host = \"a.example\"\nhosts = \"x\"", "unknown field"),
        ] {
            let text = format!("[[rule]]\nhost = \"fine.example\"\n\n[[rule]]\n{rule}\n");
            let problem = parse(&text).err().unwrap_or_else(|| panic!("{rule} was taken"));
            assert!(problem.contains(expected), "{rule}: {problem}");
        }
        assert!(parse("[[rules]]\n").is_err());
    }
}
