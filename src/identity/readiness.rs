//! Whether this node can serve.

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

    /// Database and session store answer, and every key in use is known.
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
