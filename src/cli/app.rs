//! `munjigi app`: apps that sign people in by OpenID Connect, without a browser.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use serde_json::json;
use strum::VariantNames;
use url::Url;

use crate::config::{Config, duration};
use crate::identity::accounts::GroupName;
use crate::identity::observers;
use crate::identity::oidc::{
    Actor, AuthMethod, ClientInput, GrantType, Level, Logo, NewClient, OidcClient, OidcClients, Paste, Place,
    Preset, Setup, SigningAlg, SubjectType, TokenLifetimes, address_or_set,
};
use crate::identity::unit_of_work::Writer;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::near_cache::follow_sql::wait_until_known;
use crate::platform::near_cache::{Announce, Feed};

use super::output::{report, show};

#[derive(Subcommand)]
pub enum AppCommand {
    /// Add an app; prints its id and, once, its secret, and the lines to paste into it
    Add(Box<AppArgs>),
    /// List every app
    List {
        #[arg(long)]
        json: bool,
    },
    /// Show how an app is registered
    Show {
        name: String,
        #[arg(long)]
        json: bool,
    },
    /// Change what these options name; an option that may be repeated replaces all of before
    Change(Box<ChangeArgs>),
    /// Make a new secret; the one before it stays valid until the next time
    RotateSecret {
        name: String,
        #[arg(long)]
        json: bool,
    },
    /// Remove an app, and end its tokens
    Remove {
        name: String,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
pub struct AppArgs {
    /// Its name, as people see it
    name: String,
    /// Fill in what this software needs [default: custom]
    #[arg(long, value_parser = names::<Preset>())]
    preset: Option<String>,
    /// Where people open the app; with a preset, its other addresses follow from it
    #[arg(long, value_name = "URL", default_value = "")]
    address: String,
    /// Where the browser returns to after signing in; repeat it for several
    #[arg(long = "redirect-uri", value_name = "URI")]
    redirect_uris: Vec<String>,
    /// How the app authenticates at the token endpoint [default: as the preset has it, else client_secret_basic]
    #[arg(long, value_name = "METHOD", value_parser = names::<AuthMethod>())]
    auth_method: Option<String>,
    /// What it may exchange for tokens; repeat it for several [default: authorization_code and refresh_token]
    #[arg(long = "grant", value_name = "GRANT", value_parser = names::<GrantType>())]
    grants: Vec<String>,
    /// What it may ask for; repeat it for several [default: as the preset has it, else openid profile email groups
    /// offline_access]
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// Only members of this group may sign in to it; repeat it for several
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,
    /// How strongly people must have signed in [default: one_factor]
    #[arg(long, value_parser = names::<Level>())]
    level: Option<String>,
    /// It is your own app: people are not asked for consent
    #[arg(long)]
    first_party: bool,
    /// Where the browser may return to after signing out; repeat it for several
    #[arg(long = "post-logout-redirect-uri", value_name = "URI")]
    post_logout_redirect_uris: Vec<String>,
    /// Where the app is notified of sessions that end
    #[arg(long, value_name = "URI")]
    backchannel_logout_uri: Option<String>,
    /// Its public keys (a JWK Set) for private_key_jwt: a file, or an https address that they are fetched from
    #[arg(long, value_name = "FILE|URL")]
    jwks: Option<String>,
    /// The algorithm of its ID tokens [default: RS256]
    #[arg(long, value_name = "ALG", value_parser = names::<SigningAlg>())]
    id_token_alg: Option<String>,
    /// How it knows people: by a name that other apps know too, or by one of its own [default: public]
    #[arg(long = "subject", value_name = "TYPE", value_parser = names::<SubjectType>())]
    subject_type: Option<String>,
    /// How long its access tokens are valid [default: 1h; 5m for an API]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    access_token_lifetime: Option<i64>,
    /// How long its ID tokens are valid [default: 1h]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    id_token_lifetime: Option<i64>,
    /// How long a refresh token is valid if it is not used [default: 14d]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    refresh_token_lifetime: Option<i64>,
    /// An API that it may ask access tokens for; repeat it for several
    #[arg(long = "resource", value_name = "URI")]
    resources: Vec<String>,
    /// A picture of it (PNG, SVG or WebP, at most 64 kB); stays as it is if not given
    #[arg(long, value_name = "FILE")]
    app_logo: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct ChangeArgs {
    #[command(flatten)]
    app: AppArgs,
    #[command(flatten)]
    removed: RemovedArgs,
}

/// What an app loses.
#[derive(Args)]
struct RemovedArgs {
    /// Open it to every member
    #[arg(long, conflicts_with = "groups")]
    no_group: bool,
    /// Ask people for consent
    #[arg(long, conflicts_with = "first_party")]
    no_first_party: bool,
    /// Remove its redirect URIs; only an app without people needs none
    #[arg(long, conflicts_with = "redirect_uris")]
    no_redirect_uri: bool,
    /// Remove where the browser may return to after signing out
    #[arg(long, conflicts_with = "post_logout_redirect_uris")]
    no_post_logout_redirect_uri: bool,
    /// Notify it of no session that ends
    #[arg(long, conflicts_with = "backchannel_logout_uri")]
    no_backchannel_logout_uri: bool,
    /// Remove its public keys
    #[arg(long, conflicts_with = "jwks")]
    no_jwks: bool,
    /// Remove the APIs that it may ask access tokens for
    #[arg(long, conflicts_with = "resources")]
    no_resource: bool,
    /// Let its tokens be valid for as long as those of other apps
    #[arg(
        long,
        conflicts_with_all = ["access_token_lifetime", "id_token_lifetime", "refresh_token_lifetime"]
    )]
    no_lifetimes: bool,
}

fn names<T: VariantNames>() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(T::VARIANTS)
}

