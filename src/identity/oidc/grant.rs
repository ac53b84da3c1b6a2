//! What people have allowed apps, as rows. The tokens of a grant are valid while its row is there and its session lives.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::identity::sessions::{Key, Session};
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::metrics::CacheKind;
use crate::platform::near_cache::Footprint;
use crate::platform::schema::oidc_grants::{self, dsl};

use super::claims_request::ClaimsRequest;
use super::consent::Consent;
use super::scope_set::ScopeSet;
use super::token_error::TokenRefusal;
use super::unfit::{Whose, delete_unfit, unfit};

/// Grants of one app in one session; beyond this, the oldest end.
const PER_SESSION: i64 = 20;
/// Users whose grants end by one change; beyond this, every cached user is dismissed instead.
const MANY_USERS: usize = 100;

/// What an app asks for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessRequest {
    pub scope: ScopeSet,
    /// APIs that access tokens will be for (RFC 8707).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    #[serde(skip_serializing_if = "ClaimsRequest::is_empty")]
    pub claims: ClaimsRequest,
}

impl AccessRequest {
    /// What the person is shown and allows: the scopes, and those of single claims.
    pub fn shown(&self) -> ScopeSet {
        self.scope.union(&self.claims.scopes())
    }

    /// The consent that it needs.
    pub(super) fn consent(&self) -> Consent {
        Consent { scope: self.shown(), resources: self.resources.iter().cloned().collect() }
    }
}

/// What was granted, and how the person had authenticated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub scope: ScopeSet,
    /// The API that its access tokens are for (RFC 8707).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Further ones, if it asked for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_resources: Vec<String>,
    /// Claims asked for by name.
    #[serde(default, skip_serializing_if = "ClaimsRequest::is_empty")]
    pub claims: ClaimsRequest,
    pub auth_time: Timestamp,
    pub two_factors: bool,
    /// RFC 8176.
    pub amr: Vec<String>,
}

impl Details {
    /// Of a person in this session.
    pub fn of(asked: AccessRequest, session: &Session) -> Self {
        let AccessRequest { scope, resources, claims } = asked;
        let names = session.amr(session.methods);
        let amr = names.into_iter().flat_map(|name| match name {
            // A passkey's device has verified its user.
            "hwk" => vec!["hwk", "user"],
            name => vec![name],
        });
        let mut resources = resources.into_iter();
        Self {
            scope,
            resource: resources.next(),
            more_resources: resources.collect(),
            claims,
            auth_time: auth_time(session),
            two_factors: session.methods.are_two_factors(),
            amr: amr.map(str::to_owned).collect(),
        }
    }
}

impl Details {
    /// What the person has allowed from now on.
    pub(super) fn consent(&self) -> Consent {
        let scope = self.scope.union(&self.claims.scopes());
        Consent { scope, resources: self.resources().into_iter().collect() }
    }

    /// All APIs that were granted.
    pub fn resources(&self) -> Vec<String> {
        self.resource.iter().chain(&self.more_resources).cloned().collect()
    }

    /// The API that the next access token is for: the one that the app names, or the only one (RFC 8707 §2.2). None for this
    /// server.
    pub fn choose(&self, named: Option<&str>) -> Result<Option<&str>, TokenRefusal> {
        let mut granted = self.resource.iter().chain(&self.more_resources).map(String::as_str);
        match named {
            Some(named) => granted.find(|one| *one == named).map(Some).ok_or(TokenRefusal::InvalidTarget),
            None if self.more_resources.is_empty() => Ok(granted.next()),
            None => Err(TokenRefusal::ManyTargets),
        }
    }
}

/// When the person last authenticated. A mailed link is one way, though it is no proof for sensitive actions.
pub fn auth_time(session: &Session) -> Timestamp {
    session.authenticated_at.max(session.signed_in_at)
}

/// A grant as it is cached.
#[derive(Clone, Debug)]
pub struct Grant {
    pub id: i64,
    /// The row of the app.
    pub client: i64,
    pub user_id: i64,
    /// The session in which the person signed in to the app.
    pub login: Key,
    /// The session that its tokens stand on.
    pub session: Key,
    /// Names the session to apps.
    pub sid: String,
    pub details: Details,
    pub expires_at: Timestamp,
}

impl Grant {
    /// Whether its tokens stand on a session of their own.
    pub fn is_offline(&self) -> bool {
        self.session != self.login
    }
}

/// All grants of a user, up to one with the id `read_to`. Writes of one user take turns, so later ones have greater ids.
pub struct UserGrants {
    grants: Vec<Grant>,
    read_to: i64,
}

