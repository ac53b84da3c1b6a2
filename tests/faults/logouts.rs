//! Sessions of apps that end: within what time everywhere, and whether a kill loses a logout token.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use futures_util::stream::{StreamExt, iter};
use reqwest::Method;

use crate::nodes::logouts::{Ends, ends, register};
use crate::nodes::{Pair, people};
use crate::support::logout_receiver::{LogoutReceiver, Scripted};
use crate::support::relying_party::TokenSet;
use crate::support::{Munjigi, Persona, free_port, scratch};

/// A line with the median, the 99th of a hundred, and the longest; returns the second.
fn print(what: &str, mut times: Vec<Duration>) -> Duration {
    times.sort();
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100];
    println!("{what}: p50 {:?}, p99 {:?}, max {:?}, {} trials", at(50), at(99), at(100), times.len());
    at(99)
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn of_a_thousand_sessions_ninety_nine_in_a_hundred_are_over_everywhere_within_a_second() {
    let pair = Pair::start();
    let third = pair.third().await;
    let receiver = LogoutReceiver::start();
    let wiki = register(&third.config.data_dir, &pair.here.url, &receiver);
    let mut all = Ends::default();
    for letter in ["a", "bb", "ccc", "dddd", "eeeee"] {
        let crowd = people(&pair, &third, letter, 200).await;
        let some = ends(&pair, (&wiki, &receiver), (&crowd, 0..20)).await;
        all.refused.extend(some.refused);
        all.notified.extend(some.notified);
    }
    assert_eq!(all.notified.len(), 1_000);
    let refused = print("tokens refused on the other node", all.refused);
    let notified = print("the app has its logout token", all.notified);
    assert!(refused <= Duration::from_secs(1) && notified <= Duration::from_secs(1));
}

/// Signs a browser out, whatever happens to the server since then; and tries again until it is.
async fn sign_out(browser: &Persona) {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let request = browser.request(Method::POST, "/logout");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body("");
        if browser.try_send(request).await.is_ok_and(|reply| reply.status == 303) {
            return;
        }
        assert!(Instant::now() < deadline, "it cannot sign out");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_server_killed_among_three_hundred_ends_loses_no_logout_token() {
    const SESSIONS: usize = 300;
    let (folder, port) = (scratch(), free_port());
    let data = folder.path().join("data");
    let receiver = LogoutReceiver::start();
    receiver.always(Scripted { after: Duration::from_millis(20), ..Scripted::status(200) });
    let serve = || {
        let mut command = Munjigi::command(&data);
        command.env("MUNJIGI_TRUSTED_PROXIES", "127.0.0.1").env("MUNJIGI_LOG", "warn");
        Munjigi::serve_on(command, port)
    };
    let server = serve();
    let wiki = register(&data, &server.url, &receiver);
    let signed_in = iter(0..SESSIONS).map(async |number| {
        let mut browser = Persona::new(&server.url);
        browser.forwarded_for = Some(format!("10.1.{}.{}", number / 250, number % 250));
        browser.register(&format!("person{number}")).await;
        let tokens = wiki.sign_in(&browser, &[]).await;
        (browser, tokens)
    });
    let sessions: Vec<(Persona, TokenSet)> = signed_in.buffer_unordered(4).collect().await;
    let mut server = Some(server);
    let kills = async {
        for kill in 1..=3 {
            receiver.until(kill * SESSIONS / 5).await;
            server.take().unwrap().kill();
            server = Some(serve());
        }
    };
    let ends = iter(&sessions).for_each_concurrent(8, |(browser, _)| sign_out(browser));
    tokio::join!(kills, ends);
    let since = Instant::now();
    let by_session = || {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for claims in receiver.received().iter().map(|received| received.claims()) {
            let text = |name: &str| claims[name].as_str().unwrap().to_owned();
            found.entry(text("sid")).or_default().insert(text("jti"));
        }
        found
    };
    while by_session().len() < SESSIONS {
        assert!(
            since.elapsed() < Duration::from_secs(60),
            "{} of {SESSIONS} were reported",
            by_session().len()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let ended: BTreeSet<String> =
        sessions.iter().map(|(_, tokens)| tokens.claims()["sid"].as_str().unwrap().to_owned()).collect();
    let found = by_session();
    assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), ended);
    assert!(found.values().all(|ids| ids.len() == 1), "a repeated token has the same id");
    println!(
        "3 kills among {SESSIONS} ends: {} tokens came, the last session after {:?}",
        receiver.received().len(),
        since.elapsed()
    );
}