/// A name that clap has checked already.
fn parse<T: std::str::FromStr<Err = strum::ParseError>>(name: &str) -> anyhow::Result<T> {
    Ok(name.parse()?)
}

/// The service, without a server.
pub fn open(config: &Config) -> anyhow::Result<OidcClients> {
    let db = Db::open_existing(&config.database)?;
    let feed = Feed::new(false);
    let writer =
        Writer::new(db.clone(), Clock::default(), (Arc::clone(&feed), Announce::new(None)), observers::all());
    Ok(OidcClients::new(db, writer, &feed, true))
}

pub fn run(command: AppCommand, config: &Config) -> anyhow::Result<()> {
    let clients = open(config)?;
    actix_web::rt::System::new().block_on(async {
        match command {
            AppCommand::Add(args) => add(&clients, config, *args).await,
            AppCommand::List { json } => list(&clients, json).await,
            AppCommand::Show { name, json } => {
                let client = find(&clients, &name).await?;
                show(&clients, &client, json).await
            }
            AppCommand::Change(args) => change(&clients, config, *args).await,
            AppCommand::RotateSecret { name, json } => {
                let client = find(&clients, &name).await?;
                let secret = clients.rotate_secret(Actor::Operator, &client).await?;
                wait_until_known();
                print_secret(&client.client_id, Some(secret.as_str()), json)
            }
            AppCommand::Remove { name, json } => {
                let client = find(&clients, &name).await?;
                clients.remove(Actor::Operator, &client).await?;
                wait_until_known();
                match json {
                    true => report!("{}", json!({"client_id": client.client_id, "removed": true})),
                    false => report!("{} was removed.", client.name),
                }
                Ok(())
            }
        }
    })
}

async fn add(clients: &OidcClients, config: &Config, args: AppArgs) -> anyhow::Result<()> {
    let json = args.json;
    let groups = group_ids(clients, &args.groups).await?;
    let new = args.read(config, ClientInput { name: args.name.clone(), ..ClientInput::default() })?;
    let added = clients.add(Actor::Operator, new.clone(), groups).await?;
    wait_until_known();
    let secret = added.secret.as_ref().map(|secret| secret.as_str());
    print_secret(&added.client_id, secret, json)?;
    match json {
        true => Ok(()),
        false => print_lines(config, &new, &added.client_id, secret),
    }
}

/// The lines to paste into the app.
fn print_lines(
    config: &Config,
    new: &NewClient,
    client_id: &str,
    secret: Option<&str>,
) -> anyhow::Result<()> {
    let issuer = issuer(config)?;
    let registration = &new.registration;
    for Paste { place, text } in
        (Setup { name: &new.name, client_id, secret, issuer: &issuer, registration }).lines()
    {
        match place {
            Place::File(name) => show!("\nFor {name}:\n")?,
            Place::Terminal => show!("\nTo run where the app is installed:\n")?,
            Place::Page(page) => show!("\nUnder {page}:\n")?,
            Place::Anywhere => show!("\nWhat the app needs:\n")?,
        }
        show!("{text}")?;
    }
    Ok(())
}

/// What this server is called in tokens and settings of apps.
fn issuer(config: &Config) -> anyhow::Result<Url> {
    let bound = || Url::parse(&format!("http://{}", config.listen)).ok();
    config.public_url.clone().or_else(bound).context("MUNJIGI_PUBLIC_URL is not set")
}

