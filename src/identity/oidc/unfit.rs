//! Which grants and sign-ins may not go on: the rule is one, the tables are two.

use diesel::prelude::*;

use crate::platform::db::{Conn, DbError};

/// Whose grants and sign-ins are looked at.
#[derive(Clone, Copy)]
pub(super) enum Whose<'a> {
    Everyone,
    /// Of users by their ids: after the first, up to the last.
    Range {
        after: i64,
        last: i64,
    },
    Users(&'a [i64]),
    /// At one app.
    OfApp(i64),
}

/// The app with this row, if it is closed to a user: disabled, or restricted to groups of which they are in none.
macro_rules! closed {
    ($client:expr, $user_id:expr) => {{
        use crate::platform::schema::{group_members, oidc_client_groups, oidc_clients};
        use diesel::dsl::{exists, not};
        let of_member = oidc_client_groups::table
            .inner_join(group_members::table.on(group_members::group_id.eq(oidc_client_groups::group_id)))
            .filter(oidc_client_groups::client.eq($client))
            .filter(group_members::user_id.eq($user_id));
        oidc_clients::table.filter(oidc_clients::id.eq($client)).filter(
            oidc_clients::disabled.eq(true).or(oidc_clients::restricted.eq(true).and(not(exists(of_member)))),
        )
    }};
}

/// Whether the app is open to this user, by the groups that both have now.
pub(super) fn is_open(conn: &mut Conn, client: i64, user_id: i64) -> Result<bool, DbError> {
    Ok(!diesel::select(diesel::dsl::exists(closed!(client, user_id))).get_result::<bool>(conn)?)
}

/// Those of earlier epochs of their users, and those of apps that are closed to them.
macro_rules! unfit {
    ($table:ident) => {{
        use super::unfit::closed;
        use crate::platform::schema::{users, $table};
        use diesel::dsl::exists;
        let epoch = users::table.filter(users::id.eq($table::user_id)).select(users::epoch).single_value();
        let closed = closed!($table::client, $table::user_id);
        $table::table.filter($table::epoch.nullable().ne(epoch).or(exists(closed)))
    }};
}

/// Deletes those of these people that may not go on; returns the columns of each.
macro_rules! delete_unfit {
    ($conn:expr, $table:ident, $whose:expr, $columns:expr) => {{
        use crate::platform::schema::$table;
        let unfit = unfit!($table);
        match $whose {
            Whose::Everyone => diesel::delete(unfit).returning($columns).get_results($conn),
            Whose::Range { after, last } => {
                let among = $table::user_id.gt(after).and($table::user_id.le(last));
                diesel::delete(unfit.filter(among)).returning($columns).get_results($conn)
            }
            Whose::OfApp(client) => {
                diesel::delete(unfit.filter($table::client.eq(client))).returning($columns).get_results($conn)
            }
            // Usual, and unlike a list it is a prepared statement on SQLite.
            Whose::Users([id]) => {
                diesel::delete(unfit.filter($table::user_id.eq(id))).returning($columns).get_results($conn)
            }
            Whose::Users(ids) => {
                let among = $table::user_id.eq_any(ids);
                diesel::delete(unfit.filter(among)).returning($columns).get_results($conn)
            }
        }
    }};
}

pub(super) use {closed, delete_unfit, unfit};
