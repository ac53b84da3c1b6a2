//! Servers killed while they send: each mail arrives once, and every missing one is logged.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use munjigi::platform::clock::Clock;
use munjigi::platform::db::{Db, DbError};
use munjigi::platform::keys::{Keys, Secrets};
use munjigi::platform::mail::{Letter, Mailer};
use tempfile::TempDir;

use crate::support::{Munjigi, Sink, open_database, scratch};

/// A mail server, and a data folder whose outbox holds mails.
struct Post {
    sink: Sink,
    folder: TempDir,
    db: Db,
    ids: HashSet<String>,
}

impl Post {
    async fn with(letters: usize, words: &[&str]) -> Self {
        let (sink, folder) = (Sink::start(words), scratch());
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let db = open_database(&data);
        let secrets = Secrets::from_file(&data.join("secret.key")).unwrap();
        let keys = Keys::open(&mut db.conn().unwrap(), secrets, Default::default(), 1).unwrap();
        let mailer =
            Mailer::new("id@example.org".parse().unwrap(), "http://localhost".parse().unwrap(), &keys);
        let queued = db.write(move |conn| {
            let now = Clock::default().now();
            for _ in 0..letters {
                let letter = Letter { subject: "A letter", language: "en", ..Letter::default() };
                mailer.queue(conn, "noa@example.org", &letter, now)?;
            }
            Ok::<_, DbError>(
                munjigi::platform::schema::outbox::table
                    .select(munjigi::platform::schema::outbox::message_id)
                    .load::<String>(conn)?,
            )
        });
        let ids = queued.await.unwrap().into_iter().collect();
        Self { sink, folder, db, ids }
    }

    fn serve(&self) -> Munjigi {
        let mut command = Munjigi::command(&self.folder.path().join("data"));
        command.env("MUNJIGI_SMTP_URL", format!("smtp://127.0.0.1:{}", self.sink.port));
        command.env("MUNJIGI_MAIL_FROM", "Munjigi <id@example.org>");
        Munjigi::serve(command)
    }

    /// Expires the leases of killed servers.
    async fn end_leases(&self) {
        let ended = self
            .db
            .write(|conn| Ok::<_, DbError>(diesel::sql_query("UPDATE outbox SET due_at = 0").execute(conn)?));
        assert!(ended.await.unwrap() > 0, "it was killed in the middle");
    }

    async fn until_empty(&self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let left = self.db.run(|conn| {
                Ok::<_, DbError>(munjigi::platform::schema::outbox::table.count().get_result::<i64>(conn)?)
            });
            if left.await.unwrap() == 0 {
                return;
            }
            assert!(Instant::now() < deadline);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The ids of the mails that arrived, each of them once.
    fn came(&self) -> HashSet<String> {
        let taken = self.sink.taken();
        let ids: HashSet<String> =
            taken.iter().map(|taken| taken.mail.id.trim_matches(['<', '>']).to_owned()).collect();
        assert_eq!(ids.len(), taken.len(), "none comes twice");
        assert!(ids.is_subset(&self.ids));
        ids
    }
}

#[tokio::test]
async fn a_letter_whose_answer_was_not_heard_by_a_killed_server_is_not_sent_again() {
    const PARALLEL_SENDS: usize = 4;
    let post = Post::with(2 * PARALLEL_SENDS, &["--think", "2"]).await;
    let server = post.serve();
    post.sink.until(PARALLEL_SENDS).await;
    server.signal("KILL");
    drop(server);
    assert_eq!(post.came().len(), PARALLEL_SENDS, "the server had them, and had not said so");
    post.end_leases().await;
    let server = post.serve();
    post.until_empty().await;
    let log = server.stop();
    assert_eq!(post.came(), post.ids, "the others came as well");
    assert_eq!(log.matches("it is not sent again").count(), PARALLEL_SENDS, "{log}");
}

#[tokio::test]
async fn however_often_a_server_is_killed_no_letter_comes_twice_and_none_is_lost_without_a_word() {
    const LETTERS: usize = 300;
    const KILLS: usize = 6;
    let post = Post::with(LETTERS, &[]).await;
    let mut server = post.serve();
    let mut logs = String::new();
    for kill in 1..=KILLS {
        post.sink.until(kill * LETTERS / (KILLS + 2)).await;
        server.signal("KILL");
        logs += &server.log_when_over();
        post.end_leases().await;
        server = post.serve();
    }
    post.until_empty().await;
    logs += &server.stop();
    let came = post.came();
    let missing: Vec<_> = post.ids.difference(&came).collect();
    let warned = logs.matches("it is not sent again").count();
    println!("{KILLS} kills among {LETTERS} letters: {} came, each once; {warned} unanswered", came.len());
    for id in missing {
        let logged = logs.lines().any(|line| line.contains(id) && line.contains("it is not sent again"));
        assert!(logged, "{id}: {logs}");
    }
}
