//! The service that finds registered apps, and lets staff and the operator change them.

use std::fmt::Write as _;
use std::sync::Arc;

use diesel::prelude::*;

use crate::identity::accounts::{GroupName, StaffActor, group_names};
use crate::identity::audit::{Entry, Event};
use crate::identity::unit_of_work::{Authority, AuthorityLost, Write, Writer};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, Db, DbError};
use crate::platform::keys::random_bytes;
use crate::platform::near_cache::{CachedList, Feed, Topic};

use super::client::{self, OidcClient};
use super::consent;
use super::error::ClientError;
use super::grant;
use super::logins;
use super::logo::Logo;
use super::logout_queue;
use super::logout_results::{self, LogoutFailure, LogoutStatus};
use super::new_client::NewClient;
use super::observer::end_unfit;
use super::refusal::{self, Refusal};
use super::registration::{Level, SigningAlg};
use super::retired_algs::{self, RetiredAlgs};
use super::secret::ClientSecret;
use super::unfit::Whose;

/// Who changes an app.
#[derive(Clone)]
pub enum Actor {
    /// On the command line.
    Operator,
    Staff(StaffActor),
}

impl Actor {
    fn entry(&self, event: Event, at: Timestamp) -> Entry {
        match self {
            Self::Operator => Entry::by_operator(event, None, at),
            Self::Staff(by) => by.entry(event, None, at),
        }
    }

    /// Does this to an app, and records it.
    async fn act<T: Send + 'static>(
        self,
        writer: &Writer,
        (event, subject): (Event, String),
        work: impl FnOnce(&mut Write<'_>) -> Result<T, ClientError> + Send + 'static,
    ) -> Result<T, ClientError> {
        let actor = self.clone();
        let written = writer.write(self, move |write| {
            let done = work(write)?;
            write.record(actor.entry(event, write.now()).about(subject));
            Ok(done)
        });
        written.await
    }
}

impl Authority for Actor {
    const LOST: AuthorityLost = AuthorityLost::Staff;

    fn still_holds(&self, conn: &mut Conn) -> Result<bool, DbError> {
        match self {
            Self::Operator => Ok(true),
            Self::Staff(by) => by.still_holds(conn),
        }
    }
}

/// An app that was just added, with its secret, which is shown once.
pub struct Added {
    pub client_id: String,
    pub secret: Option<ClientSecret>,
}

/// Who uses an app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    pub signed_in: i64,
    pub connected: i64,
}

/// What goes wrong with apps, for staff.
#[derive(Clone, Default)]
pub struct AppTroubles {
    /// The last try to tell them of the end of a session failed.
    pub untold: Vec<(Arc<OidcClient>, LogoutFailure)>,
    /// They named an address that is not registered, last at that time.
    pub refused: Vec<(Arc<OidcClient>, Timestamp)>,
}

pub struct OidcClients {
    db: Db,
    writer: Writer,
    list: CachedList<Vec<Arc<OidcClient>>>,
    retired_algs: CachedList<RetiredAlgs>,
    /// Whether apps that describe themselves are there.
    with_described: bool,
}

impl OidcClients {
    /// Without `with_described`, apps that describe themselves are disabled: the operator does not allow them.
    pub fn new(db: Db, writer: Writer, feed: &Arc<Feed>, with_described: bool) -> Self {
        let list = CachedList::new(Topic::OidcClients, feed);
        let retired_algs = CachedList::new(Topic::OidcClients, feed);
        Self { db, writer, list, retired_algs, with_described }
    }

    /// All apps by name, cached.
    pub async fn all(&self) -> Result<Arc<Vec<Arc<OidcClient>>>, DbError> {
        let with_described = self.with_described;
        let read = move |conn: &mut Conn| {
            let mut all = client::all(conn)?;
            let described = all.iter_mut().filter(|client| client.describes_itself());
            described.for_each(|client| client.disabled |= !with_described);
            Ok(all.into_iter().map(Arc::new).collect())
        };
        self.list.get_or_load(&self.db, read).await
    }

