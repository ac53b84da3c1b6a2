//! The service that signs users in, stage by stage: the first proof, then the second factor if the account has one,
//! then the session or tokens.

use std::sync::Arc;

use crate::identity::accounts::Accounts;
use crate::identity::credentials::Credentials;
use crate::identity::sessions::SessionServices;
use crate::identity::tokens::Tokens;
use crate::identity::unit_of_work::Writer;
use crate::platform::db::Db;

use super::limits::SignInLimits;
use super::records::SignInRecords;

pub struct SignIn {
    pub(super) accounts: Arc<Accounts>,
    pub(super) credentials: Credentials,
    pub(super) sessions: SessionServices,
    pub(super) tokens: Arc<Tokens>,
    pub(super) db: Db,
    pub(super) writer: Writer,
    pub(super) limits: SignInLimits,
    pub(super) records: SignInRecords,
}

impl SignIn {
    pub fn new(
        (accounts, credentials): (Arc<Accounts>, Credentials),
        (sessions, tokens): (SessionServices, Arc<Tokens>),
        (db, writer): (Db, Writer),
        limits: SignInLimits,
        records: SignInRecords,
    ) -> Self {
        Self { accounts, credentials, sessions, tokens, db, writer, limits, records }
    }
}
