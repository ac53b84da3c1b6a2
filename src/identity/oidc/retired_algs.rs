//! Algorithms that apps no longer use: the keys of their last tokens stay published for as long as those may be valid.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::near_cache::Topic;
use crate::platform::schema::oidc_retired_algs::{self, dsl};

use super::keys::OUTLIVES;
use super::registration::SigningAlg;

/// Algorithms by their names, with the end of their last tokens.
pub type RetiredAlgs = Vec<(String, Timestamp)>;

/// Notes that an app used this algorithm until now.
pub fn add(write: &mut Write<'_>, alg: SigningAlg) -> Result<(), DbError> {
    let until = dsl::until.eq(write.now() + OUTLIVES);
    let conn = write.topic(Topic::OidcClients);
    if diesel::update(oidc_retired_algs::table.find(alg.name())).set(until).execute(conn)? == 0 {
        let row = (dsl::alg.eq(alg.name()), until);
        diesel::insert_into(oidc_retired_algs::table).values(row).execute(conn)?;
    }
    Ok(())
}

pub fn all(conn: &mut Conn) -> Result<RetiredAlgs, DbError> {
    Ok(oidc_retired_algs::table.select((dsl::alg, dsl::until)).load(conn)?)
}
