//! `munjigi rules check`: who may open an address behind a proxy, and which rule or app decides.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::http::Method;
use anyhow::{Context, bail};
use clap::Subcommand;

use crate::config::Config;
use crate::forward_auth::rules::{
    AccessRequest, AccessRule, Allows, Decision, Readings, RuleSource, Rules, Subject, Target, decide,
};
use crate::identity::Operator;
use crate::identity::accounts::Member;
use crate::identity::applications::Application;
use crate::platform::clock::Clock;
use crate::platform::db::Db;

use super::output::show;

#[derive(Subcommand)]
pub enum RulesCommand {
    /// Say who decides about an address, and how
    Check {
        /// Address of an app behind a proxy, such as https://app.example.org/admin
        #[arg(long)]
        url: String,
        /// As which user; without it, as an anonymous user
        #[arg(long, value_name = "NAME")]
        user: Option<String>,
        #[arg(long, default_value = "GET")]
        method: String,
        /// Where the client is
        #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
        address: IpAddr,
    },
}

pub fn run(command: RulesCommand, config: &Config) -> anyhow::Result<()> {
    let RulesCommand::Check { url, user, method, address } = command;
    let Some(target) = Target::parse(&url) else {
        bail!("{url} cannot be normalised: proxies that ask about it are answered 400");
    };
    let method = Method::from_bytes(method.as_bytes()).context("--method takes a method such as GET")?;
    let rules = Rules::open(config.rules.as_deref())?;
    let operator = Operator::new(Db::open_existing(&config.database)?, Clock::default());
    let member = match &user {
        Some(name) => {
            let id = super::user::find(&operator, name)?.id;
            operator.member(id)?
        }
        None => None,
    };
    let apps = operator.applications()?;
    let sources = rules.sources(&AccessRequest { target: &target, method: &method, address }, &apps);
    let who = member.as_ref().map_or("an anonymous user", |member| &member.username);
    show!("{method} {} from {address}, {who}: {}", target.address(), sentence(&sources, member.as_ref()))?;
    let reasons = sources.iter().map(|source| reason(source, &rules, member.as_ref()));
    match &target.path {
        Readings::Few(paths) => {
            for (path, reason) in paths.iter().zip(reasons) {
                show!("  {path}: {reason}")?;
            }
            if paths.len() > 1 {
                show!("  The path can be read in {} ways; the strictest counts.", paths.len())?;
            }
        }
        Readings::Below(prefix) => {
            for reason in reasons {
                show!("  below {prefix}: {reason}")?;
            }
            show!("  The path can be read in many ways, all below {prefix}; the strictest counts.")?;
        }
    }
    Ok(())
}

fn sentence(sources: &[RuleSource<'_>], member: Option<&Member>) -> &'static str {
    // A user who has a second factor always signs in with it.
    let who = member.map(|member| Subject { member, two_factors: member.factors_since.is_some() });
    match decide(sources, who) {
        _ if member.is_some_and(|member| member.disabled) => "disabled, so treated as an anonymous user",
        Decision::Allow => "allowed",
        Decision::SignIn => "asked to sign in",
        Decision::SecondFactor => "asked to set up a second factor",
        Decision::Deny => "refused",
    }
}

fn reason(source: &RuleSource<'_>, rules: &Rules, member: Option<&Member>) -> String {
    match source {
        RuleSource::Rule(rule) => {
            let of = format!("rule {} of {}", rule.number, rules.rules().len());
            format!("{of}, which allows {}{}", allowed(rule), groups_of(member))
        }
        RuleSource::Apps(apps) => {
            let names: Vec<String> = apps.iter().map(|app| described(app)).collect();
            format!("no rule is about it, but {}{}", names.join(" and "), groups_of(member))
        }
        RuleSource::Nothing => "no rule is about it and no app is there, so no user is allowed".to_owned(),
    }
}

fn allowed(rule: &AccessRule) -> String {
    match &rule.allows {
        Allows::Everyone => "everyone, signed in or not".to_owned(),
        Allows::Members => "every member".to_owned(),
        Allows::Groups(names) => format!("members of {}", names.join(", ")),
        Allows::None => "no user".to_owned(),
    }
}

fn described(app: &Application) -> String {
    let whom = if app.restricted { "for certain groups" } else { "for every member" };
    format!("the app {} ({}) is there, {whom}", app.name, app.address)
}

fn groups_of(member: Option<&Member>) -> String {
    let Some(member) = member else { return String::new() };
    let names: Vec<&str> = member.groups.iter().map(|group| group.name.as_str()).collect();
    match names.as_slice() {
        [] => format!("; {} is in no group", member.username),
        names => format!("; {} is in {}", member.username, names.join(", ")),
    }
}
