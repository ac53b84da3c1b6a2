//! The cost of the check behind nginx: the same small app, with and without the documented snippet.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::load::{Measured, Redis, Running, on_core};
use crate::variant::Variant;

const PROXY_CORE: &str = "2";
const ROUNDS: usize = 3;
const CONNECTIONS: [usize; 2] = [1, 32];

pub fn measure(redis: &Redis) {
    let munjigi = Running::start(Variant::EmbeddedForwardAuth, redis);
    let folder = tempfile::tempdir().expect("a folder");
    let ports: Vec<u16> = (0..3).map(|_| free_port()).collect();
    let [app, bare, checked] = ports[..] else { return };
    let portal = munjigi.url.trim_start_matches("http://").split('/').next().unwrap_or_default();
    let config = config(folder.path(), [app, bare, checked], portal);
    let path = folder.path().join("nginx.conf");
    std::fs::write(&path, config).expect("a file");
    let _nginx = Nginx::start(&path, checked);
    for connections in CONNECTIONS {
        let mut without: Vec<Measured> = Vec::new();
        let mut with: Vec<Measured> = Vec::new();
        for _ in 0..ROUNDS {
            without.push(munjigi.load_elsewhere(&format!("http://127.0.0.1:{bare}/"), connections, 3));
            with.push(munjigi.load_elsewhere(&format!("http://127.0.0.1:{checked}/"), connections, 3));
        }
        let [without, with] = [without, with].map(|measured| crate::median(&measured));
        println!(
            "nginx, c={connections}: {:.0} requests/s without the check (p99 {:.1} ms), {:.0} with it (p99 {:.1} ms), ratio {:.2}",
            without.requests_per_second,
            without.p99_ms,
            with.requests_per_second,
            with.p99_ms,
            with.requests_per_second / without.requests_per_second,
        );
    }
}

/// A small app, the app behind plain nginx, and the app behind the documented configuration.
fn config(folder: &Path, [app, bare, checked]: [u16; 3], portal: &str) -> String {
    let page = include_str!("../../docs/nginx.md");
    let blocks: Vec<&str> =
        page.split("```nginx\n").skip(1).filter_map(|rest| rest.split("```").next()).take(2).collect();
    let shown = blocks
        .join("\n")
        .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{checked};"))
        .replace("$scheme://$host:$server_port", "https://$host")
        .replace("127.0.0.1:8080", portal)
        .replace("127.0.0.1:3000", "app");
    let shown: Vec<&str> = shown.lines().filter(|line| !line.contains("ssl_certificate")).collect();
    let folder = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|kind| format!("{kind}_temp_path {folder}/{kind};\n"))
        .collect();
    format!(
        "daemon off;\nuser root;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n\
         events {{}}\nhttp {{\naccess_log off;\nkeepalive_requests 1000000000;\n{temporary}\n\
         upstream app {{ server 127.0.0.1:{app}; keepalive 64; }}\n\
         server {{ listen 127.0.0.1:{app}; location / {{ return 200 \"hello\\n\"; }} }}\n\
         server {{ listen 127.0.0.1:{bare}; location / {{ proxy_pass http://app; proxy_http_version 1.1;\n\
         proxy_set_header Connection \"\"; }} }}\n{}\n}}\n",
        shown.join("\n")
    )
}

struct Nginx(Child);

impl Nginx {
    fn start(config: &Path, port: u16) -> Self {
        let mut command = on_core(PROXY_CORE, "nginx");
        command.arg("-c").arg(config).stderr(Stdio::null());
        let nginx = Self(command.spawn().expect("nginx runs"));
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::sleep(Duration::from_millis(20));
        }
        nginx
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its worker ends with the master.
        let asked = std::process::Command::new("kill").arg(self.0.id().to_string()).status();
        if asked.is_ok() {
            let _ = self.0.wait();
        }
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
