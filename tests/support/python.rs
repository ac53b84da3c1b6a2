//! The clients written in Python, in the virtual environment that tests/run makes.

use std::path::Path;
use std::process::{Command, Output};

use super::scratch;

/// Where the Python tests are.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python");

/// Runs a program of the environment in a temporary folder for at most this many seconds. Returns its output on success.
pub async fn run_python(seconds: u32, program: &str, words: &[&str], environment: &[(&str, &str)]) -> String {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python/bin").join(program);
    assert!(found.is_file(), "{} is missing; tests/run installs what tests need", found.display());
    let folder = scratch();
    let mut command = Command::new("timeout");
    command.arg(seconds.to_string()).arg(found).args(words).current_dir(folder.path());
    command.envs(environment.iter().copied());
    command.env("PYTHONPATH", FOLDER).env("PYTHONDONTWRITEBYTECODE", "1");
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    let Output { status, stdout, stderr } = run.await.unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{program} {words:?} ended with {status}:\n{text}");
    text
}
