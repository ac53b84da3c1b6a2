//! A real mail server (aiosmtpd) that stores the mails it receives.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use munjigi::config::{Config, Settings};
use tempfile::TempDir;

use super::process::wait_for_port;
use super::{Mail, PYTHON_FOLDER, Tethered, free_port, scratch};

/// One message as the server took it.
#[derive(Debug)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub tls: bool,
    pub login: Option<String>,
    /// The name with which it was greeted.
    pub hello: String,
    pub mail: Mail,
}

pub struct Sink {
    pub port: u16,
    folder: TempDir,
    words: Vec<String>,
    server: Option<Tethered>,
}

impl Sink {
    /// Listens by the time this returns. `words` are those of tests/python/smtp_sink.py.
    pub fn start(words: &[&str]) -> Self {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let mut sink = Self { port: free_port(), folder: scratch(), words, server: None };
        sink.open();
        sink
    }

    /// One that does not listen yet.
    pub fn closed() -> Self {
        Self { port: free_port(), folder: scratch(), words: Vec::new(), server: None }
    }

    pub fn open(&mut self) {
        let python = Path::new(PYTHON_FOLDER).join("../../target/python/bin/python");
        assert!(python.is_file(), "{} is missing; tests/run installs what tests need", python.display());
        let script = Path::new(PYTHON_FOLDER).join("smtp_sink.py");
        let port = self.port.to_string();
        let mut command = vec![python.to_str().unwrap(), script.to_str().unwrap()];
        command.extend([self.folder.path().to_str().unwrap(), port.as_str()]);
        command.extend(self.words.iter().map(String::as_str));
        self.server = Some(Tethered::start(&command));
        wait_for_port(self.port, "the mail server");
    }

    /// The PEM of the authority that its certificate comes from.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// The mails that the server has accepted so far.
    pub fn taken(&self) -> Vec<Taken> {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
        files.sort();
        files.iter().map(|path| read(path)).collect()
    }

    /// The same, once this many have arrived.
    pub async fn until(&self, count: usize) -> Vec<Taken> {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let taken = self.taken();
            if taken.len() >= count {
                return taken;
            }
            assert!(Instant::now() < deadline, "{} messages, not {count}", taken.len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Makes a server send its mail here.
    pub fn set(&self, config: &mut Config, url: &str) {
        self.set_as(config, url, None);
    }

    /// The same under another name (`MUNJIGI_SMTP_NAME`).
    pub fn set_as(&self, config: &mut Config, url: &str, name: Option<&str>) {
        let settings = Settings {
            smtp_url: Some(url.replace("HERE", &format!("127.0.0.1:{}", self.port))),
            smtp_ca: Some(self.authority())
                .filter(|path| path.exists())
                .map(|path| path.display().to_string()),
            mail_from: Some("Munjigi <id@example.org>".to_owned()),
            smtp_name: name.map(str::to_owned),
            public_url: config.public_url.as_ref().map(ToString::to_string),
            ..Settings::default()
        };
        config.mail = Config::from_settings(settings).unwrap().mail;
    }
}

fn read(path: &Path) -> Taken {
    let value: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let list = value["to"].as_array().unwrap();
    Taken {
        from: value["from"].as_str().unwrap().to_owned(),
        to: list.iter().map(|to| to.as_str().unwrap().to_owned()).collect(),
        tls: value["tls"].as_bool().unwrap(),
        login: value["login"].as_str().map(str::to_owned),
        hello: value["hello"].as_str().unwrap().to_owned(),
        mail: Mail::parse(value["content"].as_str().unwrap().as_bytes()),
    }
}
