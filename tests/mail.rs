//! Outgoing mail: queued with the change, sealed, sent once, retried, abandoned; and mail servers that cause
//! trouble.

use std::time::{Duration, Instant};

use munjigi::identity::is_clock_doubted;
use munjigi::platform::db::{Db, DbError};
use munjigi::platform::mail::{ClockDoubt, Letter, Mailer, Transport, Worker};

use crate::support::{Munjigi, Sink, TestApp, mails_in, scratch};

fn letter(number: usize) -> Letter {
    Letter {
        language: "en",
        subject: "A letter",
        greeting: format!("Hello {number},"),
        paragraphs: vec!["a secret 12345678".to_owned()],
        signature: "Munjigi".to_owned(),
        ..Letter::default()
    }
}

/// Queues mails to noa in one transaction.
async fn queue(db: &Db, mail: &Mailer, count: usize, now: i64) {
    let mail = mail.clone();
    let queued = db.write(move |conn| {
        for number in 0..count {
            mail.queue(conn, "noa@example.org", &letter(number), now)?;
        }
        Ok::<_, DbError>(())
    });
    queued.await.unwrap();
}

async fn queue_at(app: &TestApp, count: usize) {
    queue(&app.identity.core.db, &app.identity.core.mailer, count, app.clock.now()).await;
}

