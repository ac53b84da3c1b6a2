//! Registered apps as rows, and which members may sign in to them.

use diesel::prelude::*;

use crate::identity::accounts::Member;
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::fingerprint;
use crate::platform::near_cache::Topic;
use crate::platform::schema::{oidc_client_groups, oidc_client_logos, oidc_client_secrets, oidc_clients};

use super::error::ClientError;
use super::grant;
use super::logo::Logo;
use super::new_client::{ClientInput, NewClient};
use super::redirect_uri::RedirectUri;
use super::registration::{AuthMethod, Registration, SigningAlg, SubjectType};
use super::retired_algs;
use super::secret::ClientSecret;

/// Whether an id is the address of a document that describes the app. Ids of registered apps are random letters and digits.
pub fn is_document(client_id: &str) -> bool {
    client_id.starts_with("https://")
}

/// The row of an app that has none yet.
const NOT_STORED: i64 = 0;

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
    /// The last part of its logo's address.
    pub logo: Option<String>,
    /// The newest first.
    secrets: Vec<StoredSecret>,
}

/// A secret as it is stored.
#[derive(Clone)]
struct StoredSecret {
    hash: String,
    made_at: Timestamp,
}

impl OidcClient {
    /// An app that describes itself, with what is stored of it if a person has allowed it before.
    pub(super) fn described(client_id: &str, new: NewClient, known: Option<&Self>) -> Self {
        Self {
            id: known.map_or(NOT_STORED, |known| known.id),
            client_id: client_id.to_owned(),
            name: new.name,
            registration: new.registration,
            restricted: false,
            groups: Vec::new(),
            disabled: false,
            declared: false,
            created_at: known.map_or(0, |known| known.created_at),
            logo: None,
            secrets: Vec::new(),
        }
    }

    /// What it is registered with, as if it were typed in: what is empty stays empty.
    pub fn input(&self) -> ClientInput {
        let Registration { redirect_uris, post_logout_redirect_uris, .. } = &self.registration;
        let texts = |uris: &[RedirectUri]| uris.iter().map(|uri| uri.as_str().to_owned()).collect();
        ClientInput {
            name: self.name.clone(),
            preset: self.registration.preset.parse().unwrap_or_default(),
            address: String::new(),
            exact: true,
            redirect_uris: texts(redirect_uris),
            auth_method: Some(self.registration.auth_method),
            grants: self.registration.grants.iter().copied().collect(),
            scopes: self.registration.scopes.iter().cloned().collect(),
            level: self.registration.level,
            first_party: self.registration.first_party,
            post_logout_redirect_uris: texts(post_logout_redirect_uris),
            backchannel_logout_uri: self.registration.backchannel_logout_uri.clone(),
            jwks: self.registration.jwks.as_ref().map(ToString::to_string),
            jwks_uri: self.registration.jwks_uri.clone(),
            id_token_alg: self.registration.id_token_alg,
            subject_type: self.registration.subject_type,
            lifetimes: self.registration.lifetimes,
            resources: self.registration.resources.iter().cloned().collect(),
        }
    }

    /// Whether it has a row: one that describes itself has none before a person has allowed it something.
    pub fn is_stored(&self) -> bool {
        self.id != NOT_STORED
    }

    /// Whether it describes itself at an address, rather than being registered.
    pub fn describes_itself(&self) -> bool {
        is_document(&self.client_id)
    }

    /// Any member may sign in to an unrestricted app; otherwise only members of its groups.
    pub fn is_open_to(&self, member: &Member) -> bool {
        !self.restricted || self.groups.iter().any(|group| member.is_in(*group))
    }

    /// Whether it gets a pairwise subject: a name of each person that apps of other sectors do not know.
    pub fn is_pairwise(&self) -> bool {
        self.registration.subject_type == SubjectType::Pairwise
    }

    /// A mark of this secret, if it is one of the app's. The time that comparing hashes of random secrets takes reveals
    /// nothing.
    pub fn mark_of(&self, text: &str) -> Option<String> {
        let hash = ClientSecret::declared(text.to_owned()).hash();
        self.secrets.iter().any(|secret| secret.hash == hash).then(|| mark(&hash).to_owned())
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
        let is_marked = |secret: &StoredSecret| mark(&secret.hash) == marked;
        self.secrets.iter().any(is_marked) || self.key_mark().as_deref() == Some(marked)
    }

    /// How many secrets are valid.
    pub fn secrets(&self) -> usize {
        self.secrets.len()
    }

    /// When each of them was made, the newest first.
    pub fn secrets_made_at(&self) -> Vec<Timestamp> {
        self.secrets.iter().map(|secret| secret.made_at).collect()
    }

