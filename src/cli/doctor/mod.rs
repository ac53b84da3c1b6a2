//! `munjigi doctor health` checks that the server responds; `doctor proxy` sends a live proxy in front of an
//! app the requests of attackers and of visitors with a broken setup; `doctor app` checks an app that signs users in here.

mod absolute_form;
mod app;
mod browser;
mod checks;
mod findings;
mod health;
mod probe;
mod run;
mod site;

pub use run::{DoctorCommand, run};
