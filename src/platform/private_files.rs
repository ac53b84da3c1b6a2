//! Files and folders that only their owner can read. A file appears under its name complete or not at all, and then
//! survives a power cut.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, PersistError};

/// Creates the folder and its parents with mode 0700; an existing one is left unchanged.
pub fn create_dir(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
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

fn folder_of(path: &Path) -> &Path {
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
}