async fn change(clients: &OidcClients, config: &Config, args: ChangeArgs) -> anyhow::Result<()> {
    let ChangeArgs { app, removed } = args;
    let client = find(clients, &app.name).await?;
    let groups = match app.groups.as_slice() {
        [] if removed.no_group => Vec::new(),
        // Without a group it would be open to everyone.
        [] if client.restricted && client.groups.is_empty() => {
            bail!(
                "its groups have been deleted, so it is closed; name one by --group, or open it by --no-group"
            )
        }
        [] => client.groups.clone(),
        named => group_ids(clients, named).await?,
    };
    let mut before = client.input();
    removed.take_from(&mut before);
    let new = app.read(config, before)?;
    clients.change(Actor::Operator, &client, new, groups).await?;
    wait_until_known();
    match app.json {
        true => report!("{}", json!({"client_id": client.client_id})),
        false => report!("{} was changed.", client.name),
    }
    Ok(())
}

impl RemovedArgs {
    fn take_from(&self, input: &mut ClientInput) {
        input.first_party &= !self.no_first_party;
        if self.no_redirect_uri {
            input.redirect_uris.clear();
        }
        if self.no_post_logout_redirect_uri {
            input.post_logout_redirect_uris.clear();
        }
        if self.no_backchannel_logout_uri {
            input.backchannel_logout_uri = None;
        }
        if self.no_jwks {
            (input.jwks, input.jwks_uri) = (None, None);
        }
        if self.no_resource {
            input.resources.clear();
        }
        if self.no_lifetimes {
            input.lifetimes = TokenLifetimes::default();
        }
    }
}

impl AppArgs {
    /// The app as it was before, with what these options name.
    fn read(&self, config: &Config, mut input: ClientInput) -> anyhow::Result<NewClient> {
        self.choose_software(&mut input)?;
        self.set_addresses(&mut input);
        self.set_keys(&mut input)?;
        if let Some(method) = &self.auth_method {
            input.auth_method = Some(parse(method)?);
        }
        if !self.grants.is_empty() {
            input.grants = self.grants.iter().map(|name| parse(name)).collect::<anyhow::Result<_>>()?;
        }
        replace(&mut input.scopes, &self.scopes);
        replace(&mut input.resources, &self.resources);
        if let Some(level) = &self.level {
            input.level = parse(level)?;
        }
        input.first_party |= self.first_party;
        if let Some(alg) = &self.id_token_alg {
            input.id_token_alg = parse(alg)?;
        }
        if let Some(subject_type) = &self.subject_type {
            input.subject_type = parse(subject_type)?;
        }
        input.lifetimes = TokenLifetimes {
            access: self.access_token_lifetime.or(input.lifetimes.access),
            id: self.id_token_lifetime.or(input.lifetimes.id),
            refresh: self.refresh_token_lifetime.or(input.lifetimes.refresh),
        };
        let logo = self.app_logo.as_ref().map(|path| Logo::read(path));
        let logo = logo.transpose().map_err(anyhow::Error::msg)?;
        let new = NewClient::parse(input, config.public_url.as_ref()).map_err(|invalid| {
            let lines =
                invalid.0.iter().map(|(field, problem)| format!("{}: {problem}", field.replace('_', "-")));
            anyhow::anyhow!(lines.collect::<Vec<_>>().join("\n"))
        })?;
        Ok(NewClient { logo, ..new })
    }

    /// Other software has other scopes, another way to authenticate, and addresses that are filled in where there are none.
    fn choose_software(&self, input: &mut ClientInput) -> anyhow::Result<()> {
        let named: Option<Preset> = self.preset.as_deref().map(parse).transpose()?;
        if let Some(preset) = named.filter(|preset| *preset != input.preset) {
            input.preset = preset;
            input.exact = false;
            input.auth_method = None;
            input.scopes.clear();
        }
        Ok(())
    }

    /// Where the software is known, its other addresses follow from the one that is named.
    fn set_addresses(&self, input: &mut ClientInput) {
        if !self.address.is_empty() {
            input.address.clone_from(&self.address);
            input.exact = false;
            if input.preset != Preset::Custom {
                input.redirect_uris.clear();
                input.post_logout_redirect_uris.clear();
                input.backchannel_logout_uri = None;
            }
            if input.preset == Preset::Mcp {
                input.resources.clear();
            }
        }
        replace(&mut input.redirect_uris, &self.redirect_uris);
        replace(&mut input.post_logout_redirect_uris, &self.post_logout_redirect_uris);
        if let Some(uri) = &self.backchannel_logout_uri {
            input.backchannel_logout_uri = Some(uri.clone());
        }
    }

