//! Writes the texts of `locales` as Rust. A new migration or template recompiles what embeds it.

use std::path::{Path, PathBuf};

#[path = "build/catalog.rs"]
mod catalog;
#[path = "build/generate.rs"]
mod generate;

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=locales");
    let files = languages(Path::new("locales"))?;
    let sources: Vec<catalog::Source> =
        files.iter().map(|(tag, content)| (tag.as_str(), content.as_str())).collect();
    match catalog::read(&sources) {
        Ok(catalog) => {
            let folder = std::env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
            std::fs::write(folder.join("texts.rs"), generate::generate(&catalog))
        }
        Err(problems) => {
            problems.iter().for_each(|problem| println!("cargo::error={problem}"));
            Ok(())
        }
    }
}

/// Tag and content of every file, by tag.
fn languages(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.push((tag, std::fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}
