//! Registered apps as rows, and which members may sign in to them.

use diesel::prelude::*;

use crate::identity::accounts::Member;
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::fingerprint;
use crate::platform::near_cache::Topic;
use crate::platform::schema::{oidc_client_groups, oidc_client_secrets, oidc_clients};

use super::error::ClientError;
use super::grant;
use super::new_client::NewClient;
use super::registration::{AuthMethod, Registration, SubjectType};
use super::secret::ClientSecret;

/// Secrets that are valid at a time: the current one, and the one before it.
const SECRETS: usize = 2;

/// An app that signs people in by OpenID Connect.
pub struct OidcClient {
    pub(in crate::identity) id: i64,
    /// As the app sends it.
    pub client_id: String,
    pub name: String,
    pub registration: Registration,
    /// Whether only members of its groups may sign in to it.
    pub restricted: bool,
    pub groups: Vec<i64>,
    pub disabled: bool,
    /// Whether a file declares it.
    pub declared: bool,
    pub created_at: Timestamp,
    /// Hashes, the newest first.
    secrets: Vec<String>,
}

impl OidcClient {
    /// Any member may sign in to an unrestricted app; otherwise only members of its groups.
    pub fn is_open_to(&self, member: &Member) -> bool {
        !self.restricted || self.groups.iter().any(|group| member.is_in(*group))
    }

    /// Whether it must not learn by which name others know a person.
    pub fn is_pairwise(&self) -> bool {
        self.registration.subject_type == SubjectType::Pairwise
    }

    /// A mark of this secret, if it is one of the app's. The time that comparing hashes of random secrets takes reveals
    /// nothing.
    pub fn mark_of(&self, text: &str) -> Option<String> {
        let hash = ClientSecret::declared(text.to_owned()).hash();
        self.secrets.contains(&hash).then(|| mark(&hash).to_owned())
    }

    /// A mark of the keys by which it proves that it is itself.
    pub fn key_mark(&self) -> Option<String> {
        let Registration { auth_method, jwks, jwks_uri, .. } = &self.registration;
        let keys = jwks_uri.clone().or_else(|| jwks.as_ref().map(ToString::to_string));
        let keys = keys.filter(|_| *auth_method == AuthMethod::PrivateKeyJwt)?;
        Some(format!("k{}", mark(&fingerprint(&keys))))
    }

    /// Whether the secret or the keys with this mark are still valid.
    pub fn has_marked(&self, marked: &str) -> bool {
        self.secrets.iter().any(|hash| mark(hash) == marked) || self.key_mark().as_deref() == Some(marked)
    }

    /// How many secrets are valid.
    pub fn secrets(&self) -> usize {
        self.secrets.len()
    }
}

/// Distinguishes the secrets of one app, and reveals nothing of them.
fn mark(hash: &str) -> &str {
    hash.get(..16).unwrap_or(hash)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_clients)]
struct ClientRow {
    id: i64,
    client_id: String,
    name: String,
    registration: String,
    restricted: bool,
    disabled: bool,
    declared: bool,
    created_at: Timestamp,
}

impl ClientRow {
    /// None for a registration that this version cannot read.
    fn with(self, groups: Vec<i64>, secrets: Vec<String>) -> Option<OidcClient> {
        let registration = serde_json::from_str(&self.registration)
            .inspect_err(|error| tracing::error!(app = %self.client_id, %error, "an app's registration cannot be read"))
            .ok()?;
        Some(OidcClient {
            id: self.id,
            client_id: self.client_id,
            name: self.name,
            registration,
            restricted: self.restricted,
            groups,
            disabled: self.disabled,
            declared: self.declared,
            created_at: self.created_at,
            secrets,
        })
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = oidc_clients)]
struct Columns<'n> {
    name: &'n str,
    name_key: String,
    registration: String,
    restricted: bool,
}

impl<'n> Columns<'n> {
    fn of(new: &'n NewClient, groups: &[i64]) -> Self {
        let registration = serde_json::to_string(&new.registration).unwrap_or_default();
        Self { name: &new.name, name_key: name_key(&new.name), registration, restricted: !groups.is_empty() }
    }
}

fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// Adds an app, with a secret if it has one.
pub(super) fn create(
    write: &mut Write<'_>,
    new: &NewClient,
    groups: &[i64],
    client_id: &str,
) -> Result<Option<ClientSecret>, ClientError> {
    let row = (
        Columns::of(new, groups),
        oidc_clients::client_id.eq(client_id),
        oidc_clients::created_at.eq(write.now()),
    );
    let id = diesel::insert_into(oidc_clients::table)
        .values(row)
        .returning(oidc_clients::id)
        .get_result(write.topic(Topic::OidcClients))?;
    set_groups(write, id, groups)?;
    let secret = new.registration.auth_method.has_secret().then(ClientSecret::random);
    if let Some(secret) = &secret {
        add_secret(write, id, secret)?;
    }
    Ok(secret)
}

/// Sets name, registration and groups. An app that no longer has a secret loses those that it had.
pub(super) fn change(
    write: &mut Write<'_>,
    id: i64,
    new: &NewClient,
    groups: &[i64],
) -> Result<(), ClientError> {
    let conn = write.topic(Topic::OidcClients);
    if diesel::update(oidc_clients::table.find(id)).set(Columns::of(new, groups)).execute(conn)? == 0 {
        return Err(ClientError::NotFound);
    }
    diesel::delete(oidc_client_groups::table.filter(oidc_client_groups::client.eq(id))).execute(conn)?;
    if !new.registration.auth_method.has_secret() {
        diesel::delete(oidc_client_secrets::table.filter(oidc_client_secrets::client.eq(id)))
            .execute(conn)?;
    }
    set_groups(write, id, groups)
}

fn set_groups(write: &mut Write<'_>, id: i64, groups: &[i64]) -> Result<(), ClientError> {
    for group in groups {
        let row = (oidc_client_groups::client.eq(id), oidc_client_groups::group_id.eq(group));
        diesel::insert_into(oidc_client_groups::table)
            .values(row)
            .execute(write.topic(Topic::OidcClients))?;
    }
    Ok(())
}

/// Adds a secret; the one before it stays valid, older ones end.
pub(super) fn add_secret(write: &mut Write<'_>, id: i64, secret: &ClientSecret) -> Result<(), DbError> {
    use oidc_client_secrets::dsl;
    let row = (dsl::client.eq(id), dsl::hash.eq(secret.hash()), dsl::created_at.eq(write.now()));
    let conn = write.topic(Topic::OidcClients);
    diesel::insert_into(oidc_client_secrets::table).values(row).execute(conn)?;
    let of_client = oidc_client_secrets::table.filter(dsl::client.eq(id));
    let newest_first: Vec<i64> = of_client.order(dsl::id.desc()).select(dsl::id).load(conn)?;
    let ended: Vec<i64> = newest_first.into_iter().skip(SECRETS).collect();
    diesel::delete(oidc_client_secrets::table.filter(dsl::id.eq_any(ended))).execute(conn)?;
    Ok(())
}

pub(super) fn delete(write: &mut Write<'_>, id: i64) -> Result<(), ClientError> {
    grant::end_of_client(write, id)?;
    match diesel::delete(oidc_clients::table.find(id)).execute(write.topic(Topic::OidcClients))? {
        0 => Err(ClientError::NotFound),
        _ => Ok(()),
    }
}

/// All apps by name, in one snapshot.
pub(super) fn all(conn: &mut Conn) -> Result<Vec<OidcClient>, DbError> {
    conn.transaction(|conn| {
        let rows: Vec<ClientRow> =
            oidc_clients::table.order(oidc_clients::name_key).select(ClientRow::as_select()).load(conn)?;
        let groups: Vec<(i64, i64)> = oidc_client_groups::table
            .select((oidc_client_groups::client, oidc_client_groups::group_id))
            .load(conn)?;
        let secrets: Vec<(i64, String)> = oidc_client_secrets::table
            .order(oidc_client_secrets::id.desc())
            .select((oidc_client_secrets::client, oidc_client_secrets::hash))
            .load(conn)?;
        let clients = rows.into_iter().filter_map(|row| {
            let groups = groups.iter().filter(|pair| pair.0 == row.id).map(|pair| pair.1).collect();
            let secrets = secrets.iter().filter(|pair| pair.0 == row.id).map(|pair| pair.1.clone()).collect();
            row.with(groups, secrets)
        });
        Ok(clients.collect())
    })
}
