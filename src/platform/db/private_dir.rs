//! Folders that only their owner enters.

use std::fs;
use std::io;
use std::path::Path;

/// A folder that is made here is its owner's alone; one that was there stays as it is.
pub fn create_private_dir(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
