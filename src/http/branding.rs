//! The installation's own name, colours, pictures and links. Its files are read once, at the start.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use url::Url;

use crate::config::{Config, ConfigError};
use crate::platform::lang::Lang;

use super::assets::{Asset, FOLDER, hashed_name};

const KILOBYTE: u64 = 1024;
/// How large the files may be, in bytes.
const PICTURE_MAX: u64 = 256 * KILOBYTE;
const STYLESHEET_MAX: u64 = 256 * KILOBYTE;
const TEXTS_MAX: u64 = 64 * KILOBYTE;
/// How long a text on the sign-in page may be, in characters.
const TEXT_MAX: usize = 500;

/// What an operator changes about the pages without building them.
#[derive(Default)]
pub struct Branding {
    pub site_name: Option<String>,
    /// The address of each file.
    pub logo: Option<String>,
    pub logo_dark: Option<String>,
    pub favicon: Option<String>,
    /// The type of the icon's file.
    pub favicon_kind: &'static str,
    /// In the order in which they count: the accent's tokens, then the operator's own.
    pub stylesheets: Vec<String>,
    /// The accent's tokens, for pages that bring their style along.
    pub accent_tokens: String,
    pub terms: Option<Url>,
    pub privacy: Option<Url>,
    pub help: Option<Url>,
    sign_in_texts: BTreeMap<&'static str, String>,
    /// By hashed name.
    files: BTreeMap<String, Asset>,
}

impl Branding {
    /// Reads the files that the settings name.
    ///
    /// # Errors
    /// A file that is missing, too large or of another type than the setting takes.
    pub fn open(config: &Config) -> Result<Self, ConfigError> {
        let mut branding = Self {
            site_name: config.site_name.clone(),
            terms: config.terms_url.clone(),
            privacy: config.privacy_url.clone(),
            help: config.help_url.clone(),
            ..Self::default()
        };
        if let Some(path) = &config.logo {
            branding.logo = Some(branding.add("logo", picture("MUNJIGI_LOGO", path, PICTURES)?));
        }
        if let Some(path) = &config.logo_dark {
            branding.logo_dark =
                Some(branding.add("logo-dark", picture("MUNJIGI_LOGO_DARK", path, PICTURES)?));
        }
        if let Some(path) = &config.favicon {
            let icon = picture("MUNJIGI_FAVICON", path, ICONS)?;
            branding.favicon_kind = icon.kind;
            branding.favicon = Some(branding.add("favicon", icon));
        }
        if let Some(accent) = config.accent {
            branding.accent_tokens = accent.tokens();
            let sheet = stylesheet(branding.accent_tokens.clone().into_bytes());
            let address = branding.add("accent", sheet);
            branding.stylesheets.push(address);
        }
        if let Some(path) = &config.stylesheet {
            let text = read_text("MUNJIGI_STYLESHEET", path, STYLESHEET_MAX)?;
            let address = branding.add("own", stylesheet(text.into_bytes()));
            branding.stylesheets.push(address);
        }
        if let Some(path) = &config.sign_in_text {
            branding.sign_in_texts = texts("MUNJIGI_SIGN_IN_TEXT", path)?;
        }
        Ok(branding)
    }

    /// The text on the sign-in page in this language, or in English.
    pub fn sign_in_text(&self, lang: Lang) -> Option<&str> {
        let texts = &self.sign_in_texts;
        texts.get(lang.code()).or_else(|| texts.get(Lang::En.code())).map(String::as_str)
    }

    pub fn has_links(&self) -> bool {
        self.terms.is_some() || self.privacy.is_some() || self.help.is_some()
    }

    /// A file by its hashed name.
    pub fn file(&self, name: &str) -> Option<&Asset> {
        self.files.get(name)
    }

    /// The icon, for programs that ask for `/favicon.ico`.
    pub fn favicon_file(&self) -> Option<&Asset> {
        self.file(self.favicon.as_deref()?.strip_prefix(FOLDER)?)
    }

    fn add(&mut self, stem: &str, file: Asset) -> String {
        let name = hashed_name(&format!("{stem}.{}", ending(file.kind)), &file.content);
        let address = format!("{FOLDER}{name}");
        self.files.insert(name, file);
        address
    }
}

fn stylesheet(content: Vec<u8>) -> Asset {
    Asset { content: content.into(), kind: CSS, is_own: false }
}

const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";
const JPEG: &str = "image/jpeg";
const WEBP: &str = "image/webp";
const ICO: &str = "image/x-icon";

const PICTURES: (&[&str], &str) = (&[SVG, PNG, JPEG, WEBP], "an SVG, PNG, JPEG or WebP picture");
const ICONS: (&[&str], &str) = (&[SVG, PNG, ICO], "an SVG, PNG or ICO picture");

