//! An installation as the documentation shows it: a real proxy that speaks https, Munjigi and an app behind it. The
//! configuration is read from `docs/`; only hosts, ports and files are replaced.

mod client;
mod echo;
mod raw;

use std::path::Path;

use munjigi::config::Config;
use tempfile::TempDir;

use super::process::wait_for_port;
use super::{TestApp, Tethered, free_port};

use super::certificate::{self, Certificate};
pub use client::{Surfer, send};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proxy {
    Nginx,
    /// Behind another HTTPS server: requests to it can be written byte by byte.
    PlainNginx,
    Caddy,
}

/// Rules that most tests need: the app is for members, a part of it for a group, another public.
pub const RULES: &str = r#"
[[rule]]
host = "app.example.test"
path = "/public"
level = "none"

[[rule]]
host = "app.example.test"
path = "/admin"
groups = "Moderators"

[[rule]]
host = "app.example.test"
"#;

pub struct Behind {
    pub app: TestApp,
    pub port: u16,
    certificate: Certificate,
    _process: Tethered,
    _folder: TempDir,
}

impl Behind {
    pub async fn start(proxy: Proxy) -> Self {
        Self::with(proxy, RULES, |_| ()).await
    }

    pub async fn with(proxy: Proxy, rules: &str, change: impl FnOnce(&mut Config)) -> Self {
        Self::edited(proxy, rules, change, |shown| shown).await
    }

    /// With a harmful change to the proxy's configuration.
    pub async fn edited(
        proxy: Proxy,
        rules: &str,
        change: impl FnOnce(&mut Config),
        edit: impl FnOnce(String) -> String,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (port, certificate) = (free_port(), certificate::make(folder.path()));
        let rules_file = folder.path().join("rules.toml");
        std::fs::write(&rules_file, rules).unwrap();
        let app = TestApp::with(|config| {
            config.public_url = Some(format!("https://id.example.test:{port}").parse().unwrap());
            config.cookie_domain = Some("example.test".to_owned());
            config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
            config.allowed_origins =
                [url::Url::parse(&format!("https://app.example.test:{port}")).unwrap().origin()].into();
            config.rules = Some(rules_file);
            change(config);
        })
        .await;
        let place = Place {
            folder: folder.path(),
            certificate: &certificate,
            port,
            portal: app.url.rsplit(':').next().unwrap().parse().unwrap(),
            echo: echo::start(),
        };
        let process = match proxy {
            Proxy::Nginx => place.start_nginx(&edit(place.nginx())),
            Proxy::PlainNginx => place.start_nginx(
                // As the page says for a server behind another one.
                &place
                    .nginx()
                    .replace(" ssl;", ";")
                    .replace(" ssl default_server;", " default_server;")
                    .replace("$scheme://$host:$server_port", "https://$host")
                    .replace("$host:$server_port", "$host:443"),
            ),
            Proxy::Caddy => place.start_caddy(&edit(place.caddy())),
        };
        wait_for_port(port, "the proxy");
        Self { app, port, certificate, _process: process, _folder: folder }
    }

    /// An address of the app.
    pub fn at(&self, place: &str) -> String {
        format!("https://app.example.test:{}{place}", self.port)
    }

    /// An address of Munjigi's, through the proxy.
    pub fn portal(&self, place: &str) -> String {
        format!("https://id.example.test:{}{place}", self.port)
    }

    /// A browser with a real cookie jar.
    pub fn surfer(&self) -> Surfer {
        Surfer::new(self.port, &self.certificate.authority)
    }

    /// The answer to a request written byte by byte, to the app's name in the handshake.
    pub async fn exchange(&self, request: String) -> String {
        let (port, authority) = (self.port, self.certificate.authority.clone());
        let exchange = move || raw::exchange(port, &authority, "app.example.test", request.as_bytes());
        tokio::task::spawn_blocking(exchange).await.unwrap()
    }

    /// The authority's certificate as a file.
    pub fn authority(&self) -> String {
        let path = self._folder.path().join("authority.pem");
        std::fs::write(&path, &self.certificate.authority).unwrap();
        path.to_string_lossy().into_owned()
    }
}

struct Place<'p> {
    folder: &'p Path,
    certificate: &'p Certificate,
    port: u16,
    portal: u16,
    echo: u16,
}

impl Place<'_> {
    /// As documented. The app's answer also contains the path as nginx read it.
    fn nginx(&self) -> String {
        let shown = self.replaced(&snippets("nginx.md", "nginx").join("\n"));
        shown.replace("    location / {", "    location / {\n        add_header X-Judge $uri;")
    }

    fn start_nginx(&self, snippets: &str) -> Tethered {
        let folder = self.folder.display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|kind| format!("{kind}_temp_path {folder}/{kind};\n"))
            .collect();
        let text = format!(
            "daemon off;\nuser root;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n\
             events {{}}\nhttp {{\naccess_log off;\nclient_max_body_size 20m;\n{temporary}{snippets}\n}}\n"
        );
        let path = self.folder.join("nginx.conf");
        std::fs::write(&path, text).unwrap();
        let log = format!("{folder}/start.log");
        Tethered::start(&["nginx", "-c", &path.to_string_lossy(), "-e", &log])
    }

    fn caddy(&self) -> String {
        let (chain, key) = (self.certificate.chain.display(), self.certificate.key.display());
        let shown = self.replaced(&snippets("caddy.md", "caddyfile").join("\n"));
        let shown = shown.replace("(:443)?", &format!(":{}", self.port));
        shown.replace("# tls", &format!("tls {chain} {key}\n\tbind 127.0.0.1"))
    }

    fn start_caddy(&self, snippets: &str) -> Tethered {
        // Without these Caddy would get certificates for the names by itself.
        let text = format!("{{\nadmin off\nauto_https off\nhttps_port {}\n}}\n{snippets}\n", self.port);
        let path = self.folder.join("Caddyfile");
        std::fs::write(&path, text).unwrap();
        let path = path.to_string_lossy();
        let home = format!("HOME={}", self.folder.display());
        Tethered::start(&["env", &home, "caddy", "run", "--adapter", "caddyfile", "--config", &path])
    }

    fn replaced(&self, text: &str) -> String {
        let Certificate { chain, key, .. } = self.certificate;
        text.replace("example.org.pem", "example.test.pem")
            .replace("/etc/ssl/app.example.test.pem", &chain.to_string_lossy())
            .replace("/etc/ssl/id.example.test.pem", &chain.to_string_lossy())
            .replace("/etc/ssl/app.example.org.key", &key.to_string_lossy())
            .replace("/etc/ssl/id.example.org.key", &key.to_string_lossy())
            .replace("listen 443", &format!("listen 127.0.0.1:{}", self.port))
            .replace("example.org", "example.test")
            .replace("127.0.0.1:8080", &format!("127.0.0.1:{}", self.portal))
            .replace("127.0.0.1:3000", &format!("127.0.0.1:{}", self.echo))
    }
}

/// The blocks of code in one language on a page of the documentation.
pub fn snippets(page: &str, language: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let fence = format!("```{language}\n");
    let blocks = text.split(&fence).skip(1);
    let blocks: Vec<String> = blocks.map(|rest| rest.split("```").next().unwrap().to_owned()).collect();
    assert!(!blocks.is_empty(), "{page} has snippets");
    blocks
}
