//! Without a mail server, each message becomes a file that only its owner reads.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::platform::db::create_private_dir;

use super::message::Message;

/// Writes the message under the name of its id: whole or not at all, and once, however often it is tried.
pub fn write(folder: &Path, message: &Message) -> io::Result<()> {
    create_private_dir(folder)?;
    // The id is of letters, digits, - and _ up to its @.
    let name = message.id.split('@').next().unwrap_or_default();
    let draft = folder.join(format!(".{name}.draft"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(&message.content)?;
    file.sync_all()?;
    fs::rename(&draft, folder.join(format!("{name}.eml")))
}
