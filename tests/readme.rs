//! What the README shows is run as it stands there.

use std::process::Command;

use serde_json::Value;

use crate::support::{Munjigi, scratch};

/// The lines of the shell block that begins with this one.
fn block(first: &str) -> String {
    let readme = include_str!("../README.md");
    let start =
        readme.find(&format!("```sh\n{first}")).unwrap_or_else(|| panic!("no block begins with {first}"));
    let block = &readme[start + 6..];
    block[..block.find("```").unwrap()].to_owned()
}

#[test]
fn the_walk_with_curl_works_as_written() {
    let folder = scratch();
    let server = Munjigi::serve(Munjigi::command(&folder.path().join("data")));
    let written = block("MUNJIGI=");
    let (first, steps) = written.split_once('\n').unwrap();
    assert_eq!(first, "MUNJIGI=http://127.0.0.1:8080", "the server's usual address");
    let script = format!("set -euo pipefail\nMUNJIGI={}\n{steps}", server.url);
    let output = Command::new("bash").arg("-c").arg(&script).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));

    let answers: Vec<Value> =
        serde_json::Deserializer::from_str(&told).into_iter().map(Result::unwrap).collect();
    let problems: Vec<&Value> = answers.iter().filter(|answer| answer.get("status").is_some()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let [registered, check, post, posts, sessions, keys] = answers.as_slice() else { panic!("{answers:#?}") };
    assert_eq!(registered["user"]["username"], "mina");
    assert_eq!((&check["carrier"], &check["user"]["username"]), (&"access_token".into(), &"mina".into()));
    assert_eq!(post["title"], "Hello");
    assert_eq!(posts["posts"][0]["title"], "Hello", "read with the API token");
    assert_eq!(sessions["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(keys["keys"][0]["kty"], "OKP");
}
