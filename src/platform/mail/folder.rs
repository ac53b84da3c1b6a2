//! Without a mail server, each message becomes a file that only its owner can read.

use std::io::{self, Write};
use std::path::Path;

use crate::platform::private_files::{self, Draft};

use super::message::Message;

/// Writes the message to a file named after its id. Repeated attempts leave one file.
pub fn write(folder: &Path, message: &Message) -> io::Result<()> {
    private_files::create_dir(folder)?;
    // Up to its @ the id has letters, digits, - and _ only.
    let name = message.id.split('@').next().unwrap_or_default();
    let mut draft = Draft::renewed(&folder.join(format!("{name}.eml")))?;
    draft.file().write_all(&message.content)?;
    draft.replace()
}
