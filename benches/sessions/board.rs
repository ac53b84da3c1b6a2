//! The board's list with a hundred posts and with a hundred thousand: its first page, and the page in the middle.

use crate::load::{Measured, Running, on_core, this_program};

const ROUNDS: usize = 3;

pub fn measure() {
    let servers = [100, 100_000].map(|posts: i64| {
        let own = tempfile::tempdir().expect("a folder");
        let folder = own.path().to_string_lossy().into_owned();
        let code = format!("board-{posts}");
        (posts, Running::spawn(on_core("0", &this_program()), &[&code, &folder, "redis://unused"], own))
    });
    for what in ["first page", "page in the middle", "search without a find"] {
        let mut best = Vec::new();
        for (posts, server) in &servers {
            let path = match what {
                "first page" => "/board".to_owned(),
                "page in the middle" => format!("/board?before={}", posts / 2),
                _ => "/board?q=nowhere+to+be+found".to_owned(),
            };
            let rounds = (0..ROUNDS).map(|_| server.load_path(&path, 4, 2));
            let measured =
                rounds.max_by(|one, other| one.requests_per_second.total_cmp(&other.requests_per_second));
            best.push(measured.expect("at least one round"));
        }
        let milliseconds = |measured: &Measured| 4_000.0 / measured.requests_per_second;
        println!(
            "Board, {what}: {:.2} ms with 100 posts, {:.2} ms with 100,000 ({:.2} times)",
            milliseconds(&best[0]),
            milliseconds(&best[1]),
            milliseconds(&best[1]) / milliseconds(&best[0]),
        );
    }
}