#[tokio::test]
async fn without_a_mail_server_messages_become_private_files_and_the_log_says_so() {
    let data = scratch();
    let server = Munjigi::serve(Munjigi::command(&data.path().join("data")));
    let mina = crate::support::Persona::new(&server.url);
    mina.register("mina").await;
    mina.post("/password-reset", &[("login", "mina")]).await.assert_redirect("/password-reset/code");
    let folder = data.path().join("data/outbox");
    let deadline = Instant::now() + Duration::from_secs(20);
    while mails_in(&folder).is_empty() {
        assert!(Instant::now() < deadline);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let log = server.stop();
    assert_eq!(log.matches("there is no mail server; mail goes to files in").count(), 1, "{log}");
    assert!(!log.contains("token="), "{log}");
    let mode = |path: &std::path::Path| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode(&folder), 0o700);
    for entry in std::fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[tokio::test]
async fn mail_goes_by_starttls_or_tls_and_with_a_password() {
    for (words, url) in [
        (&["--tls", "starttls", "--login", "mina:pa:ss%"][..], "smtp://mina:pa%3Ass%25@HERE?tls=required"),
        (&["--tls", "smtps", "--login", "mina:pa:ss%"], "smtps://mina:pa%3Ass%25@HERE"),
    ] {
        let sink = Sink::start(words);
        let app = TestApp::with(|config| sink.set(config, url)).await;
        queue_at(&app, 1).await;
        let taken = sink.until(1).await.remove(0);
        assert_eq!(
            (taken.from.as_str(), taken.to.as_slice()),
            ("id@example.org", &["noa@example.org".to_owned()][..])
        );
        assert_eq!((taken.tls, taken.login.as_deref()), (true, Some("mina")), "{url}");
        assert_eq!((taken.mail.subject.as_str(), taken.mail.to.as_str()), ("A letter", "noa@example.org"));
        app.until_count("outbox", 0).await;
    }
}

#[tokio::test]
async fn a_server_that_is_not_the_right_one_gets_nothing() {
    let sink = Sink::start(&["--tls", "starttls", "--login", "mina:right"]);
    let (plain, implicit) = (Sink::start(&[]), Sink::start(&["--tls", "smtps"]));
    let data = scratch();
    let ca = sink.authority().display().to_string();
    for (port, url, ca, why) in [
        (sink.port, "smtp://mina:wrong@HERE?tls=required", Some(&ca), "535"),
        (sink.port, "smtp://mina:right@HERE?tls=required", None, "UnknownIssuer"),
        (plain.port, "smtp://mina:right@HERE?tls=required", Some(&ca), "STARTTLS is not supported"),
        (
            plain.port,
            "smtps://mina:right@HERE",
            Some(&ca),
            "this port does not speak TLS at once; if this port speaks TLS only after STARTTLS",
        ),
        (implicit.port, "smtp://HERE", None, "use smtps:// for it"),
        (implicit.port, "smtp://mina:right@HERE?tls=required", Some(&ca), "use smtps:// for it"),
    ] {
        let mut command = Munjigi::command(&data.path().join("data"));
        command.env("MUNJIGI_SMTP_URL", url.replace("HERE", &format!("127.0.0.1:{port}")));
        command.env("MUNJIGI_MAIL_FROM", "id@example.org");
        if let Some(ca) = ca {
            command.env("MUNJIGI_SMTP_CA", ca);
        }
        let run = command.args(["mail", "test", "noa@example.org"]).output().unwrap();
        let text = String::from_utf8(run.stderr).unwrap();
        assert!(!run.status.success() && text.contains(why), "{url}: {text}");
        assert!(!text.contains("wrong@") && !text.contains("right"), "the password is not shown: {text}");
    }
    assert!(sink.taken().is_empty() && plain.taken().is_empty());
}

#[tokio::test]
async fn the_operator_sends_a_test_and_sees_what_happened() {
    let sink = Sink::start(&["--refuse", "nobody"]);
    let data = scratch();
    let run = |address: &str, smtp: bool| {
        let mut command = Munjigi::command(&data.path().join("data"));
        if smtp {
            command.env("MUNJIGI_SMTP_URL", format!("smtp://127.0.0.1:{}", sink.port));
            command.env("MUNJIGI_MAIL_FROM", "Munjigi <id@example.org>");
        }
        let run = command.args(["mail", "test", address]).output().unwrap();
        (run.status.success(), String::from_utf8([run.stdout, run.stderr].concat()).unwrap())
    };
    let (sent, text) = run("noa@example.org", true);
    assert!(sent && text.contains("250 2.0.0 stored") && text.contains("without TLS"), "{text}");
    assert_eq!(sink.taken()[0].mail.to, "noa@example.org");
    let (sent, text) = run("nobody@example.org", true);
    assert!(!sent && text.contains("550"), "{text}");
    let (sent, text) = run("noa@example.org\r\nRCPT TO:<x@example.org>", true);
    assert!(!sent && text.contains("this is no address"), "{text}");
    let (sent, text) = run("noa@example.org", false);
    assert!(sent && text.contains("outbox"), "{text}");
    assert_eq!((sink.taken().len(), mails_in(&data.path().join("data/outbox")).len()), (1, 1));
}

#[tokio::test]
async fn a_letter_is_queued_with_its_change_or_not_at_all_and_waits_sealed() {
    let sink = Sink::closed();
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    let (mail, now) = (app.identity.core.mailer.clone(), app.clock.now());
    let undone = app.identity.core.db.write(move |conn| {
        mail.queue(conn, "noa@example.org", &letter(1), now)?;
        Err::<(), _>(DbError::Unavailable("changed my mind".to_owned()))
    });
    assert!(undone.await.is_err());
    assert_eq!(app.count("outbox"), 0);
    queue_at(&app, 1).await;
    assert_eq!(app.count("outbox"), 1);
    let sealed: Vec<u8> = {
        use diesel::prelude::*;
        use munjigi::platform::schema::outbox;
        outbox::table.select(outbox::sealed).first(&mut *app.db().conn().unwrap()).unwrap()
    };
    for word in ["secret", "12345678", "noa"] {
        assert!(!sealed.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
}

#[tokio::test]
async fn a_server_that_was_down_gets_everything_once_when_it_is_back() {
    let mut sink = Sink::closed();
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    queue_at(&app, 20).await;
    app.until_count("outbox WHERE attempts > 0 AND lease IS NULL", 20).await;
    sink.open();
    app.clock.advance(400);
    let taken = sink.until(20).await;
    app.until_count("outbox", 0).await;
    let ids: std::collections::HashSet<_> = taken.iter().map(|taken| &taken.mail.id).collect();
    assert_eq!((ids.len(), sink.taken().len()), (20, 20));
}

#[tokio::test]
async fn a_server_that_never_speaks_slows_no_page_and_changes_no_answer() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut sink = Sink::closed();
    sink.port = silent.local_addr().unwrap().port();
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    app.member("mina").await;
    queue_at(&app, 50).await;
    let (_held, _) = silent.accept().await.unwrap();
    let visitor = app.visitor();
    let mut times = Vec::new();
    for _ in 0..10 {
        let begun = Instant::now();
        visitor.post("/password-reset", &[("login", "mina")]).await.assert_redirect("/password-reset/code");
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    println!("asking while the mail server hangs: median {:?}, longest {:?}", times[5], times[9]);
    assert!(times[9] < Duration::from_secs(2), "{times:?}");
    // Nothing is lost: five are for mina, the limit of an account.
    app.until_count("outbox", 55).await;
}

#[tokio::test]
async fn a_busy_server_is_retried_and_a_permanent_refusal_is_final() {
    let sink = Sink::start(&["--busy", "3", "--refuse", "nobody"]);
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    queue_at(&app, 3).await;
    app.until_count("outbox WHERE attempts = 1 AND lease IS NULL", 3).await;
    app.clock.advance(6);
    sink.until(3).await;
    app.until_count("outbox", 0).await;
    let (mail, now) = (app.identity.core.mailer.clone(), app.clock.now());
    let queued = app
        .identity
        .core
        .db
        .write(move |conn| Ok::<_, DbError>(mail.queue(conn, "nobody@example.org", &letter(1), now)?));
    queued.await.unwrap();
    app.until_count("outbox", 0).await;
    assert_eq!(sink.taken().len(), 3);
}

#[tokio::test]
async fn a_server_that_says_no_goodbye_is_not_sent_the_same_again() {
    let sink = Sink::start(&["--linger"]);
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    queue_at(&app, 5).await;
    sink.until(5).await;
    app.until_count("outbox", 0).await;
    assert_eq!(sink.taken().len(), 5);
}

#[tokio::test]
async fn what_cannot_be_sent_for_a_day_is_given_up_and_a_dead_code_sooner() {
    let sink = Sink::closed();
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    app.member("mina").await;
    queue_at(&app, 1).await;
    app.visitor().post("/password-reset", &[("login", "mina")]).await;
    app.until_count("outbox WHERE attempts > 0 AND lease IS NULL", 2).await;
    app.clock.advance(31 * 60);
    app.until_count("outbox", 1).await;
    // Of a server that runs all the while.
    app.purge().await;
    app.clock.advance(23 * 3600);
    app.purge().await;
    app.clock.advance(3600);
    app.until_count("outbox", 0).await;
}

#[tokio::test]
async fn two_nodes_send_each_letter_once() {
    let sink = Sink::start(&[]);
    // The app's own node writes files; two more share its database.
    let app = TestApp::start().await;
    let mut config = app.config.clone();
    sink.set(&mut config, "smtp://HERE");
    let transport = || Transport::Smtp(config.mail.server.clone().unwrap());
    let clock = || -> (_, ClockDoubt) { (app.clock.clone(), is_clock_doubted) };
    let worker = || Worker::new(app.db(), clock(), app.identity.core.mailer.clone(), transport());
    let (first, second) = (worker(), worker());
    queue_at(&app, 200).await;
    let done = async {
        app.until_count("outbox", 0).await;
        first.stop();
        second.stop();
    };
    tokio::join!(first.run(), second.run(), done);
    let (sent, written) = (sink.taken(), mails_in(&app.outbox()));
    let ids: std::collections::HashSet<_> =
        sent.iter().map(|taken| &taken.mail.id).chain(written.iter().map(|mail| &mail.id)).collect();
    assert_eq!((ids.len(), sent.len() + written.len()), (200, 200));
    println!("{} sent by two nodes, {} written by the third", sent.len(), written.len());
}

#[tokio::test]
async fn mail_servers_are_greeted_with_a_name_that_they_accept() {
    let public = |url: &str| Some(url::Url::parse(url).unwrap());
    for (url, name, hello) in [
        (None, None, "[127.0.0.1]"),
        (public("http://localhost:8080"), None, "[127.0.0.1]"),
        (public("http://127.0.0.1:8080"), None, "[127.0.0.1]"),
        (public("https://id.example.org"), None, "id.example.org"),
        (public("https://문지기.example"), None, "xn--ok0b30w4kl.example"),
        (public("https://id.example.org"), Some("mail.example.org"), "mail.example.org"),
        (public("https://id.example.org"), Some("[IPv6:2001:db8::1]"), "[IPv6:2001:db8::1]"),
    ] {
        let sink = Sink::start(&["--refuse-hello"]);
        let app = TestApp::with(|config| {
            config.public_url = url;
            sink.set_as(config, "smtp://HERE", name);
        })
        .await;
        queue_at(&app, 1).await;
        assert_eq!(sink.until(1).await[0].hello, hello);
    }
}

/// A server that refuses us for a while; what was queued is sent once it does not.
async fn refusals_end(words: &[&str], refusals: i64) {
    let sink = Sink::start(words);
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    queue_at(&app, 1).await;
    for attempt in 1..=refusals {
        app.until_count(&format!("outbox WHERE attempts = {attempt} AND lease IS NULL"), 1).await;
        app.clock.advance(301);
    }
    sink.until(1).await;
    app.until_count("outbox", 0).await;
    assert_eq!(sink.taken().len(), 1);
}

#[tokio::test]
async fn a_refused_sender_or_connection_costs_no_mail() {
    refusals_end(&["--refuse-sender", "2"], 2).await;
    // One more: the test itself connects once, to see that the server listens.
    refusals_end(&["--refuse-greeting", "3"], 2).await;
}

#[tokio::test]
async fn a_refused_name_or_password_costs_no_mail_and_the_log_says_so() {
    let sink = Sink::start(&["--login", "mina:right", "--refuse", "nobody", "--refuse-hello"]);
    for (url, name) in [("smtp://mina:wrong@HERE", None), ("smtp://mina:right@HERE", Some("dotless"))] {
        let app = TestApp::with(|config| {
            sink.set(config, url);
            let server = config.mail.server.take().unwrap();
            config.mail.server = Some(server.greeting_as(name.map(str::to_owned)));
        })
        .await;
        queue_at(&app, 1).await;
        app.until_count("outbox WHERE attempts = 1 AND lease IS NULL", 1).await;
        assert!(sink.taken().is_empty());
    }
    let data = scratch();
    let database = format!("sqlite://{}", data.path().join("data/munjigi.db").display());
    let mut command = Munjigi::command(&data.path().join("data"));
    command.env("DATABASE_URL", &database);
    command.env("MUNJIGI_SMTP_URL", format!("smtp://mina:wrong@127.0.0.1:{}", sink.port));
    command.env("MUNJIGI_MAIL_FROM", "Munjigi <id@example.org>");
    let server = Munjigi::serve(command);
    let mina = crate::support::Persona::new(&server.url);
    mina.register("mina").await;
    mina.post("/password-reset", &[("login", "mina")]).await.assert_redirect("/password-reset/code");
    let database = Db::open(&database.parse().unwrap()).unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while attempts(&database) == 0 {
        assert!(Instant::now() < deadline);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let log = server.stop();
    let line = log.lines().find(|line| line.contains("the mail server refuses this server")).expect(&log);
    assert!(line.contains("ERROR") && line.contains("535"), "{line}");
}

/// How often the only letter was tried and returned.
fn attempts(database: &Db) -> i64 {
    use diesel::prelude::*;
    use munjigi::platform::schema::outbox::dsl;
    let returned = dsl::outbox.filter(dsl::lease.is_null()).select(dsl::attempts);
    returned.first(&mut *database.conn().unwrap()).optional().unwrap().unwrap_or(0)
}

#[tokio::test]
async fn an_answer_in_another_charset_is_an_answer() {
    let sink = Sink::start(&["--latin"]);
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    queue_at(&app, 3).await;
    sink.until(3).await;
    app.until_count("outbox", 0).await;
    app.clock.advance(400);
    queue_at(&app, 1).await;
    sink.until(4).await;
    app.until_count("outbox", 0).await;
    assert_eq!(sink.taken().len(), 4, "each went out once");
}