    fn set_keys(&self, input: &mut ClientInput) -> anyhow::Result<()> {
        if self.jwks.is_none() {
            return Ok(());
        }
        let (address, file) = address_or_set(self.jwks.clone());
        let read = |path: String| std::fs::read_to_string(&path).with_context(|| format!("reading {path}"));
        (input.jwks, input.jwks_uri) = (file.map(read).transpose()?, address);
        Ok(())
    }
}

/// What is not named stays.
fn replace(before: &mut Vec<String>, named: &[String]) {
    if !named.is_empty() {
        *before = named.to_vec();
    }
}

async fn group_ids(clients: &OidcClients, names: &[String]) -> anyhow::Result<Vec<i64>> {
    let known = clients.groups().await?;
    let find = |name: &String| {
        let found = known.iter().find(|group| group.name == *name).map(|group| group.id);
        found.with_context(|| format!("there is no group {name:?}"))
    };
    names.iter().map(find).collect()
}

/// The app with this name.
pub async fn find(clients: &OidcClients, name: &str) -> anyhow::Result<Arc<OidcClient>> {
    clients.named(name).await?.with_context(|| format!("there is no app {name:?}"))
}

fn print_secret(client_id: &str, secret: Option<&str>, json: bool) -> anyhow::Result<()> {
    if json {
        show!("{}", json!({"client_id": client_id, "client_secret": secret}))?;
        return Ok(());
    }
    show!("client id      {client_id}")?;
    match secret {
        Some(secret) => show!("client secret  {secret}\nThe secret is shown only now.")?,
        None => show!("It has no secret.")?,
    }
    Ok(())
}

async fn list(clients: &OidcClients, json: bool) -> anyhow::Result<()> {
    let all = clients.all().await?;
    if json {
        let groups = clients.groups().await?;
        let described: Vec<_> =
            all.iter().map(|client| describe(client, &group_names(&groups, client))).collect();
        show!("{}", serde_json::Value::from(described))?;
        return Ok(());
    }
    for client in all.iter() {
        let state = if client.disabled { "disabled" } else { "" };
        show!("{}\t{}\t{state}", client.name, client.client_id)?;
    }
    Ok(())
}

/// The names of the app's groups.
fn group_names<'g>(groups: &'g [GroupName], client: &OidcClient) -> Vec<&'g str> {
    let own = groups.iter().filter(|group| client.groups.contains(&group.id));
    own.map(|group| group.name.as_str()).collect()
}

async fn show(clients: &OidcClients, client: &OidcClient, json: bool) -> anyhow::Result<()> {
    let groups = clients.groups().await?;
    let described = describe(client, &group_names(&groups, client));
    if json {
        show!("{described}")?;
        return Ok(());
    }
    let Some(fields) = described.as_object() else { bail!("an app has fields") };
    for (name, value) in fields {
        let text = match value {
            serde_json::Value::Array(each) => {
                each.iter().map(|one| one.as_str().unwrap_or_default()).collect::<Vec<_>>().join(" ")
            }
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        show!("{name:<26}{text}")?;
    }
    Ok(())
}

fn describe(client: &OidcClient, groups: &[&str]) -> serde_json::Value {
    let registration = &client.registration;
    let uris = |uris: &[crate::identity::oidc::RedirectUri]| {
        uris.iter().map(|uri| uri.as_str().to_owned()).collect::<Vec<_>>()
    };
    json!({
        "name": client.name,
        "client_id": client.client_id,
        "preset": registration.preset,
        "redirect_uris": uris(&registration.redirect_uris),
        "auth_method": registration.auth_method.name(),
        "grants": registration.grants.iter().map(|grant| grant.name()).collect::<Vec<_>>(),
        "scopes": registration.scopes,
        "groups": groups,
        "restricted": client.restricted,
        "level": registration.level.name(),
        "first_party": registration.first_party,
        "post_logout_redirect_uris": uris(&registration.post_logout_redirect_uris),
        "backchannel_logout_uri": registration.backchannel_logout_uri,
        "jwks_uri": registration.jwks_uri,
        "id_token_alg": registration.id_token_alg.name(),
        "access_token_lifetime": registration.lifetimes.access,
        "id_token_lifetime": registration.lifetimes.id,
        "refresh_token_lifetime": registration.lifetimes.refresh,
        "subject": registration.subject_type.name(),
        "resources": registration.resources,
        "logo": client.logo,
        "secrets": client.secrets(),
        "disabled": client.disabled,
        "declared": client.declared,
    })
}
