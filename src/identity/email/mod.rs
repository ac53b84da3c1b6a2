//! Mail to the owners of accounts: links, codes and notices.

pub mod notice;
pub mod token;
