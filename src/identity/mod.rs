//! Who someone is: users, passwords, sessions, and what happened to them. Shows no pages.

pub mod audit;
pub mod hasher;
pub mod name;
pub mod password;
pub mod session;
pub mod sign_in;
pub mod user;
pub mod visitor;

use actix_web::web;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::web::Client;

use audit::Event;
use hasher::Hasher;
use session::{SessionCookie, Sessions};
use sign_in::SignInLimits;

/// What handlers work with; one for the process, shared by all workers.
pub struct Identity {
    pub config: Config,
    pub clock: Clock,
    pub db: Db,
    pub hasher: Hasher,
    pub sessions: Sessions,
    pub cookie: SessionCookie,
    pub limits: SignInLimits,
}

/// The handler's argument for it.
pub type App = web::Data<Identity>;

impl Identity {
    /// Notes an event that stands alone. What belongs to a change of data is noted in that change's transaction.
    pub async fn audit(&self, event: Event, user_id: Option<i64>, client: &Client) {
        let entry = audit::Entry::new(event, user_id, client, self.clock.now());
        let written =
            self.db.write(move |conn| audit::record(conn, &entry).map_err(crate::db::DbError::from)).await;
        if let Err(error) = written {
            tracing::error!(%error, ?event, "an event was not recorded");
        }
    }
}
