//! Mail: letters are queued in the database in the transaction that caused them and sent by a worker, so no request
//! waits for a mail server. Independent of features.

mod address;
mod failure;
mod folder;
mod letter;
mod mailer;
mod message;
mod outbox;
pub mod smtp;
mod smtp_connection;
mod smtp_reply;
mod transport;
mod worker;

pub use failure::{Failure, Undeliverable};
pub use letter::{Button, Colours, Letter};
pub use mailer::{Mailer, reseal};
pub use message::Message;
pub use transport::Transport;
pub use worker::{ClockDoubt, Worker};
