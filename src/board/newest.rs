//! The newest posts, kept in memory for the dashboard.

use std::sync::Arc;

use crate::http::AppError;
use crate::identity::Identity;
use crate::platform::near_cache::{Kept, Topic};

use super::{Teaser, Wanted, list};

const COUNT: i64 = 5;

pub struct Newest(Kept<Vec<Teaser>>);

impl Default for Newest {
    fn default() -> Self {
        Self(Kept::new(Topic::Posts))
    }
}

impl Newest {
    pub async fn read(&self, app: &Identity) -> Result<Arc<Vec<Teaser>>, AppError> {
        let newest = app.kept(&self.0, |conn| {
            let wanted = Wanted { size: COUNT, ..Wanted::default() };
            Ok(list(conn, &wanted)?.teasers)
        });
        Ok(newest.await?)
    }
}
