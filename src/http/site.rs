//! The settings of this installation that the web layer needs.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ipnet::IpNet;
use url::{Origin, Url};

use crate::config::{Config, Lifetime, Registration, Required, Verification};
use crate::platform::clock::Clock;
use crate::platform::keys::{KeyPurpose, Keys, Signers};

use super::branding::Branding;
use super::cookie_jar::CookieJar;
use super::cookie_names::CookieNames;
use super::cors;
use super::form_id::FormIds;
use super::headers::SecurityHeaders;
use super::hosts::Hosts;
use super::providers::ProviderButton;

pub struct Site {
    pub public_url: Url,
    /// Host and port, as shown to users.
    pub host: String,
    pub clock: Clock,
    pub cookies: CookieJar,
    pub form_ids: FormIds,
    pub headers: SecurityHeaders,
    /// The host names that the server answers to.
    pub hosts: Hosts,
    pub trusted_proxies: Vec<IpNet>,
    pub allowed_origins: HashSet<Origin>,
    pub cors_origins: cors::Origins,
    /// The domain whose hosts receive the proxy cookie, if any.
    pub cookie_domain: Option<String>,
    /// The maximum lifetime of a remembered session, in seconds.
    pub remembered: Lifetime,
    /// Seconds for which a device stays trusted; 0 disables trusted devices.
    pub trusted_device: i64,
    pub registration_open: bool,
    pub branding: Branding,
    pub has_board: bool,
    /// Where to report security problems.
    pub security_contacts: Vec<Url>,
    /// Whether there is a mail server. Without one, mail is files that only the operator reads.
    pub sends_mail: bool,
    /// The providers by which people sign in.
    pub providers: Vec<ProviderButton>,
    /// Whether mailed sign-in links are enabled.
    pub sign_in_links: bool,
    /// Whether email addresses are verified.
    pub verifies_addresses: bool,
    /// Which users must have a second factor.
    pub second_factor: Required,
    /// How long a page that needs no session waits for the store to identify the caller.
    pub auth_timeout: Duration,
    /// Set when this process is about to stop.
    is_draining: AtomicBool,
}

impl Site {
    /// `public_url` is the configured one, or the bound address.
    pub fn new(config: &Config, public_url: Url, keys: &Keys, clock: Clock) -> Self {
        let https = public_url.scheme() == "https";
        Self {
            cookies: CookieJar::new(Signers::new(keys, KeyPurpose::Cookies), CookieNames::of(&public_url)),
            form_ids: FormIds::new(keys, clock.clone()),
            headers: SecurityHeaders::new(https, &config.allowed_origins),
            hosts: Hosts::new(&public_url, &config.allowed_hosts),
            trusted_proxies: config.trusted_proxies.clone(),
            allowed_origins: config.allowed_origins.clone(),
            cors_origins: cors::Origins::new(&config.cors_origins),
            cookie_domain: config.cookie_domain.clone(),
            remembered: config.lifetimes.remembered,
            trusted_device: config.trusted_device,
            providers: config.providers.iter().map(ProviderButton::of).collect(),
            registration_open: config.registration == Registration::Open,
            branding: Branding::default(),
            has_board: config.board,
            security_contacts: config.security_contact.clone(),
            sends_mail: config.mail.server.is_some(),
            sign_in_links: config.mail.sign_in_links,
            verifies_addresses: config.mail.verification != Verification::Off,
            second_factor: config.require_second_factor,
            auth_timeout: config.auth_timeout,
            host: host_of(&public_url),
            public_url,
            clock,
            is_draining: AtomicBool::new(false),
        }
    }

    /// From now on every response closes its connection.
    pub fn drain(&self) {
        self.is_draining.store(true, Ordering::Relaxed);
    }

    pub fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Relaxed)
    }

    /// The same with what the operator changed about the pages.
    pub fn branded(self, branding: Branding) -> Self {
        Self { branding, ..self }
    }

    /// The name of this installation: the operator's, or else its host.
    pub fn name(&self) -> &str {
        self.branding.site_name.as_deref().unwrap_or(&self.host)
    }

    /// How people know a provider; its name if the settings no longer have it.
    pub fn provider_label(&self, name: &str) -> String {
        self.known_label(name).unwrap_or_else(|| name.to_owned())
    }

    /// The same, if the settings have it.
    pub fn known_label(&self, name: &str) -> Option<String> {
        self.providers.iter().find(|each| each.name == name).map(|each| each.label.clone())
    }

    /// How apps that sign users in know this server: its URL without a slash at its end.
    pub fn issuer(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }
}

fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
