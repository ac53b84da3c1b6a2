//! Without a mail server, each message becomes a file that only its owner reads.

use std::io::{self, Write};
use std::path::Path;

use crate::platform::private_files::{self, Draft};

use super::message::Message;

/// Writes the message under the name of its id: whole or not at all, and once, however often it is tried.
pub fn write(folder: &Path, message: &Message) -> io::Result<()> {
    private_files::create_dir(folder)?;
    // The id is of letters, digits, - and _ up to its @.
    let name = message.id.split('@').next().unwrap_or_default();
    let mut draft = Draft::of(&folder.join(format!("{name}.eml")))?;
    draft.file().write_all(&message.content)?;
    draft.replace()
}
