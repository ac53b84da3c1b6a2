//! `munjigi doctor health` asks whether the server answers; `doctor proxy` sends a live proxy in front of an app the requests
//! of attackers and of lost visitors.

mod browser;
mod checks;
mod findings;
mod health;
mod probe;
mod run;
mod site;

pub use run::{DoctorCommand, run};
