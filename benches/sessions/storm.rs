//! Sixty-four users signing in without pause: the effect on other users' pages, and on the sign-ins.

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
    let possible = possible(threads);
    let idle = pages(&server, 8);
    let storm = std::thread::scope(|scope| {
        let storm = scope.spawn(|| sign_ins(&server));
        std::thread::sleep(Duration::from_secs(2));
        let during = pages(&server, SECONDS - 4);
        (during, storm.join().expect("the storm ends"))
    });
    let (during, (hashed, refused)) = storm;
    println!(
        "Storm of 64 sign-ins at cost 12 for {SECONDS} s: page p99 {:.2} ms idle, {:.2} ms during ({:.1} times); {hashed:.1} sign-ins/s \
         of {possible:.1} that {threads} threads could do alone ({:.0} %); {refused} answered 503",
        idle.p99_ms,
        during.p99_ms,
        during.p99_ms / idle.p99_ms,
        100.0 * hashed / possible,
    );
}

/// A few hundred pages a second, as users click.
fn pages(server: &Running, seconds: u64) -> Measured {
    let script = write_script("pages", "function delay() return 10 end\n");
    let output = wrk(&format!("{}/login", server.url), Some(&script), 5, seconds).output().expect("wrk runs");
    parse(&String::from_utf8_lossy(&output.stdout)).expect("pages are served")
}

fn write_script(name: &str, lua: &str) -> String {
    let path = std::env::temp_dir().join(format!("munjigi-{name}-{}.lua", std::process::id()));
    std::fs::write(&path, lua).expect("a script");
    path.to_string_lossy().into_owned()
}

/// Sign-ins checked a second, and how many were refused.
fn sign_ins(server: &Running) -> (f64, u64) {
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
    let script = write_script("storm", &lua);
    let started = Instant::now();
    let mut child = wrk(&format!("{}/login", server.url), Some(&script), 64, SECONDS)
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

/// Hashes a second of this many threads on an otherwise idle machine.
fn possible(threads: usize) -> f64 {
    const EACH: usize = 8;
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..EACH).for_each(|_| drop(bcrypt::hash("x".repeat(64), 12))));
        }
    });
    (threads * EACH) as f64 / started.elapsed().as_secs_f64()
}