    /// Whether tokens of this algorithm may be valid now: an app uses it, or did until recently.
    pub async fn uses_or_used(&self, alg: SigningAlg, now: Timestamp) -> Result<bool, DbError> {
        if self.all().await?.iter().any(|client| client.registration.id_token_alg == alg) {
            return Ok(true);
        }
        let retired = self.retired_algs.get_or_load(&self.db, retired_algs::all).await?;
        Ok(retired.iter().any(|(name, until)| name == alg.name() && now < *until))
    }

    /// The app with this `client_id`, unless it is disabled.
    pub async fn find(&self, client_id: &str) -> Result<Option<Arc<OidcClient>>, DbError> {
        let all = self.all().await?;
        Ok(all.iter().find(|client| client.client_id == client_id && !client.disabled).map(Arc::clone))
    }

    /// The app with this `client_id`, also a disabled one.
    pub async fn registered(&self, client_id: &str) -> Result<Option<Arc<OidcClient>>, DbError> {
        Ok(self.all().await?.iter().find(|client| client.client_id == client_id).map(Arc::clone))
    }

    /// The app with this name, in any case.
    pub async fn named(&self, name: &str) -> Result<Option<Arc<OidcClient>>, DbError> {
        let name = name.trim().to_lowercase();
        Ok(self.all().await?.iter().find(|client| client.name.to_lowercase() == name).map(Arc::clone))
    }

    pub async fn groups(&self) -> Result<Vec<GroupName>, DbError> {
        self.db.run(group_names).await
    }

    /// How the logout tokens to an app are delivered.
    pub async fn logout_status(&self, client: &OidcClient) -> Result<LogoutStatus, DbError> {
        let id = client.id;
        self.db.run(move |conn| logout_results::of_client(conn, id)).await
    }

    /// The number of logout tokens that wait to be delivered.
    pub async fn logouts_waiting(&self) -> Result<u64, DbError> {
        self.db.run(|conn| Ok(logout_queue::count(conn, None)?.unsigned_abs())).await
    }

    /// Apps to which the end of a session could not be sent at the last try, and those of which a request was refused
    /// since.
    pub async fn troubles(&self, since: Timestamp) -> Result<AppTroubles, DbError> {
        let all = self.all().await?;
        let read = self.db.run(move |conn| {
            Ok::<_, DbError>((logout_results::failing(conn)?, refusal::since(conn, since)?))
        });
        let (untold, refused) = read.await?;
        let client = |id: i64| all.iter().find(|client| client.id == id && !client.disabled).map(Arc::clone);
        Ok(AppTroubles {
            untold: untold.into_iter().filter_map(|(id, failure)| Some((client(id)?, failure))).collect(),
            refused: refused.into_iter().filter_map(|(id, at)| Some((client(id)?, at))).collect(),
        })
    }

    /// The last requests of an app that named another address than those that are registered, the newest first.
    pub async fn refusals(&self, client: &OidcClient) -> Result<Vec<Refusal>, DbError> {
        let id = client.id;
        self.db.run(move |conn| refusal::of_client(conn, id)).await
    }

    /// The number of members who are in a group of the app.
    pub async fn members_of_groups(&self, client: &OidcClient) -> Result<usize, DbError> {
        use crate::platform::schema::group_members;
        let groups = client.groups.clone();
        let of_groups = self.db.run(move |conn| {
            let members = group_members::table.filter(group_members::group_id.eq_any(groups));
            let members: Vec<i64> = members.select(group_members::user_id).distinct().load(conn)?;
            Ok::<_, DbError>(members.len())
        });
        of_groups.await
    }

