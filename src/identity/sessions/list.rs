//! The sessions of the whole site, as staff see them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::platform::db::DbError;
use crate::platform::schema::users;
use crate::platform::schema::users::dsl;

use super::store::user_of as user_id_of;
use super::{Key, Listed, Sessions, Unknown, ended};

impl Sessions {
    /// Live sessions of anyone, from after where the page before ended; and where this one ends, if there are more.
    pub async fn page(&self, after: &str) -> Result<(Vec<Listed>, Option<String>), Unknown> {
        let (stored, next) = self.store.page(after).await?;
        let keys: Vec<Key> = stored.iter().map(|stored| stored.key.clone()).collect();
        let ids: Vec<i64> = stored.iter().filter_map(|stored| user_id_of(&stored.state)).collect();
        let known = self.db.run(move |conn| {
            let ended = ended::among(conn, &keys)?;
            let epochs: Vec<(i64, i64)> = users::table
                .filter(dsl::id.eq_any(ids).and(dsl::disabled.eq(false)))
                .select((dsl::id, dsl::epoch))
                .load(conn)?;
            Ok::<_, DbError>((ended, epochs.into_iter().collect::<HashMap<_, _>>()))
        });
        let (ended, epochs) = known.await?;
        let not_ended = stored.into_iter().filter(|stored| !ended.contains(&stored.key));
        Ok((self.listed(not_ended, |user_id| epochs.get(&user_id).copied()), next))
    }

    /// Whose session it is, while the store has it.
    pub async fn owner(&self, key: &Key) -> Result<Option<i64>, Unknown> {
        let state = self.store.load_by_key(key).await.map_err(|error| Unknown(error.into()))?;
        Ok(state.as_ref().and_then(user_id_of))
    }
}