fn ending(kind: &str) -> &'static str {
    match kind {
        SVG => "svg",
        PNG => "png",
        JPEG => "jpg",
        WEBP => "webp",
        ICO => "ico",
        _ => "css",
    }
}

fn picture(
    setting: &'static str,
    path: &Path,
    (kinds, expected): (&[&'static str], &str),
) -> Result<Asset, ConfigError> {
    let content = read(setting, path, PICTURE_MAX)?;
    let kind = kind_of(&content).filter(|kind| kinds.contains(kind));
    let kind = kind.ok_or_else(|| wrong(setting, path, format!("it takes {expected} without scripts")))?;
    Ok(Asset { content: content.into(), kind, is_own: false })
}

/// The type by the content, as the name may be wrong (WHATWG MIME Sniffing §6.1). An SVG with a script has none.
fn kind_of(content: &[u8]) -> Option<&'static str> {
    match content {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(PNG),
        [0xff, 0xd8, 0xff, ..] => Some(JPEG),
        [0, 0, 1, 0, ..] => Some(ICO),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(WEBP),
        _ => std::str::from_utf8(content).ok().filter(|text| is_svg(text)).map(|_| SVG),
    }
}

/// Whether the root element is `svg`, after what may stand before it, and no element is a script.
fn is_svg(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    for (start, end) in [("<?xml", "?>"), ("<!--", "-->"), ("<!DOCTYPE svg", ">"), ("<!--", "-->")] {
        while let Some(after) = rest.strip_prefix(start) {
            let Some((_, after)) = after.split_once(end) else { return false };
            rest = after.trim_start();
        }
    }
    let is_root =
        rest.strip_prefix("<svg").is_some_and(|rest| rest.starts_with([' ', '\n', '\r', '\t', '>']));
    is_root && !text.to_ascii_lowercase().contains("<script")
}

fn read(setting: &'static str, path: &Path, longest: u64) -> Result<Vec<u8>, ConfigError> {
    let unreadable = |error: std::io::Error| wrong(setting, path, error.to_string());
    let is_file = std::fs::metadata(path).map_err(unreadable)?.is_file();
    if !is_file {
        return Err(wrong(setting, path, "it is no file".to_owned()));
    }
    let mut content = Vec::new();
    File::open(path).and_then(|file| file.take(longest + 1).read_to_end(&mut content)).map_err(unreadable)?;
    match content.len() as u64 {
        0 => Err(wrong(setting, path, "it is empty".to_owned())),
        length if length > longest => {
            Err(wrong(setting, path, format!("it is larger than {} kB", longest / KILOBYTE)))
        }
        _ => Ok(content),
    }
}

fn read_text(setting: &'static str, path: &Path, longest: u64) -> Result<String, ConfigError> {
    let text = String::from_utf8(read(setting, path, longest)?).ok();
    let text = text.filter(|text| !text.contains('\0'));
    text.ok_or_else(|| wrong(setting, path, "it is no text in UTF-8".to_owned()))
}

/// A TOML file with one text a language: `en = "…"`.
fn texts(setting: &'static str, path: &Path) -> Result<BTreeMap<&'static str, String>, ConfigError> {
    let known = Lang::ALL.map(Lang::code).join(", ");
    let expected = || wrong(setting, path, format!("it takes lines such as en = \"…\", for {known}"));
    let text = read_text(setting, path, TEXTS_MAX)?;
    let table: BTreeMap<String, String> = toml::from_str(&text).map_err(|_| expected())?;
    let mut texts = BTreeMap::new();
    for (tag, text) in table {
        let lang = Lang::parse(&tag).ok_or_else(expected)?;
        if text.chars().count() > TEXT_MAX {
            return Err(wrong(
                setting,
                path,
                format!("the text of {tag} is longer than {TEXT_MAX} characters"),
            ));
        }
        if !text.trim().is_empty() {
            texts.insert(lang.code(), text.trim().to_owned());
        }
    }
    Ok(texts)
}

fn wrong(setting: &'static str, path: &Path, problem: String) -> ConfigError {
    ConfigError::new(setting, format!("{}: {problem}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_is() {
        for (content, kind) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some(PNG)),
            (b"\xff\xd8\xff\xe0....", Some(JPEG)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(WEBP)),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"\0\0\x01\0\x01\0", Some(ICO)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Some(SVG)),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- by hand -->\n<!DOCTYPE svg>\n<!-- x --><svg>",
                Some(SVG),
            ),
            (b"<svg><SCRIPT>alert(1)</SCRIPT></svg>", None),
            (b"<svgx>", None),
            (b"<!-- <svg> ", None),
            (b"<html><svg></svg></html>", None),
            (b"GIF89a", None),
            (b"<svg \xff>", None),
            (b"", None),
        ] {
            assert_eq!(kind_of(content), kind, "{}", content.escape_ascii());
        }
    }
}
