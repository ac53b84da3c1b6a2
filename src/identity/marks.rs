//! Times that all nodes share, by name.

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::marks::{self, dsl};

pub fn get(conn: &mut Conn, name: &str) -> Result<Option<Timestamp>, DbError> {
    Ok(marks::table.find(name).select(dsl::at).first(conn).optional()?)
}

pub fn set(conn: &mut Conn, name: &str, at: Timestamp) -> Result<(), DbError> {
    if diesel::update(marks::table.find(name)).set(dsl::at.eq(at)).execute(conn)? == 0 {
        diesel::insert_into(marks::table).values((dsl::name.eq(name), dsl::at.eq(at))).execute(conn)?;
    }
    Ok(())
}

pub fn remove(conn: &mut Conn, name: &str) -> Result<(), DbError> {
    diesel::delete(marks::table.find(name)).execute(conn)?;
    Ok(())
}