    /// Whether these are its secrets, in this order.
    pub(super) fn has_exactly(&self, secrets: &[ClientSecret]) -> bool {
        self.secrets
            .iter()
            .map(|secret| &secret.hash)
            .eq(&secrets.iter().map(ClientSecret::hash).collect::<Vec<_>>())
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
    fn with(self, groups: Vec<i64>, secrets: Vec<StoredSecret>, logo: Option<String>) -> Option<OidcClient> {
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
            logo,
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
    let id = insert(write, new, groups, client_id)?;
    if let Some(logo) = &new.logo {
        set_logo(write, id, Some(logo))?;
    }
    let secret = new.registration.auth_method.has_secret().then(ClientSecret::random);
    if let Some(secret) = &secret {
        add_secret(write, id, secret)?;
    }
    Ok(secret)
}

/// Adds an app without a secret; returns its row.
pub(super) fn insert(
    write: &mut Write<'_>,
    new: &NewClient,
    groups: &[i64],
    client_id: &str,
) -> Result<i64, ClientError> {
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
    Ok(id)
}

/// Notes that a file declares the app, or did so until now.
pub(super) fn set_declared(write: &mut Write<'_>, id: i64, disabled: bool) -> Result<(), ClientError> {
    let set = (oidc_clients::declared.eq(true), oidc_clients::disabled.eq(disabled));
    diesel::update(oidc_clients::table.find(id)).set(set).execute(write.topic(Topic::OidcClients))?;
    Ok(())
}

/// Sets or removes the logo.
pub(super) fn set_logo(write: &mut Write<'_>, id: i64, logo: Option<&Logo>) -> Result<(), ClientError> {
    use oidc_client_logos::dsl;
    let conn = write.topic(Topic::OidcClients);
    diesel::delete(oidc_client_logos::table.find(id)).execute(conn)?;
    if let Some(logo) = logo {
        let row = (dsl::client.eq(id), dsl::name.eq(logo.name()), dsl::content.eq(&logo.content));
        diesel::insert_into(oidc_client_logos::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// The content of the logo with this name.
pub(super) fn logo(conn: &mut Conn, name: &str) -> Result<Option<Vec<u8>>, DbError> {
    use oidc_client_logos::dsl;
    let named = oidc_client_logos::table.filter(dsl::name.eq(name));
    Ok(named.select(dsl::content).first(conn).optional()?)
}

/// Sets name, registration and groups. An app that no longer has a secret loses those that it had.
pub(super) fn change(
    write: &mut Write<'_>,
    id: i64,
    new: &NewClient,
    groups: &[i64],
) -> Result<(), ClientError> {
    retire_alg(write, id, Some(new.registration.id_token_alg))?;
    let conn = write.topic(Topic::OidcClients);
    if diesel::update(oidc_clients::table.find(id)).set(Columns::of(new, groups)).execute(conn)? == 0 {
        return Err(ClientError::NotFound);
    }
    diesel::delete(oidc_client_groups::table.filter(oidc_client_groups::client.eq(id))).execute(conn)?;
    if !new.registration.auth_method.has_secret() {
        diesel::delete(oidc_client_secrets::table.filter(oidc_client_secrets::client.eq(id)))
            .execute(conn)?;
    }
    if let Some(logo) = &new.logo {
        set_logo(write, id, Some(logo))?;
    }
    set_groups(write, id, groups)
}

/// Notes the algorithm that the app uses now, if it is about to use another or none.
fn retire_alg(write: &mut Write<'_>, id: i64, next: Option<SigningAlg>) -> Result<(), DbError> {
    let stored = oidc_clients::table.find(id).select(oidc_clients::registration);
    let stored: Option<String> = stored.first(write.read()).optional()?;
    let registration = stored.and_then(|text| serde_json::from_str::<Registration>(&text).ok());
    match registration.map(|registration| registration.id_token_alg).filter(|alg| Some(*alg) != next) {
        Some(alg) => retired_algs::add(write, alg),
        None => Ok(()),
    }
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

/// Makes these the secrets of the app, and ends others.
pub(super) fn set_secrets(
    write: &mut Write<'_>,
    id: i64,
    secrets: &[ClientSecret],
) -> Result<(), ClientError> {
    use oidc_client_secrets::dsl;
    let conn = write.topic(Topic::OidcClients);
    let stored =
        oidc_client_secrets::table.filter(dsl::client.eq(id)).order(dsl::id.desc()).select(dsl::hash);
    let stored: Vec<String> = stored.load(conn)?;
    let wanted: Vec<String> = secrets.iter().map(ClientSecret::hash).collect();
    if stored == wanted {
        return Ok(());
    }
    diesel::delete(oidc_client_secrets::table.filter(dsl::client.eq(id))).execute(conn)?;
    for secret in secrets.iter().rev() {
        add_secret(write, id, secret)?;
    }
    Ok(())
}

/// Stores an app that describes itself, as it does now; returns its row. Its address distinguishes it from registered apps of
/// the same name.
pub(super) fn store_described(write: &mut Write<'_>, client: &OidcClient) -> Result<i64, DbError> {
    use oidc_clients::dsl;
    let registration = serde_json::to_string(&client.registration).unwrap_or_default();
    let known = oidc_clients::table.filter(dsl::client_id.eq(&client.client_id));
    let known: Option<(i64, String, String)> =
        known.select((dsl::id, dsl::name, dsl::registration)).first(write.read()).optional()?;
    let id = match known {
        Some((id, name, stored)) if name == client.name && stored == registration => return Ok(id),
        Some((id, ..)) => {
            let change = (dsl::name.eq(&client.name), dsl::registration.eq(registration));
            let conn = write.topic(Topic::OidcClients);
            diesel::update(oidc_clients::table.find(id)).set(change).execute(conn)?;
            id
        }
        None => {
            let row = (
                dsl::client_id.eq(&client.client_id),
                dsl::name.eq(&client.name),
                dsl::name_key.eq(&client.client_id),
                dsl::registration.eq(registration),
                dsl::created_at.eq(write.now()),
            );
            let conn = write.topic(Topic::OidcClients);
            diesel::insert_into(oidc_clients::table).values(row).returning(dsl::id).get_result(conn)?
        }
    };
    Ok(id)
}

/// Deletes apps that describe themselves and that no user allows anything any more.
pub(super) fn purge_described(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    use crate::platform::schema::{oidc_codes, oidc_consents, oidc_grants};
    use diesel::dsl::{exists, not};
    let unused = oidc_clients::table
        .filter(oidc_clients::client_id.like("https://%"))
        .filter(oidc_clients::disabled.eq(false))
        .filter(not(exists(oidc_consents::table.filter(oidc_consents::client.eq(oidc_clients::id)))))
        .filter(not(exists(oidc_grants::table.filter(oidc_grants::client.eq(oidc_clients::id)))))
        .filter(not(exists(oidc_codes::table.filter(oidc_codes::client.eq(oidc_clients::id)))))
        .select(oidc_clients::id);
    let unused: Vec<i64> = unused.limit(most).load(write.read())?;
    if unused.is_empty() {
        return Ok(0);
    }
    let unused = oidc_clients::table.filter(oidc_clients::id.eq_any(unused));
    Ok(diesel::delete(unused).execute(write.topic(Topic::OidcClients))?)
}

/// Ends every secret but the newest; returns how many.
pub(super) fn end_older_secrets(write: &mut Write<'_>, id: i64) -> Result<usize, ClientError> {
    use oidc_client_secrets::dsl;
    let conn = write.topic(Topic::OidcClients);
    let of_client = oidc_client_secrets::table.filter(dsl::client.eq(id));
    let newest: Option<i64> = of_client.select(diesel::dsl::max(dsl::id)).first(conn)?;
    let older = of_client.filter(dsl::id.lt(newest.unwrap_or_default())).select(dsl::id).load::<i64>(conn)?;
    Ok(diesel::delete(oidc_client_secrets::table.filter(dsl::id.eq_any(older))).execute(conn)?)
}

pub(super) fn delete(write: &mut Write<'_>, id: i64) -> Result<(), ClientError> {
    grant::end_of_client(write, id)?;
    retire_alg(write, id, None)?;
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
        let secrets: Vec<(i64, String, Timestamp)> = oidc_client_secrets::table
            .order(oidc_client_secrets::id.desc())
            .select((oidc_client_secrets::client, oidc_client_secrets::hash, oidc_client_secrets::created_at))
            .load(conn)?;
        let logos: Vec<(i64, String)> = oidc_client_logos::table
            .select((oidc_client_logos::client, oidc_client_logos::name))
            .load(conn)?;
        let clients = rows.into_iter().filter_map(|row| {
            let groups = groups.iter().filter(|pair| pair.0 == row.id).map(|pair| pair.1).collect();
            let secrets = secrets.iter().filter(|secret| secret.0 == row.id);
            let secrets =
                secrets.map(|(_, hash, made_at)| StoredSecret { hash: hash.clone(), made_at: *made_at });
            let logo = logos.iter().find(|logo| logo.0 == row.id).map(|logo| logo.1.clone());
            let secrets = secrets.collect();
            row.with(groups, secrets, logo)
        });
        Ok(clients.collect())
    })
}
