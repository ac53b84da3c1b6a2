//! Files and folders that only their owner can read. A file appears under its name complete or not at all, and then
//! survives a power cut.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::{Builder, NamedTempFile, PersistError};

/// Migrations of another process may take that long.
const LOCK_PATIENCE: Duration = Duration::from_secs(60);
const LOCK_IS_SLOW: Duration = Duration::from_secs(3);
const LOCK_POLL: Duration = Duration::from_millis(20);

/// Creates the folder and its parents with mode 0700; an existing one is left unchanged.
pub fn create_dir(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Held by one process at a time, for changes to the files of a folder.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits until no other process holds `munjigi.lock` in this folder, for a minute at most. Only the owner can open the
    /// file: a user who can open it can hold it.
    pub fn take(folder: &Path) -> io::Result<Self> {
        Self::take_within(folder, LOCK_PATIENCE)
    }

    fn take_within(folder: &Path, patience: Duration) -> io::Result<Self> {
        let path = folder.join("munjigi.lock");
        let named = |why: String| io::Error::other(format!("{}: {why}", path.display()));
        if path.symlink_metadata().is_ok_and(|file| !file.is_file()) {
            return Err(named("it is no file; remove it".to_owned()));
        }
        let file = open_lock(&path).map_err(|error| named(error.to_string()))?;
        let started = Instant::now();
        let mut is_told = false;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::Error(error)) => return Err(named(error.to_string())),
                Err(TryLockError::WouldBlock) if started.elapsed() >= patience => {
                    let seconds = patience.as_secs();
                    return Err(named(format!(
                        "another process has held it for {seconds} seconds; lslocks shows which"
                    )));
                }
                Err(TryLockError::WouldBlock) => {}
            }
            if !is_told && started.elapsed() > LOCK_IS_SLOW {
                is_told = true;
                tracing::info!(path = %path.display(), "another process holds the lock; waiting for it");
            }
            std::thread::sleep(LOCK_POLL);
        }
    }
}

/// Opens the file with mode 0600, also if an earlier version made it readable.
fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        }
    }
    Ok(file)
}

/// Warns if users other than the owner may put files of their own into the folder.
pub fn warn_if_open(folder: &Path) {
    #[cfg(unix)]
    if let Ok(metadata) = fs::metadata(folder) {
        use std::os::unix::fs::PermissionsExt;
        let mode = metadata.permissions().mode() & 0o777;
        if mode & 0o022 != 0 {
            let folder = folder.display();
            tracing::warn!(
                "other users of this machine may replace files in {folder} (mode {mode:o}); chmod 700"
            );
        }
    }
}

/// The mode of a regular file that users other than this process's may read or change; none if there is none. A group
/// that this process needs in order to read a file of another owner, such as root, may read it.
#[cfg(unix)]
pub fn exposed_mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let file = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    // It belongs to the effective user of the process.
    let own = fs::metadata("/proc/self").ok().map(|process| process.uid());
    let forbidden = if own == Some(file.uid()) { 0o066 } else { 0o026 };
    Some(file.mode() & 0o777).filter(|mode| mode & forbidden != 0)
}

#[cfg(not(unix))]
pub fn exposed_mode(_: &Path) -> Option<u32> {
    None
}

/// A file of mode 0600 that is being written next to its final place. If it is dropped before, it is removed.
pub struct Draft {
    file: NamedTempFile,
    target: PathBuf,
}

impl Draft {
    /// An empty file under a name that no other process uses.
    pub fn of(target: &Path) -> io::Result<Self> {
        Self::make(target, ".", 6)
    }

    /// An empty file named `{target}.draft`, so that the next process finds what a killed one has left.
    ///
    /// # Errors
    /// `AlreadyExists` if it exists.
    pub fn named(target: &Path) -> io::Result<Self> {
        Self::make(target, "", 0)
    }

    /// The same, in place of the one that a killed process has left. Only one process may write this file at a time.
    pub fn renewed(target: &Path) -> io::Result<Self> {
        let mut left = target.as_os_str().to_owned();
        left.push(".draft");
        remove_if_there(Path::new(&left))?;
        Self::named(target)
    }

    /// Removes what killed processes have left of this file. Only for those who hold the lock of the folder.
    pub fn remove_left(target: &Path) -> io::Result<()> {
        left_of(target)?.iter().try_for_each(|path| remove_if_there(path))
    }

    /// Whether a killed process, or one that is about to finish, has left a part of this file.
    pub fn is_left(target: &Path) -> bool {
        left_of(target).is_ok_and(|left| !left.is_empty())
    }

