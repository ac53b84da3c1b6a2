//! Connections to PostgreSQL: the protocol is spoken by tokio-postgres, on the thread that waits for the answer.

mod by_text;
mod certificates;
mod connect;
mod connection;
mod host;
mod line;
mod password_file;
mod settings;
mod socket;

pub use connection::PgConn;
pub use settings::Settings;
