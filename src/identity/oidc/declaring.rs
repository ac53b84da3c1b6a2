//! Brings the registered apps to what a file declares: idempotent, so that every node may do it at its start.

use std::path::Path;

use url::Url;

use crate::identity::accounts::find_or_create_group;
use crate::identity::audit::{Entry, Event};
use crate::identity::unit_of_work::{System, Write, Writer};

use super::client::{self, OidcClient};
use super::clients::{new_client_id, replace};
use super::declared::{self, DeclarationError, DeclaredApp};
use super::error::ClientError;
use super::logo::Logo;
use super::observer::end_unfit;
use super::unfit::Whose;

/// The apps that a file declares.
pub struct Declarations(Vec<DeclaredApp>);

impl Declarations {
    /// Reads the file, if one is named.
    ///
    /// # Errors
    /// A sentence that names the file, the entry and its line.
    pub fn open(path: Option<&Path>, issuer: Option<&Url>) -> Result<Option<Self>, DeclarationError> {
        path.map(|path| declared::read(path, issuer).map(Self)).transpose()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the apps that are new, changes those that differ, and disables those that are declared no longer. Blocks, so it
    /// is for the start of a server.
    ///
    /// # Errors
    /// A sentence that names the app.
    pub fn apply(&self, writer: &Writer) -> Result<(), DeclarationError> {
        writer.write_blocking(System, |write| {
            let known = client::all(write.read()).map_err(ClientError::from).map_err(unnamed)?;
            let mut present = Vec::new();
            for app in &self.0 {
                let of = |error: ClientError| Declined(format!("app {:?}: {error}", app.new.name));
                present.push(bring(write, app, &known).map_err(of)?);
            }
            let gone = known
                .iter()
                .filter(|known| known.declared && !known.disabled && !present.contains(&known.id));
            for client in gone {
                client::set_declared(write, client.id, true).map_err(unnamed)?;
                end_unfit(write, Whose::OfApp(client.id)).map_err(ClientError::from).map_err(unnamed)?;
                record(write, Event::AppDisabled, &client.name);
            }
            Ok::<_, Declined>(())
        })?;
        Ok(())
    }
}

/// Why nothing was changed.
struct Declined(String);

fn unnamed(error: ClientError) -> Declined {
    Declined(error.to_string())
}

impl<E: Into<ClientError>> From<E> for Declined {
    fn from(error: E) -> Self {
        unnamed(error.into())
    }
}

impl From<Declined> for DeclarationError {
    fn from(declined: Declined) -> Self {
        Self(declined.0)
    }
}

/// Returns the row of the app.
fn bring(write: &mut Write<'_>, app: &DeclaredApp, known: &[OidcClient]) -> Result<i64, ClientError> {
    let has_name = |client: &&OidcClient| client.name.to_lowercase() == app.new.name.to_lowercase();
    let found = match &app.client_id {
        Some(id) => {
            let of_id = known.iter().find(|client| client.client_id == *id);
            if let Some(other) = known.iter().find(has_name).filter(|other| other.client_id != *id) {
                return Err(ClientError::OtherId(other.client_id.clone()));
            }
            of_id
        }
        None => known.iter().find(has_name),
    };
    let groups = groups(write, &app.groups)?;
    let (id, event) = match found {
        None => {
            let client_id = app.client_id.clone().unwrap_or_else(new_client_id);
            (client::insert(write, &app.new, &groups, &client_id)?, Event::ApplicationAdded)
        }
        Some(client) if is_as_declared(app, client, &groups) => return Ok(client.id),
        Some(client) => {
            replace(write, (client.id, client.registration.level), &app.new, &groups)?;
            let event = if client.disabled { Event::AppEnabled } else { Event::ApplicationChanged };
            (client.id, event)
        }
    };
    client::set_declared(write, id, false)?;
    client::set_secrets(write, id, &app.secrets)?;
    client::set_logo(write, id, app.logo.as_ref())?;
    record(write, event, &app.new.name);
    Ok(id)
}

fn is_as_declared(app: &DeclaredApp, client: &OidcClient, groups: &[i64]) -> bool {
    let mut known = client.groups.clone();
    known.sort_unstable();
    client.declared
        && !client.disabled
        && client.name == app.new.name
        && client.registration == app.new.registration
        && (client.restricted, known.as_slice()) == (!groups.is_empty(), groups)
        && client.has_exactly(&app.secrets)
        && client.logo == app.logo.as_ref().map(Logo::name)
}

/// A group that does not exist yet is made, without members and permissions: the app is closed until staff add members,
/// and no server fails to start because of a group that staff have deleted.
fn groups(write: &mut Write<'_>, names: &[String]) -> Result<Vec<i64>, ClientError> {
    let mut ids = Vec::new();
    for name in names {
        let refused = |_| ClientError::Group(name.clone());
        let (id, is_new) = find_or_create_group(write, name).map_err(refused)?;
        if is_new {
            record(write, Event::GroupCreated, name);
        }
        ids.push(id);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn record(write: &mut Write<'_>, event: Event, subject: &str) {
    let entry = Entry::by_operator(event, None, write.now());
    write.record(entry.about(subject));
}
