//! The files in `deploy/`: the intended program reads each, and each names only what exists.

use std::path::Path;
use std::process::{Command, Output};

use munjigi::config::Settings;
use yaml_rust2::{Yaml, YamlLoader};

use crate::support::{
    Munjigi, Persona, RedisServer, Surfer, Tethered, free_port, make_certificate, scratch, wait_for_port,
};

fn printed(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn compose() -> Yaml {
    YamlLoader::load_from_str(&read("deploy/compose.yaml")).unwrap().remove(0)
}

#[test]
fn systemd_takes_the_service_and_finds_little_to_fear() {
    let folder = scratch();
    let unit = folder.path().join("munjigi.service");
    let binary = Munjigi::command(folder.path()).get_program().to_str().unwrap().to_owned();
    std::fs::write(&unit, read("deploy/munjigi.service").replace("/usr/local/bin/munjigi", &binary)).unwrap();
    let analyze = |words: &[&str]| {
        let mut command = Command::new("systemd-analyze");
        let output = command.args(words).arg(&unit).output();
        output.unwrap_or_else(|error| panic!("systemd-analyze: {error}; tests/run installs what tests need"))
    };
    let verified = analyze(&["verify", "--man=no"]);
    assert!(verified.status.success() && printed(&verified).is_empty(), "{}", printed(&verified));
    // Of ten, where a service without any of these lines has 9.6.
    let exposed = analyze(&["security", "--offline=true", "--threshold=20"]);
    assert!(exposed.status.success(), "{}", printed(&exposed));
}

#[test]
fn every_environment_name_in_the_files_is_a_setting() {
    let name = regex::Regex::new(r"\b(?:MUNJIGI_[A-Z_]+|DATABASE_URL|REDIS_URL)\b").unwrap();
    for file in ["deploy/munjigi.service", "deploy/compose.yaml", "Dockerfile"] {
        for found in name.find_iter(&read(file)) {
            assert!(Settings::ENVIRONMENT.contains(&found.as_str()), "{file}: {}", found.as_str());
        }
    }
    let nodes = [&compose()["services"]["munjigi-a"], &compose()["services"]["munjigi-b"]].map(Clone::clone);
    assert_eq!(nodes[0], nodes[1]);
    let environment = nodes[0]["environment"].as_hash().unwrap();
    assert!(environment.len() >= 5);
    for name in environment.keys() {
        assert!(Settings::ENVIRONMENT.contains(&name.as_str().unwrap()), "{name:?}");
    }
}

#[test]
fn the_files_fit_together() {
    let (compose, nginx, dockerfile) = (compose(), read("deploy/nginx.conf"), read("Dockerfile"));
    for node in ["munjigi-a", "munjigi-b"] {
        assert!(!compose["services"][node].is_badvalue());
        assert!(nginx.contains(&format!("server {node}:8080 ")), "{node}");
    }
    assert!(dockerfile.contains("MUNJIGI_LISTEN=0.0.0.0:8080"));
    let trusted = compose["services"]["munjigi-a"]["environment"]["MUNJIGI_TRUSTED_PROXIES"].as_str();
    let front = compose["networks"]["front"]["ipam"]["config"][0]["subnet"].as_str();
    assert!(trusted.is_some() && trusted == front);
    let rust = toml::from_str::<toml::Value>(&read("Cargo.toml")).unwrap()["package"]["rust-version"].clone();
    assert!(dockerfile.contains(&format!("FROM rust:{}-slim", rust.as_str().unwrap())));
    let rules = YamlLoader::load_from_str(&read("deploy/prometheus-rules.yml")).unwrap();
    let rules = rules[0]["groups"][0]["rules"].as_vec().unwrap();
    assert!(rules.len() > 5);
    for rule in rules {
        assert!(rule["alert"].as_str().is_some() && rule["expr"].as_str().is_some(), "{rule:?}");
        assert!(rule["annotations"]["summary"].as_str().is_some(), "{rule:?}");
    }
}

#[test]
fn the_binary_reports_its_own_health() {
    let folder = scratch();
    let data = &folder.path().join("data");
    let server = Munjigi::serve(Munjigi::command(data));
    let ask = |address: &str| {
        let mut command = Munjigi::command(data);
        command.args(["doctor", "health"]).env("MUNJIGI_LISTEN", address).output().unwrap()
    };
    let address = server.url.trim_start_matches("http://").to_owned();
    let well = ask(&address);
    assert!(well.status.success(), "{}", printed(&well));
    assert!(ask(&address.replace("127.0.0.1", "0.0.0.0")).status.success(), "as in a container");
    server.stop();
    let gone = ask(&address);
    assert!(!gone.status.success() && printed(&gone).lines().count() == 1, "{}", printed(&gone));
}

#[tokio::test]
async fn nginx_stands_in_front_of_two_nodes_and_one_of_them_is_enough() {
    let (folder, redis, port) = (scratch(), RedisServer::start(), free_port());
    let node = || {
        let mut command = Munjigi::command(&folder.path().join("data"));
        command.env("REDIS_URL", redis.url()).env("MUNJIGI_TRUSTED_PROXIES", "127.0.0.1");
        command.env("MUNJIGI_PUBLIC_URL", format!("https://id.example.test:{port}"));
        Munjigi::serve(command)
    };
    let (here, there) = (node(), node());
    let certificate = make_certificate(folder.path());
    let place = folder.path().display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|kind| format!("    {kind}_temp_path {place}/{kind};\n"))
        .collect();
    let at = |node: &Munjigi| node.url.trim_start_matches("http://").to_owned();
    // Only hosts, ports and files are replaced.
    let text = read("deploy/nginx.conf")
        .replace("munjigi-a:8080", &at(&here))
        .replace("munjigi-b:8080", &at(&there))
        .replace("listen 80 default_server", &format!("listen 127.0.0.1:{}", free_port()))
        .replace("listen 443", &format!("listen 127.0.0.1:{port}"))
        .replace("/etc/nginx/tls/fullchain.pem", &certificate.chain.to_string_lossy())
        .replace("/etc/nginx/tls/privkey.pem", &certificate.key.to_string_lossy())
        .replace("example.org", "example.test")
        .replace("http {\n", &format!("http {{\n    access_log off;\n{temporary}"));
    let text =
        format!("daemon off;\nuser root;\npid {place}/nginx.pid;\nerror_log {place}/error.log;\n{text}");
    let path = folder.path().join("nginx.conf");
    std::fs::write(&path, text).unwrap();
    let (path, log) = (path.to_string_lossy().into_owned(), format!("{place}/start.log"));
    let checked = Command::new("nginx").args(["-t", "-c", &path, "-e", &log]).output().unwrap();
    assert!(checked.status.success(), "{}", printed(&checked));
    let _nginx = Tethered::start(&["nginx", "-c", &path, "-e", &log]);
    wait_for_port(port, "nginx");

    let mina = Surfer::new(port, &certificate.authority);
    let made = [("username", "mina"), ("email", "mina@example.org"), ("password", crate::support::PASSWORD)];
    assert_eq!(mina.post("/register", &made).await.status, 303);
    let page = format!("https://id.example.test:{port}/sessions");
    for turn in 0..6 {
        let shown = mina.get(&page).await;
        assert!(shown.status == 200 && shown.body.contains("127.0.0.1"), "{turn}: {}", shown.status);
    }
    assert_eq!(Persona::new(&here.url).get("/healthz").await.status, 200);
    assert!(here.stop().contains("/sessions"), "it had its share");
    for turn in 0..6 {
        assert_eq!(mina.get(&page).await.status, 200, "{turn}: the other answers");
    }
    assert!(there.stop().contains("/sessions"));
}
