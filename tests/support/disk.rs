//! A small disk for one test that can be filled: a file system in memory, in an unprivileged namespace.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::{Munjigi, scratch};

/// Outside its namespace the folder looks empty; the disk goes with the test.
pub struct SmallDisk {
    holder: Child,
    place: TempDir,
}

impl SmallDisk {
    pub fn of_kilobytes(size: u32) -> Self {
        let place = scratch();
        let script = r#"mount -t tmpfs -o size="$1"k tmpfs "$0" && echo mounted && exec cat"#;
        let mut holder = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
            .arg(place.path())
            .arg(size.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(holder.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "mounted\n", "the system lets a test mount a disk in a namespace of its own");
        Self { holder, place }
    }

    /// The data folder as seen inside the namespace.
    pub fn data(&self) -> PathBuf {
        self.place.path().join("data")
    }

    /// A place on the disk, as it is seen from outside.
    pub fn outside(&self, name: &str) -> PathBuf {
        let inside = self.place.path().strip_prefix("/").unwrap();
        Path::new("/proc").join(self.holder.id().to_string()).join("root").join(inside).join(name)
    }

    /// A command that runs inside.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new("nsenter");
        let holder = self.holder.id().to_string();
        command.args(["--target", &holder, "--user", "--mount", "--preserve-credentials", "--", program]);
        command
    }

    pub fn munjigi(&self) -> Command {
        Munjigi::settle(self.command(env!("CARGO_BIN_EXE_munjigi")), &self.data())
    }

    /// Leaves no byte free.
    pub fn fill(&self) {
        self.fill_but(0);
    }

    /// Leaves this much free.
    pub fn fill_but(&self, kilobytes: u64) {
        let mut filler = File::create(self.outside("filler")).unwrap();
        while filler.write_all(&[0; 4096]).is_ok() {}
        let full = filler.metadata().unwrap().len();
        filler.set_len(full - kilobytes * 1024).unwrap();
    }

    pub fn free(&self) {
        std::fs::remove_file(self.outside("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        let _ = self.holder.wait();
    }
}
