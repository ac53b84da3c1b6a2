//! A node that receives SIGTERM reports it, closes connections cleanly, answers requests in flight, and exits with 0.

use std::time::{Duration, Instant};

use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Load, Munjigi, Persona, scratch};

/// A keep-alive connection.
struct Line(TcpStream);

impl Line {
    async fn open(server: &Munjigi) -> Self {
        Self(TcpStream::connect(server.url.strip_prefix("http://").unwrap()).await.unwrap())
    }

    /// The answer's head and body; empty when the other end has closed.
    async fn get(&mut self, path: &str) -> String {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let _ = self.0.write_all(request.as_bytes()).await;
        let mut answer = vec![0; 64_000];
        let read = self.0.read(&mut answer).await.unwrap_or(0);
        String::from_utf8_lossy(&answer[..read]).to_lowercase()
    }

    async fn is_closed(&mut self) -> bool {
        let mut rest = [0; 1];
        let read = tokio::time::timeout(Duration::from_secs(2), self.0.read(&mut rest)).await;
        matches!(read, Ok(Ok(0) | Err(_)))
    }
}

fn drained(seconds: &str) -> (tempfile::TempDir, Munjigi) {
    let folder = scratch();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("MUNJIGI_DRAIN", seconds);
    let server = Munjigi::serve(command);
    (folder, server)
}

#[tokio::test]
async fn it_goes_on_answering_while_it_takes_leave_and_each_answer_is_the_last_of_its_connection() {
    let (_folder, server) = drained("4s");
    let (mut active, mut idle) = (Line::open(&server).await, Line::open(&server).await);
    for line in [&mut active, &mut idle] {
        let answer = line.get("/healthz").await;
        assert!(answer.contains(" 200 ") && !answer.contains("connection: close"), "{answer}");
    }
    let begun = Instant::now();
    server.signal("TERM");
    let leaving = async {
        while !Line::open(&server).await.get("/readyz").await.contains(" 503 ") {
            assert!(begun.elapsed() < Duration::from_secs(5), "it says that it leaves");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    leaving.await;
    let answer = active.get("/").await;
    assert!(answer.contains(" 200 ") && answer.contains("connection: close"), "{answer}");
    assert!(active.is_closed().await);
    server.stop_after_term();
    assert!((4..15).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert!(idle.is_closed().await, "it waits no longer for who keeps a connection");
}

#[tokio::test]
async fn without_connections_it_stops_at_once() {
    let (_folder, server) = drained("1h");
    server.stop();
}

#[tokio::test]
async fn a_second_signal_stops_it_at_once() {
    let (_folder, server) = drained("1h");
    let mut idle = Line::open(&server).await;
    assert!(idle.get("/healthz").await.contains(" 200 "));
    server.signal("TERM");
    while !Line::open(&server).await.get("/readyz").await.contains(" 503 ") {}
    server.signal("TERM");
    server.stop_after_term();
    assert!(idle.is_closed().await);
}

#[tokio::test]
async fn a_stop_under_load_answers_everything_that_has_arrived() {
    let (_folder, server) = drained("2s");
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let load = Load { rate: 60, time: Duration::from_secs(4) };
    let shots = load.run(async |number| {
        let path = if number % 3 == 0 { "/login" } else { "/api/auth/check" };
        match mina.try_send(mina.request(Method::GET, path)).await {
            Ok(reply) => ("answered", Ok(reply.status)),
            // It no longer listens: nothing has arrived, and nothing was lost.
            Err(why) if why.contains("ConnectionRefused") => ("after the end", Ok(0)),
            Err(why) => ("lost", Err(why)),
        }
    });
    let stop = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        server.signal("TERM");
    };
    let (tally, ()) = tokio::join!(shots, stop);
    println!("{tally}");
    tally.assert_all_went_well();
    assert!(tally.done_of("answered") > 60 && tally.done_of("after the end") > 0, "{tally}");
    let log = server.stop_after_term();
    assert!(!log.contains("ERROR"), "{log}");
}