    pub async fn add(&self, by: Actor, new: NewClient, groups: Vec<i64>) -> Result<Added, ClientError> {
        let client_id = new_client_id();
        by.act(&self.writer, (Event::ApplicationAdded, new.name.clone()), move |write| {
            let secret = client::create(write, &new, &groups, &client_id)?;
            Ok(Added { client_id, secret })
        })
        .await
    }

    pub async fn change(
        &self,
        by: Actor,
        client: &OidcClient,
        new: NewClient,
        groups: Vec<i64>,
    ) -> Result<(), ClientError> {
        let id = changeable(client)?;
        let before = client.registration.level;
        let change = move |write: &mut Write<'_>| replace(write, (id, before), &new, &groups);
        by.act(&self.writer, (Event::ApplicationChanged, client.name.clone()), change).await
    }

    /// Sets or removes its logo.
    pub async fn set_logo(
        &self,
        by: Actor,
        client: &OidcClient,
        logo: Option<Logo>,
    ) -> Result<(), ClientError> {
        let id = changeable(client)?;
        let set = move |write: &mut Write<'_>| client::set_logo(write, id, logo.as_ref());
        by.act(&self.writer, (Event::ApplicationChanged, client.name.clone()), set).await
    }

    /// A new secret; the one before it stays valid until the next time.
    pub async fn rotate_secret(&self, by: Actor, client: &OidcClient) -> Result<ClientSecret, ClientError> {
        let id = changeable(client)?;
        if !client.registration.auth_method.has_secret() {
            return Err(ClientError::NoSecret);
        }
        let rotate = move |write: &mut Write<'_>| {
            let secret = ClientSecret::random();
            client::add_secret(write, id, &secret)?;
            Ok(secret)
        };
        by.act(&self.writer, (Event::AppSecretRotated, client.name.clone()), rotate).await
    }

    /// Ends the secret before the current one now.
    pub async fn end_older_secrets(&self, by: Actor, client: &OidcClient) -> Result<(), ClientError> {
        let id = changeable(client)?;
        let end = move |write: &mut Write<'_>| client::end_older_secrets(write, id).map(drop);
        by.act(&self.writer, (Event::AppSecretEnded, client.name.clone()), end).await
    }

    /// The content of the logo with this name.
    pub async fn logo(&self, name: String) -> Result<Option<Vec<u8>>, DbError> {
        self.db.run(move |conn| client::logo(conn, &name)).await
    }

    /// How many people are signed in to the app, and how many have allowed it something.
    pub async fn people(&self, client: &OidcClient) -> Result<People, DbError> {
        let id = client.id;
        self.db
            .run(move |conn| {
                Ok(People { signed_in: grant::people(conn, id)?, connected: consent::people(conn, id)? })
            })
            .await
    }

    pub async fn remove(&self, by: Actor, client: &OidcClient) -> Result<(), ClientError> {
        // An app that the file no longer declares may be removed.
        let id = if client.disabled { client.id } else { changeable(client)? };
        let remove = move |write: &mut Write<'_>| client::delete(write, id);
        by.act(&self.writer, (Event::ApplicationRemoved, client.name.clone()), remove).await
    }
}

/// Sets name, registration and groups. Where two factors are required from now on, what one gave ends.
pub(super) fn replace(
    write: &mut Write<'_>,
    (id, before): (i64, Level),
    new: &NewClient,
    groups: &[i64],
) -> Result<(), ClientError> {
    client::change(write, id, new, groups)?;
    end_unfit(write, Whose::OfApp(id))?;
    if before != Level::TwoFactor && new.registration.level == Level::TwoFactor {
        grant::end_with_one_factor(write, id)?;
        logins::end_with_one_factor(write, id)?;
    }
    Ok(())
}

fn changeable(client: &OidcClient) -> Result<i64, ClientError> {
    if client.declared { Err(ClientError::Declared) } else { Ok(client.id) }
}

/// 96 random bits in hexadecimal, so that no shell, file or address needs to escape it. Not a secret.
pub(super) fn new_client_id() -> String {
    random_bytes::<12>().iter().fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}
