//! What the process counts and times, by name. Nothing is counted before `start`; from then on a fact is one call, made
//! where it arises. A label is a word of this source or a status of ours, never what a stranger has sent.

mod calls;
mod figures;
mod http;
mod labels;
mod look;
mod process;
mod table;
mod turns;

pub use calls::{Failing, store_call};
pub use figures::{count, start, text};
pub use http::{Route, method_name, request};
pub use labels::{Dropped, Kind, Lookup, MailOutcome, Outcome, Way};
pub use look::Look;
pub use turns::{Waiting, Work, Working, waiting_for};
