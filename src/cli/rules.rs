//! `munjigi rules check`: who may open an address behind a proxy, and what decides so.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::http::Method;
use anyhow::{Context, bail};
use clap::Subcommand;

use crate::config::Config;
use crate::forward_auth::rules::{Admits, Decider, Gate, Question, Rule, Target, Verdict, Who, verdict};
use crate::identity::accounts::member;
use crate::identity::accounts::member::Member;
use crate::identity::applications as application;
use crate::identity::applications::Application;
use crate::platform::db::Db;

#[derive(Subcommand)]
pub enum RulesCommand {
    /// Say who decides about an address, and how
    Check {
        /// Address of an app behind a proxy, such as https://app.example.org/admin
        #[arg(long)]
        url: String,
        /// As whom; without it, as a stranger
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
    let gate = Gate::open(config.rules.as_deref())?;
    let db = Db::open(&config.database)?;
    let mut conn = db.conn()?;
    let member = match &user {
        Some(name) => {
            let id = super::user::find(&mut conn, name)?.id;
            member::find(&mut conn, id)?
        }
        None => None,
    };
    let apps = application::all(&mut conn)?;
    let deciders = gate.deciders(&Question { target: &target, method: &method, address }, &apps);
    let who = member.as_ref().map_or("a stranger", |member| &member.username);
    println!("{method} {} from {address}, {who}: {}", target.address(), sentence(&deciders, member.as_ref()));
    for (path, decider) in target.paths.iter().zip(&deciders) {
        println!("  {path}: {}", reason(decider, &gate, member.as_ref()));
    }
    if deciders.len() > 1 {
        println!("  The path can be read in {} ways; the strictest counts.", deciders.len());
    }
    Ok(())
}

fn sentence(deciders: &[Decider<'_>], member: Option<&Member>) -> &'static str {
    // Whoever has a second factor signs in with it.
    let who = member.map(|member| Who { member, two_factors: member.factors_since.is_some() });
    match verdict(deciders, who) {
        _ if member.is_some_and(|member| member.disabled) => "disabled, so treated as a stranger",
        Verdict::Admitted => "let in",
        Verdict::SignIn => "asked to sign in",
        Verdict::SecondFactor => "asked to set up a second factor",
        Verdict::Refused => "refused",
    }
}

fn reason(decider: &Decider<'_>, gate: &Gate, member: Option<&Member>) -> String {
    match decider {
        Decider::Rule(rule) => {
            let of = format!("rule {} of {}", rule.number, gate.rules().len());
            format!("{of}, which lets in {}{}", admitted(rule), groups_of(member))
        }
        Decider::Apps(apps) => {
            let names: Vec<String> = apps.iter().map(|app| described(app)).collect();
            format!("no rule is about it, but {}{}", names.join(" and "), groups_of(member))
        }
        Decider::Nobody => "no rule is about it and no app lives there, so nobody is let in".to_owned(),
    }
}

fn admitted(rule: &Rule) -> String {
    match &rule.admits {
        Admits::Everyone => "everyone, signed in or not".to_owned(),
        Admits::Members => "every member".to_owned(),
        Admits::Groups(names) => format!("members of {}", names.join(", ")),
        Admits::Nobody => "nobody".to_owned(),
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
