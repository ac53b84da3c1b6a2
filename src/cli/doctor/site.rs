//! The probed app and the portal in front of it, as configured here.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use actix_web::http::Method;
use anyhow::Context;
use url::Url;

use crate::config::Config;
use crate::forward_auth::rules::{AccessRequest, Decision, Rules, Target, decide};
use crate::identity::Operator;
use crate::identity::applications::Application;
use crate::platform::clock::Clock;
use crate::platform::db::Db;

use super::browser::{Browser, Reply};

pub struct Site {
    /// The probed page of the app.
    pub target: Target,
    /// The address of Munjigi's own pages.
    pub portal: Url,
    pub db: Db,
    pub operator: Operator,
    pub browser: Browser,
    apps: Vec<Application>,
    rules: Rules,
}

impl Site {
    /// `authority` is a PEM file that replaces the public authorities; `connect` replaces the address of every host name.
    pub fn open(
        url: &str,
        authority: Option<&Path>,
        connect: Option<SocketAddr>,
        config: &Config,
    ) -> anyhow::Result<Self> {
        let target =
            Target::parse(url).context("it takes a whole address, such as https://app.example.org/")?;
        let portal = config.public_url.clone().context("it takes MUNJIGI_PUBLIC_URL")?;
        let db = Db::open_existing(&config.database)?;
        let operator = Operator::new(db.clone(), Clock::default());
        let apps = operator.applications()?;
        let rules = Rules::open(config.rules.as_deref())?;
        let browser = Browser::new(authority, connect)?;
        Ok(Self { target, portal, db, operator, apps, rules, browser })
    }

    /// The decision of the rules and the apps about an anonymous user.
    pub fn decision(&self) -> Decision {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let request = AccessRequest { target: &self.target, method: &Method::GET, address };
        decide(&self.rules.sources(&request, &self.apps), None)
    }

    /// Whether sign-in may redirect to the app.
    pub fn is_allowed_target(&self, config: &Config) -> bool {
        let origin = self.target.origin();
        config.allowed_origins.iter().any(|allowed| allowed.ascii_serialization() == origin)
            || self.apps.iter().any(|app| app.address.origin().ascii_serialization() == origin)
            || self.portal.origin().ascii_serialization() == origin
    }

    /// The address that sign-in would return to, if this response redirects to the sign-in page.
    pub fn return_to(&self, reply: &Reply) -> Option<String> {
        let location = Url::parse(reply.location.as_deref()?).ok()?;
        let is_sign_in = location.origin() == self.portal.origin() && location.path() == "/login";
        let return_to = location.query_pairs().find(|(name, _)| name == "rd");
        is_sign_in.then(|| return_to.map(|(_, url)| url.into_owned()).unwrap_or_default())
    }
}
