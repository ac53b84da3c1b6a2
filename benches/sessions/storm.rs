//! Sixty-four people signing in without pause: what becomes of everyone else's pages, and of the sign-ins.

use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::load::{Measured, Running, parse, this_program, wrk};

const SECONDS: u64 = 20;

pub fn measure() {
    let own = tempfile::tempdir().expect("a folder");
    let folder = own.path().to_string_lossy().into_owned();
    let server = Running::spawn(
        std::process::Command::new(this_program()),
        &["storm", &folder, "redis://unused"],
        own,
    );
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let idle = pages(&server, 8);
    let storm = std::thread::scope(|scope| {
        let storm = scope.spawn(|| sign_ins(&server));
        std::thread::sleep(Duration::from_secs(2));
        let during = pages(&server, SECONDS - 4);
        (during, storm.join().expect("the storm ends"))
    });
    let (during, (hashed, refused)) = storm;
    let one_hash = one_hash();
    let possible = threads as f64 / one_hash.as_secs_f64();
    println!(
        "Storm of 64 sign-ins at cost 12 for {SECONDS} s: page p99 {:.2} ms idle, {:.2} ms during ({:.1} times); {hashed:.1} sign-ins/s \
         of {possible:.1} that {threads} threads could do alone ({:.0} %); {refused} told to come back",
        idle.p99_ms,
        during.p99_ms,
        during.p99_ms / idle.p99_ms,
        100.0 * hashed / possible,
    );
}

/// Page navigation at a pace that leaves room: one connection.
fn pages(server: &Running, seconds: u64) -> Measured {
    let output = wrk(&format!("{}/login", server.url), None, 1, seconds).output().expect("wrk runs");
    parse(&String::from_utf8_lossy(&output.stdout)).expect("pages are served")
}

/// Sign-ins a second that were looked at, and how many were turned away.
fn sign_ins(server: &Running) -> (f64, u64) {
    let script = std::env::temp_dir().join(format!("munjigi-storm-{}.lua", std::process::id()));
    let lua = r#"
local n = 0
request = function()
  n = n + 1
  wrk.headers["X-Forwarded-For"] = "10." .. (n % 250) .. "." .. (math.floor(n / 250) % 250) .. ".1"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  return wrk.format("POST", nil, nil, "login=nobody" .. n .. "x&password=wrong+wrong+wrong")
end
local hashed, refused = 0, 0
response = function(status) if status == 422 then hashed = hashed + 1 elseif status == 503 then refused = refused + 1 end end
local threads = {}
setup = function(thread) table.insert(threads, thread) end
done = function() for _, t in ipairs(threads) do print("RESULT " .. t:get("hashed") .. " " .. t:get("refused")) end end
"#;
    let lua = lua.replace("local hashed, refused", "hashed, refused");
    std::fs::write(&script, lua).expect("a script");
    let started = Instant::now();
    let mut child = wrk(&format!("{}/login", server.url), Some(&script.to_string_lossy()), 64, SECONDS)
        .stdout(Stdio::piped())
        .spawn()
        .expect("wrk runs");
    let mut output = String::new();
    child.stdout.take().expect("a pipe").read_to_string(&mut output).expect("text");
    let _ = child.wait();
    let seconds = started.elapsed().as_secs_f64();
    let line = output.lines().find_map(|line| line.strip_prefix("RESULT ")).expect("a result");
    let mut numbers = line.split(' ').filter_map(|number| number.parse::<f64>().ok());
    let (hashed, refused) = (numbers.next().unwrap_or(0.0), numbers.next().unwrap_or(0.0));
    (hashed / seconds, refused as u64)
}

/// A hash by itself, on an idle machine.
fn one_hash() -> Duration {
    let started = Instant::now();
    for _ in 0..4 {
        let _ = bcrypt::hash("x".repeat(64), 12);
    }
    started.elapsed() / 4
}
