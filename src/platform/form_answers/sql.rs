//! In the database.

#![expect(clippy::disallowed_methods, reason = "no cache holds these rows")]

use diesel::prelude::*;

use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Conn, Db, DbError, Locks, delete_until};
use crate::platform::schema::form_answers::{self, dsl};

#[derive(Clone)]
pub struct SqlAnswers {
    db: Db,
    clock: Clock,
}

impl SqlAnswers {
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    pub async fn claim(&self, id: &str, seconds: i64) -> Result<Option<Vec<u8>>, DbError> {
        let (id, now) = (id.to_owned(), self.clock.now());
        self.db
            .write_with(Locks::named("form", &id), move |conn| {
                let found = find(conn, &id, now)?;
                if found.is_none() {
                    store(conn, &id, Vec::new(), now + seconds)?;
                }
                Ok(found)
            })
            .await
    }

    pub async fn find(&self, id: &str) -> Result<Option<Vec<u8>>, DbError> {
        let (id, now) = (id.to_owned(), self.clock.now());
        self.db.run(move |conn| find(conn, &id, now)).await
    }

    pub async fn keep(&self, id: &str, answer: Vec<u8>, seconds: i64) -> Result<(), DbError> {
        let (id, until) = (id.to_owned(), self.clock.now() + seconds);
        self.db.write_with(Locks::named("form", &id), move |conn| store(conn, &id, answer, until)).await
    }

    pub async fn remove(&self, id: &str) -> Result<(), DbError> {
        let id = id.to_owned();
        self.db
            .write_with(Locks::named("form", &id), move |conn| {
                diesel::delete(form_answers::table.find(id)).execute(conn)?;
                Ok(())
            })
            .await
    }
}

fn find(conn: &mut Conn, id: &str, now: Timestamp) -> Result<Option<Vec<u8>>, DbError> {
    let live = form_answers::table.find(id).filter(dsl::expires_at.gt(now));
    Ok(live.select(dsl::answer).first(conn).optional()?)
}

/// Replaces the row.
fn store(conn: &mut Conn, id: &str, answer: Vec<u8>, until: Timestamp) -> Result<(), DbError> {
    diesel::delete(form_answers::table.find(id)).execute(conn)?;
    let row = (dsl::id.eq(id), dsl::answer.eq(answer), dsl::expires_at.eq(until));
    diesel::insert_into(form_answers::table).values(row).execute(conn)?;
    Ok(())
}

/// Deletes expired rows.
pub fn purge(conn: &mut Conn, now: Timestamp, most: i64) -> Result<usize, DbError> {
    delete_until(conn, ("form_answers", "expires_at"), now, most)
}
