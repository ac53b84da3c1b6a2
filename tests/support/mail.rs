//! The mail that a server has sent, as its reader sees it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

use super::TestApp;

/// One message, decoded by an independent parser.
#[derive(Clone, Debug)]
pub struct Mail {
    pub id: String,
    pub to: String,
    pub subject: String,
    pub language: String,
    pub text: String,
    pub html: String,
    pub raw: Vec<u8>,
}

impl Mail {
    pub fn parse(raw: &[u8]) -> Self {
        let mail = parse_mail(raw).unwrap();
        let header = |name: &str| {
            let found = mail.headers.get_all_values(name);
            assert_eq!(found.len(), 1, "{name} stands once");
            found[0].clone()
        };
        let body = |kind: &str| {
            let is_kind = |part: &&ParsedMail<'_>| part.ctype.mimetype == kind;
            mail.subparts.iter().find(is_kind).expect("a body of each kind").get_body().unwrap()
        };
        Self {
            id: header("Message-ID"),
            to: header("To"),
            subject: header("Subject"),
            language: header("Content-Language"),
            text: body("text/plain").replace("\r\n", "\n"),
            html: body("text/html"),
            raw: raw.to_vec(),
        }
    }

    /// The link, which both bodies hold.
    pub fn link(&self) -> String {
        let link = self.text.lines().find(|line| line.starts_with("http")).expect("a link").to_owned();
        assert!(self.html.contains(&format!("href=\"{link}\"")), "{}", self.html);
        link
    }

    /// The link without the server's address.
    pub fn path(&self, app: &TestApp) -> String {
        self.link().strip_prefix(&app.url).expect("a link to the public URL").to_owned()
    }

    pub fn token(&self) -> String {
        self.link().split("token=").nth(1).expect("a token").to_owned()
    }

    /// The typed code, which both bodies hold.
    pub fn code(&self) -> String {
        let is_code = |line: &&str| line.starts_with("    ") && line.len() == 13;
        let code = self.text.lines().find(is_code).expect("a code").trim().to_owned();
        assert!(self.html.contains(&code), "{}", self.html);
        code
    }
}

/// Every message in a folder, in the order of its arrival.
pub fn mails_in(folder: &Path) -> Vec<Mail> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "eml"))
        .map(|entry| (entry.metadata().unwrap().modified().unwrap(), entry.path()))
        .collect();
    files.sort();
    files.into_iter().map(|(_, path)| Mail::parse(&std::fs::read(path).unwrap())).collect()
}

impl TestApp {
    pub fn outbox(&self) -> PathBuf {
        self.config.data_dir.join("outbox")
    }

    /// The messages to an address, once this many have arrived.
    pub async fn mails(&self, to: &str, count: usize) -> Vec<Mail> {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let all = mails_in(&self.outbox());
            let found: Vec<Mail> = all.iter().filter(|mail| mail.to == to).cloned().collect();
            if found.len() >= count {
                assert_eq!(
                    found.len(),
                    count,
                    "{:?}",
                    found.iter().map(|mail| &mail.subject).collect::<Vec<_>>()
                );
                return found;
            }
            let subjects: Vec<_> = all.iter().map(|mail| (&mail.to, &mail.subject)).collect();
            assert!(Instant::now() < deadline, "{count} mails to {to} wanted: {subjects:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The newest of this many messages to an address.
    pub async fn mail(&self, to: &str, count: usize) -> Mail {
        self.mails(to, count).await.remove(count - 1)
    }

    /// Waits until a query finds this many rows.
    pub async fn until_count(&self, query: &str, rows: i64) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.count(query) != rows {
            assert!(Instant::now() < deadline, "{query}: {} rows, not {rows}", self.count(query));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