    fn make(target: &Path, separator: &str, random: usize) -> io::Result<Self> {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(separator);
        let file = Builder::new()
            .prefix(&name)
            .rand_bytes(random)
            .suffix(".draft")
            .tempfile_in(folder_of(target))?;
        Ok(Self { file, target: target.to_owned() })
    }

    pub fn path(&self) -> &Path {
        self.file.path()
    }

    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Moves it to its final place, where no file may exist.
    ///
    /// # Errors
    /// `AlreadyExists` if one does: of two racing processes the first wins.
    pub fn create(self) -> io::Result<()> {
        self.publish(NamedTempFile::persist_noclobber)
    }

    /// Moves it to its final place, replacing any existing file.
    pub fn replace(self) -> io::Result<()> {
        self.publish(NamedTempFile::persist)
    }

    fn publish(
        self,
        persist: impl FnOnce(NamedTempFile, PathBuf) -> Result<File, PersistError>,
    ) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        let folder = folder_of(&self.target).to_owned();
        let persisted = persist(self.file, self.target);
        // After a lost race as well: the winner's file is about to be used.
        File::open(folder)?.sync_all()?;
        persisted.map(drop).map_err(io::Error::from)
    }
}

/// The drafts of this file, whatever process made them.
fn left_of(target: &Path) -> io::Result<Vec<PathBuf>> {
    let name = target.file_name().unwrap_or_default().as_encoded_bytes();
    let is_draft = |path: &PathBuf| {
        let other = path.file_name().unwrap_or_default().as_encoded_bytes();
        other.strip_prefix(name).is_some_and(|rest| rest.starts_with(b".") && rest.ends_with(b".draft"))
    };
    let entries = fs::read_dir(folder_of(target))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(is_draft).collect())
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    fs::remove_file(path).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })
}

pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn write(path: &Path, text: &str) -> Draft {
        let mut draft = Draft::of(path).unwrap();
        draft.file().write_all(text.as_bytes()).unwrap();
        draft
    }

    #[test]
    fn a_file_is_created_once_or_replaced_and_nothing_else_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        write(&path, "one").create().unwrap();
        assert_eq!(write(&path, "two").create().unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        write(&path, "three").replace().unwrap();
        drop(write(&path, "four"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "three");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_files_and_folders() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a/b");
        create_dir(&folder).unwrap();
        create_dir(&folder).unwrap();
        let path = folder.join("file");
        let draft = Draft::named(&path).unwrap();
        assert_eq!((draft.path(), mode(draft.path())), (&*folder.join("file.draft"), 0o600));
        assert!(Draft::named(&path).is_err());
        draft.create().unwrap();
        assert_eq!((mode(&folder), mode(&path)), (0o700, 0o600));
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_is_for_its_owner_and_the_wait_for_it_has_an_end() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("munjigi.lock");
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        // A user who could read the file before can still hold it.
        let other = File::open(&path).unwrap();
        other.lock().unwrap();
        let patience = Duration::from_millis(100);
        let error = Lock::take_within(dir.path(), patience).err().unwrap().to_string();
        assert!(error.contains("munjigi.lock: another process has held it"), "{error}");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        drop(other);
        let held = Lock::take_within(dir.path(), patience).unwrap();
        assert!(Lock::take_within(dir.path(), patience).is_err());
        drop(held);
        assert!(Lock::take_within(dir.path(), patience).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_that_is_no_file_is_refused_before_it_is_opened() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("target");
        fs::write(&target, "untouched").unwrap();
        std::os::unix::fs::symlink(&target, dir.path().join("munjigi.lock")).unwrap();
        let error = Lock::take(dir.path()).err().unwrap().to_string();
        assert!(error.contains("it is no file"), "{error}");
        assert_eq!(fs::read_to_string(target).unwrap(), "untouched");
    }

    #[test]
    fn what_killed_processes_left_is_found_and_removed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        for left in
            ["secret.key.aB3xYz.draft", "secret.key.draft", "secret.keys.draft", "secret.key", "x.draft"]
        {
            fs::write(dir.path().join(left), "x").unwrap();
        }
        assert!(Draft::is_left(&path));
        Draft::remove_left(&path).unwrap();
        assert!(!Draft::is_left(&path));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3);
        fs::write(dir.path().join("secret.key.draft"), "half").unwrap();
        Draft::renewed(&path).unwrap().replace().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_exposed_if_others_may_read_or_change_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        fs::write(&path, "").unwrap();
        for (mode, is_exposed) in
            [(0o600, false), (0o400, false), (0o640, true), (0o644, true), (0o602, true)]
        {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(exposed_mode(&path), is_exposed.then_some(mode), "{mode:o}");
        }
        assert_eq!(exposed_mode(dir.path()), None);
        assert_eq!(exposed_mode(&dir.path().join("missing")), None);
    }
}
