//! Whether this node can serve requests.

use std::sync::Arc;

use super::sessions::SessionReader;
use super::unit_of_work::Failure;
use crate::platform::db::{Conn, Db, DbError};
use crate::platform::keys::Keys;

pub struct Readiness {
    db: Db,
    reader: Arc<SessionReader>,
    keys: Keys,
}

impl Readiness {
    pub fn new(db: Db, reader: Arc<SessionReader>, keys: Keys) -> Self {
        Self { db, reader, keys }
    }

    /// Whether the database and the session store answer, and all keys in use are known.
    pub async fn check(&self) -> Result<(), Failure> {
        let ask = |conn: &mut Conn| {
            Ok::<_, DbError>(diesel::RunQueryDsl::execute(diesel::sql_query("SELECT 1"), conn)?)
        };
        self.db.run(ask).await.map_err(|error| Failure::Unavailable(error.into()))?;
        let store = self.reader.store();
        store.ping().await.map_err(|error| Failure::Unavailable(error.into()))?;
        if self.keys.is_missing_keys() {
            return Err(Failure::Unavailable(anyhow::anyhow!(
                "another server signs with a key that this one lacks"
            )));
        }
        Ok(())
    }
}