impl UserGrants {
    /// What was read when the grant with the id `asked` had been added.
    pub fn new(grants: Vec<Grant>, asked: i64) -> Self {
        let read_to = grants.iter().map(|grant| grant.id).fold(asked, i64::max);
        Self { grants, read_to }
    }

    /// Whether the grant with this id would be among them, unless it has ended.
    pub fn reach(&self, id: i64) -> bool {
        id <= self.read_to
    }

    pub fn find(&self, id: i64) -> Option<&Grant> {
        self.grants.iter().find(|grant| grant.id == id)
    }
}

impl Footprint for UserGrants {
    const KIND: CacheKind = CacheKind::Grants;

    fn bytes(&self) -> usize {
        // Keys, texts, and the overhead of the cache.
        self.grants.len() * (size_of::<Grant>() + 400) + 160
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_grants)]
struct GrantRow {
    id: i64,
    client: i64,
    user_id: i64,
    login_key: String,
    session_key: String,
    sid: String,
    details: String,
    expires_at: Timestamp,
}

impl GrantRow {
    /// None for a row that this version cannot read.
    fn read(self) -> Option<Grant> {
        Some(Grant {
            id: self.id,
            client: self.client,
            user_id: self.user_id,
            login: Key::parse(&self.login_key)?,
            session: Key::parse(&self.session_key)?,
            sid: self.sid,
            details: serde_json::from_str(&self.details).ok()?,
            expires_at: self.expires_at,
        })
    }
}

/// A grant to add.
pub struct NewGrant {
    pub client: i64,
    pub user_id: i64,
    pub login: Key,
    pub session: Key,
    pub sid: String,
    pub epoch: i64,
    pub details: Details,
    pub expires_at: Timestamp,
}

/// Adds a grant; returns its id. It makes nothing stale: who does not find it in memory reads it.
pub fn add(write: &mut Write<'_>, new: &NewGrant) -> Result<i64, DbError> {
    let row = (
        dsl::client.eq(new.client),
        dsl::user_id.eq(new.user_id),
        dsl::login_key.eq(new.login.as_str()),
        dsl::session_key.eq(new.session.as_str()),
        dsl::sid.eq(&new.sid),
        dsl::epoch.eq(new.epoch),
        dsl::id_token.eq(new.details.scope.contains(super::scope_set::OPENID)),
        dsl::details.eq(serde_json::to_string(&new.details).unwrap_or_default()),
        dsl::created_at.eq(write.now()),
        dsl::expires_at.eq(new.expires_at),
    );
    let conn = write.uncached();
    let id = diesel::insert_into(oidc_grants::table).values(row).returning(dsl::id).get_result(conn)?;
    let of_session = oidc_grants::table
        .filter(dsl::session_key.eq(new.session.as_str()).and(dsl::client.eq(new.client)))
        .order(dsl::id.desc())
        .offset(PER_SESSION)
        .limit(1_000)
        .select(dsl::id);
    let surplus: Vec<i64> = of_session.load(conn)?;
    if !surplus.is_empty() {
        let surplus = oidc_grants::table.filter(dsl::id.eq_any(surplus));
        diesel::delete(surplus).execute(write.user(new.user_id))?;
    }
    Ok(id)
}

