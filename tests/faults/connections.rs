//! Connections that are slow, idle or too many do not delay other clients.

use std::process::Command;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::support::{Load, Munjigi, Persona, scratch};

struct Scene {
    _folder: tempfile::TempDir,
    server: Munjigi,
    mina: Persona,
}

impl Scene {
    async fn new() -> Self {
        Self::with(Munjigi::command).await
    }

    async fn with(command: impl FnOnce(&std::path::Path) -> Command) -> Self {
        let folder = scratch();
        let server = Munjigi::serve(command(&folder.path().join("data")));
        let mina = Persona::new(&server.url);
        mina.register("mina").await;
        Self { _folder: folder, server, mina }
    }

    fn address(&self) -> &str {
        self.server.url.strip_prefix("http://").unwrap()
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address()).await.unwrap()
    }

    /// Many connections that have each sent this.
    async fn many(&self, count: usize, sent: &str) -> Vec<TcpStream> {
        let one = async |_| {
            let mut line = self.connect().await;
            line.write_all(sent.as_bytes()).await.unwrap();
            line
        };
        join_all((0..count).map(one)).await
    }

    /// Another user reads pages for a while and notices nothing.
    async fn others_notice_nothing(&self, seconds: u64) {
        let load = Load { rate: 50, time: Duration::from_secs(seconds) };
        let look = async |_| {
            let reply = self.mina.try_send(self.mina.request(Method::GET, "/dashboard")).await;
            ("page", reply.and_then(|reply| reply.expect_status(200)))
        };
        let tally = load.run(look).await;
        println!("beside them: {tally}");
        tally.assert_all_went_well();
        assert!(tally.percentile(50) < Duration::from_millis(100), "{tally}");
    }
}

/// Everything received until the other end closes, and how long that took.
async fn until_closed(mut line: TcpStream) -> (String, Duration) {
    let (begun, mut data) = (Instant::now(), Vec::new());
    let read = tokio::time::timeout(Duration::from_secs(120), line.read_to_end(&mut data)).await;
    assert!(read.is_ok(), "the server closes it in the end");
    (String::from_utf8_lossy(&data).into_owned(), begun.elapsed())
}

#[tokio::test]
async fn heads_that_come_a_byte_at_a_time_are_closed_within_seconds() {
    let scene = Scene::new().await;
    let lines = scene.many(200, "GET / HTTP/1.1\r\nHost: localhost\r\n").await;
    let dribble = join_all(lines.into_iter().map(async |mut line| {
        let begun = Instant::now();
        // Until the other end closes.
        while line.write_all(b"x").await.is_ok() {
            let mut answer = [0; 512];
            match tokio::time::timeout(Duration::from_millis(300), line.read(&mut answer)).await {
                Ok(Ok(0) | Err(_)) => break,
                _ => assert!(begun.elapsed() < Duration::from_secs(30), "it goes on listening"),
            }
        }
        begun.elapsed()
    }));
    let (times, ()) = tokio::join!(dribble, scene.others_notice_nothing(4));
    println!("closed within {:?}", times.iter().max());
}

