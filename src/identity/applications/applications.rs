//! The service that lists apps and lets staff change them.

use std::sync::Arc;

use url::Url;

use crate::identity::accounts::{GroupName, StaffActor, group_names};
use crate::identity::audit::Event;
use crate::identity::unit_of_work::{Write, Writer};
use crate::platform::db::{Db, DbError};
use crate::platform::near_cache::{CachedList, Feed, Topic};

use super::application::{self, Application};
use super::error::ApplicationError;
use super::new_application::NewApplication;

pub struct Applications {
    db: Db,
    writer: Writer,
    list: CachedList<Vec<Application>>,
}

impl Applications {
    pub fn new(db: Db, writer: Writer, feed: &Arc<Feed>) -> Self {
        Self { db, writer, list: CachedList::new(Topic::Applications, feed) }
    }

    /// All apps by name, cached.
    pub async fn all(&self) -> Result<Arc<Vec<Application>>, DbError> {
        self.list.get_or_load(&self.db, application::all).await
    }

    /// All apps and groups, read from SQL.
    pub async fn with_groups(&self) -> Result<(Vec<Application>, Vec<GroupName>), DbError> {
        self.db.run(|conn| Ok((application::all(conn)?, group_names(conn)?))).await
    }

    /// One app, and all groups.
    pub async fn find(&self, id: i64) -> Result<(Option<Application>, Vec<GroupName>), DbError> {
        self.db.run(move |conn| Ok((application::find(conn, id)?, group_names(conn)?))).await
    }

    pub async fn create(&self, by: StaffActor, new: NewApplication) -> Result<i64, ApplicationError> {
        let create = move |write: &mut Write<'_>| {
            Ok((application::create(write, &new)?, described(&new.name, &new.address)))
        };
        self.record(by, Event::ApplicationAdded, create).await
    }

    pub async fn change(&self, by: StaffActor, id: i64, new: NewApplication) -> Result<(), ApplicationError> {
        let change = move |write: &mut Write<'_>| {
            Ok((application::change(write, id, &new)?, described(&new.name, &new.address)))
        };
        self.record(by, Event::ApplicationChanged, change).await
    }

    pub async fn delete(&self, by: StaffActor, id: i64) -> Result<(), ApplicationError> {
        let delete = move |write: &mut Write<'_>| {
            let found = application::find(write.read(), id)?.ok_or(ApplicationError::NotFound)?;
            Ok((application::delete(write, id)?, described(&found.name, &found.address)))
        };
        self.record(by, Event::ApplicationRemoved, delete).await
    }

    /// Does `work`, and records it about the app as `work` describes it.
    async fn record<T: Send + 'static>(
        &self,
        by: StaffActor,
        event: Event,
        work: impl FnOnce(&mut Write<'_>) -> Result<(T, String), ApplicationError> + Send + 'static,
    ) -> Result<T, ApplicationError> {
        let written = self.writer.write(by.clone(), move |write| {
            let (done, subject) = work(write)?;
            write.record(by.entry(event, None, write.now()).about(subject));
            Ok(done)
        });
        written.await
    }
}

/// The description of an app in the audit trail: the target of the link matters.
fn described(name: &str, address: &Url) -> String {
    format!("{name} ({address})")
}