pub fn of_user(conn: &mut Conn, user_id: i64) -> Result<Vec<Grant>, DbError> {
    let rows: Vec<GrantRow> = oidc_grants::table
        .filter(dsl::user_id.eq(user_id))
        .order(dsl::id)
        .select(GrantRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().filter_map(GrantRow::read).collect())
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Grant>, DbError> {
    let row: Option<GrantRow> =
        oidc_grants::table.find(id).select(GrantRow::as_select()).first(conn).optional()?;
    Ok(row.and_then(GrantRow::read))
}

/// The name of a session for apps, if it has one.
pub fn sid_of(conn: &mut Conn, login: &Key) -> Result<Option<String>, DbError> {
    let of_login = oidc_grants::table.filter(dsl::login_key.eq(login.as_str()));
    Ok(of_login.select(dsl::sid).first(conn).optional()?)
}

pub fn end(write: &mut Write<'_>, id: i64, user_id: i64) -> Result<(), DbError> {
    diesel::delete(oidc_grants::table.find(id)).execute(write.user(user_id))?;
    Ok(())
}

/// Ends what a user has allowed an app.
pub fn end_of_user(write: &mut Write<'_>, user_id: i64, client: Option<i64>) -> Result<(), DbError> {
    let conn = write.user(user_id);
    let of_user = oidc_grants::table.filter(dsl::user_id.eq(user_id));
    match client {
        Some(client) => diesel::delete(of_user.filter(dsl::client.eq(client))).execute(conn)?,
        None => diesel::delete(of_user).execute(conn)?,
    };
    Ok(())
}

/// Ends all grants of an app that is removed.
pub fn end_of_client(write: &mut Write<'_>, client: i64) -> Result<(), DbError> {
    let of_client = oidc_grants::table.filter(dsl::client.eq(client));
    let users = diesel::delete(of_client).returning(dsl::user_id).get_results(write.uncached())?;
    mark_stale(write, users);
    Ok(())
}

pub fn end_of_sessions(write: &mut Write<'_>, keys: &[String]) -> Result<(), DbError> {
    let of_sessions = oidc_grants::table.filter(dsl::session_key.eq_any(keys));
    let users = diesel::delete(of_sessions).returning(dsl::user_id).get_results(write.uncached())?;
    mark_stale(write, users);
    Ok(())
}

/// Ends those of these apps in a session.
pub fn end_of_session_at(write: &mut Write<'_>, session: &str, clients: &[i64]) -> Result<(), DbError> {
    if clients.is_empty() {
        return Ok(());
    }
    let lost = oidc_grants::table.filter(dsl::session_key.eq(session).and(dsl::client.eq_any(clients)));
    let users = diesel::delete(lost).returning(dsl::user_id).get_results(write.uncached())?;
    mark_stale(write, users);
    Ok(())
}

/// Ends those of people who had signed in with one factor, at an app that has come to require two.
pub fn end_with_one_factor(write: &mut Write<'_>, client: i64) -> Result<(), DbError> {
    let of_client = oidc_grants::table.filter(dsl::client.eq(client));
    let rows: Vec<GrantRow> = of_client.select(GrantRow::as_select()).load(write.read())?;
    let weak = rows.into_iter().filter_map(GrantRow::read).filter(|grant| !grant.details.two_factors);
    let (ids, users): (Vec<i64>, Vec<i64>) = weak.map(|grant| (grant.id, grant.user_id)).unzip();
    for some in ids.chunks(MANY_USERS) {
        diesel::delete(oidc_grants::table.filter(dsl::id.eq_any(some))).execute(write.uncached())?;
    }
    mark_stale(write, users);
    Ok(())
}

/// A session continues under another key, or in another epoch.
pub fn move_session(write: &mut Write<'_>, from: &str, to: &str, epoch: i64) -> Result<(), DbError> {
    let logins = oidc_grants::table.filter(dsl::login_key.eq(from));
    diesel::update(logins).set(dsl::login_key.eq(to)).execute(write.uncached())?;
    let moved = oidc_grants::table.filter(dsl::session_key.eq(from));
    let moved = diesel::update(moved).set((dsl::session_key.eq(to), dsl::epoch.eq(epoch)));
    let users = moved.returning(dsl::user_id).get_results(write.uncached())?;
    mark_stale(write, users);
    Ok(())
}

/// Ends grants of earlier epochs of these people, and of those who are no longer in a group of the app.
pub fn end_unfit(write: &mut Write<'_>, whose: Whose<'_>) -> Result<(), DbError> {
    let ended = delete_unfit!(write.uncached(), oidc_grants, whose, dsl::user_id)?;
    mark_stale(write, ended);
    Ok(())
}

/// How many people are signed in to this app.
pub fn people(conn: &mut Conn, client: i64) -> Result<i64, DbError> {
    let users = diesel::dsl::count(dsl::user_id).aggregate_distinct();
    Ok(oidc_grants::table.filter(dsl::client.eq(client)).select(users).first(conn)?)
}

/// Removes grants whose sessions have ended by their limits. Few at a time, since each makes its user stale.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    let over = oidc_grants::table.filter(dsl::expires_at.le(write.now()));
    let over: Vec<i64> = over.limit(most.min(MANY_USERS as i64)).select(dsl::id).load(write.read())?;
    let over = oidc_grants::table.filter(dsl::id.eq_any(over));
    let users: Vec<i64> = diesel::delete(over).returning(dsl::user_id).get_results(write.uncached())?;
    let removed = users.len();
    mark_stale(write, users);
    Ok(removed)
}

/// Makes stale what is cached of the users whose grants changed.
fn mark_stale(write: &mut Write<'_>, users: Vec<i64>) {
    if users.len() > MANY_USERS {
        write.everyone();
        return;
    }
    for id in users {
        write.user(id);
    }
}