#[tokio::test]
async fn with_few_files_it_waits_without_spinning_and_goes_on_once_connections_close() {
    let few = |data: &std::path::Path| {
        let usual = Munjigi::command(data);
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -n 64; exec \"$0\" \"$@\""]).arg(usual.get_program());
        command.env_clear().envs(usual.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(usual.get_current_dir().unwrap());
        command
    };
    let scene = Scene::with(few).await;
    let lines = scene.many(150, "").await;
    let before = scene.server.processor_seconds();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let used = scene.server.processor_seconds() - before;
    assert!(used < 1.0, "it spins: {used} s of 3");
    drop(lines);
    let begun = Instant::now();
    loop {
        let fresh = Persona::with_cookies_of(&scene.mina);
        if fresh
            .try_send(fresh.request(Method::GET, "/dashboard"))
            .await
            .is_ok_and(|reply| reply.status == 200)
        {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "it answers again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("{used} s of processor time while starved; answers {:?} after", begun.elapsed());
    scene.mina.get("/profile").await;
    let log = scene.server.stop();
    assert!(!log.contains("panicked"), "{log}");
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn bodies_that_come_a_byte_at_a_time_are_refused_within_their_time() {
    let scene = Scene::new().await;
    let head = "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n\r\n";
    let lines = scene.many(200, head).await;
    let dribble = join_all(lines.into_iter().map(async |line| {
        let (mut read, mut write) = line.into_split();
        let begun = Instant::now();
        let mut data = Vec::new();
        let answer = async {
            let _ = read.read_to_end(&mut data).await;
        };
        let send = async {
            while begun.elapsed() < Duration::from_secs(90) && write.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        };
        tokio::select! { () = answer => {}, () = send => {} }
        (String::from_utf8_lossy(&data).into_owned(), begun.elapsed())
    }));
    let (ends, ()) = tokio::join!(dribble, scene.others_notice_nothing(30));
    let longest = ends.iter().map(|(_, took)| *took).max().unwrap();
    println!("refused within {longest:?}");
    assert!(ends.iter().all(|(data, _)| data.starts_with("HTTP/1.1 408")), "{}", ends[0].0);
    assert!(longest < Duration::from_secs(60), "{longest:?}");
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn clients_that_never_read_delay_no_others_and_are_disconnected() {
    let scene = Scene::new().await;
    let style = scene.mina.get("/dashboard").await.attributes("link[rel=stylesheet]", "href").remove(0);
    let request = format!("GET {style} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(400);
    let before = scene.server.resident_bytes();
    let deaf = join_all((0..100).map(async |_| {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let mut line = socket.connect(scene.address().parse().unwrap()).await.unwrap();
        // The server takes what it can; the rest waits at the sender.
        let sent = tokio::time::timeout(Duration::from_secs(2), line.write_all(request.as_bytes())).await;
        (line, sent.is_ok())
    }))
    .await;
    scene.others_notice_nothing(5).await;
    let grown = scene.server.resident_bytes().saturating_sub(before) >> 20;
    println!(
        "{} of 100 were sent whole; memory grew by {grown} MB",
        deaf.iter().filter(|(_, sent)| *sent).count()
    );
    assert!(grown < 300, "{grown} MB");
    let begun = Instant::now();
    while connections_of(scene.server.id()) > 20 {
        assert!(begun.elapsed() < Duration::from_secs(150), "{} are held", connections_of(scene.server.id()));
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    println!("let go within {:?}", begun.elapsed());
    drop(deaf);
}

/// Sockets that a process holds.
fn connections_of(id: u32) -> usize {
    let files = std::fs::read_dir(format!("/proc/{id}/fd")).unwrap();
    let is_socket = |link: std::path::PathBuf| link.to_string_lossy().starts_with("socket:");
    files
        .filter(|file| file.as_ref().is_ok_and(|file| std::fs::read_link(file.path()).is_ok_and(is_socket)))
        .count()
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn ten_thousand_idle_connections_cost_little_and_slow_no_request() {
    const IDLE: usize = 10_000;
    // This process, and what it starts.
    let own = std::process::id().to_string();
    let raised = Command::new("prlimit").args(["--pid", &own, "--nofile=12000:"]).status();
    assert!(raised.unwrap().success(), "it takes the right to open so many files");
    let scene = Scene::new().await;
    let before = scene.server.resident_bytes();
    let mut lines = Vec::new();
    for _ in 0..IDLE / 100 {
        lines.extend(scene.many(100, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await);
    }
    for line in &mut lines {
        let mut answer = [0; 2048];
        assert!(line.read(&mut answer).await.unwrap() > 0);
    }
    let each = scene.server.resident_bytes().saturating_sub(before) / IDLE as u64;
    println!("{} connections, {each} bytes each", connections_of(scene.server.id()));
    assert!(connections_of(scene.server.id()) > IDLE);
    scene.others_notice_nothing(10).await;
    assert!(each < 20_000, "{each} bytes a connection");
    let begun = Instant::now();
    let (_, took) = until_closed(lines.pop().unwrap()).await;
    println!("an idle one is closed after {took:?} ({:?})", begun.elapsed());
}
