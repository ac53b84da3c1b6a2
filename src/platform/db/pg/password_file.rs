//! `~/.pgpass`: a password for each host, port, database and user
//! (<https://www.postgresql.org/docs/current/libpq-pgpass.html>).

use std::path::Path;

use super::host::Host;

/// The first password that fits. A file that others may read is passed over, with a warning.
pub fn find(file: &Path, host: &Host, database: &str, user: &str) -> Option<String> {
    let metadata = std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file)?;
    if is_open(&metadata) {
        tracing::warn!(file = %file.display(), "others may read the file of passwords, so it is not used; chmod 600");
        return None;
    }
    let text = std::fs::read_to_string(file).ok()?;
    let name = if host.is_usual_socket() { "localhost" } else { &host.name };
    let port = host.port.to_string();
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = fields(line);
        let [host, line_port, line_database, line_user, password] = fields.as_slice() else { return None };
        let fits = [(host, name), (line_port, &port), (line_database, database), (line_user, user)];
        fits.iter().all(|(field, value)| *field == "*" || field == value).then(|| password.clone())
    })
}

#[cfg(unix)]
fn is_open(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open(_: &std::fs::Metadata) -> bool {
    false
}

/// The fields between colons. A backslash stands before a colon or backslash within one.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ':' if fields.len() < 5 => {
                fields.push(String::new());
                continue;
            }
            '\\' => letters.next().unwrap_or('\\'),
            letter => letter,
        };
        if let Some(last) = fields.last_mut() {
            last.push(letter);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_first_line_that_fits_counts_and_only_in_a_private_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pgpass");
        let lines = "# a comment\nshort:line\nelsewhere:*:*:*:wrong\ndb:5432:id:mina:a\\:b\\\\c\n\
                     localhost:*:id:mina:local\n*:*:*:*:rest:of it\n";
        std::fs::write(&file, lines).unwrap();
        let allow = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let at = |name: &str, port| {
            find(&file, &Host { name: name.to_owned(), address: None, port }, "id", "mina")
        };
        allow(0o600);
        assert_eq!(at("db", 5432).as_deref(), Some("a:b\\c"));
        assert_eq!(at("db", 5433).as_deref(), Some("rest:of it"));
        assert_eq!(at("/tmp", 1).as_deref(), Some("local"));
        assert_eq!(at("/srv", 1).as_deref(), Some("rest:of it"));
        allow(0o640);
        assert_eq!(at("db", 5432), None);
        allow(0o600);
        assert_eq!(
            find(
                &folder.path().join("none"),
                &Host { name: "db".to_owned(), address: None, port: 1 },
                "id",
                "x"
            ),
            None
        );
    }
}
