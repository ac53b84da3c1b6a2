//! The logo of an app: a small picture that the operator or staff have on disk. It is checked by its content, stored,
//! and served from here; nothing is fetched.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};
use strum::{EnumString, IntoStaticStr};

/// Bytes of a logo.
pub const LARGEST_LOGO: usize = 64 * 1024;
/// Pixels a side: a small file may unpack to a huge picture.
const LONGEST_SIDE: u32 = 4_096;

/// The formats that every browser shows, and that need no script. The name is the ending of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum LogoKind {
    Png,
    Svg,
    Webp,
}

impl LogoKind {
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
            Self::Webp => "image/webp",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoProblem {
    #[error("it is larger than 64 kB")]
    Large,
    #[error("it is no PNG, WebP or SVG, or something else stands behind the picture")]
    Kind,
    #[error("it is larger than 4096 pixels a side")]
    Pixels,
    #[error("an SVG must not contain scripts, links, other files or a document type")]
    Active,
}

/// A picture that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    pub kind: LogoKind,
    pub content: Vec<u8>,
}

impl Logo {
    /// # Errors
    /// If it is none of the three formats from the first byte to the last (a file that is two things at once is none), or
    /// does more than show a picture.
    pub fn parse(content: Vec<u8>) -> Result<Self, LogoProblem> {
        if content.len() > LARGEST_LOGO {
            return Err(LogoProblem::Large);
        }
        let kind = if content.starts_with(PNG) {
            png(&content)?;
            LogoKind::Png
        } else if content.starts_with(b"RIFF") {
            webp(&content).ok_or(LogoProblem::Kind)?;
            LogoKind::Webp
        } else {
            svg(std::str::from_utf8(&content).map_err(|_| LogoProblem::Kind)?)?;
            LogoKind::Svg
        };
        Ok(Self { kind, content })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A clause that names the file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let open = || {
            let file = File::open(path)?;
            let mut content = Vec::new();
            if !file.metadata()?.is_file() {
                return Err(std::io::Error::other("it is no file"));
            }
            file.take(LARGEST_LOGO as u64 + 1).read_to_end(&mut content)?;
            Ok(content)
        };
        let content = open().map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        Self::parse(content).map_err(|problem| format!("{} is no logo: {problem}", path.display()))
    }

    /// The last part of its address, by which browsers may keep it for ever: another picture has another one.
    pub fn name(&self) -> String {
        let hash: String =
            Sha256::digest(&self.content).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let ending: &str = self.kind.into();
        format!("{hash}.{ending}")
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn big_endian(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Chunks from the header to the end, and nothing behind (PNG Third Edition §5).
fn png(bytes: &[u8]) -> Result<(), LogoProblem> {
    let mut at = PNG.len();
    loop {
        let length = big_endian(bytes, at).ok_or(LogoProblem::Kind)? as usize;
        let name = bytes.get(at + 4..at + 8).ok_or(LogoProblem::Kind)?;
        let is_first = at == PNG.len();
        if is_first != (name == b"IHDR") || !name.iter().all(u8::is_ascii_alphabetic) {
            return Err(LogoProblem::Kind);
        }
        if is_first {
            let sides = [big_endian(bytes, at + 8), big_endian(bytes, at + 12)];
            if !sides.iter().all(|side| side.is_some_and(|side| (1..=LONGEST_SIDE).contains(&side))) {
                return Err(LogoProblem::Pixels);
            }
        }
        // Length, name, data and checksum.
        at += 12 + length;
        if name == b"IEND" {
            return if at == bytes.len() { Ok(()) } else { Err(LogoProblem::Kind) };
        }
    }
}

/// Chunks that fill the file (RFC 9649 §2.3).
fn webp(bytes: &[u8]) -> Option<()> {
    let length = |at: usize| -> Option<usize> {
        Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
    };
    if length(4)?.checked_add(8)? != bytes.len() || bytes.get(8..12)? != b"WEBP" {
        return None;
    }
    let first: &[u8] = bytes.get(12..16)?;
    if ![b"VP8 ", b"VP8L", b"VP8X"].iter().any(|name| first == name.as_slice()) {
        return None;
    }
    let mut at = 12;
    while at < bytes.len() {
        let long = length(at + 4)?;
        at = at.checked_add(8 + long + long % 2)?;
    }
    (at == bytes.len()).then_some(())
}

/// Elements that run, load or lead somewhere.
const ACTIVE: [&str; 22] = [
    "a",
    "animate",
    "animatemotion",
    "animatetransform",
    "audio",
    "canvas",
    "discard",
    "embed",
    "feimage",
    "foreignobject",
    "handler",
    "iframe",
    "image",
    "img",
    "link",
    "listener",
    "meta",
    "object",
    "script",
    "set",
    "source",
    "video",
];

/// A picture alone: our headers forbid all else to a browser as well, but the file may be opened elsewhere.
fn svg(text: &str) -> Result<(), LogoProblem> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    if let Some(after) = rest.strip_prefix("<?xml ") {
        rest = after.split_once("?>").ok_or(LogoProblem::Kind)?.1;
    }
    let (mut depth, mut roots) = (0_usize, 0_usize);
    while let Some((before, from)) = rest.split_once('<') {
        if (depth == 0 && !before.trim().is_empty()) || has_active_style(before) {
            return Err(LogoProblem::Kind);
        }
        if let Some(comment) = from.strip_prefix("!--") {
            rest = comment.split_once("-->").ok_or(LogoProblem::Kind)?.1;
            continue;
        }
        if from.starts_with(['!', '?']) {
            return Err(LogoProblem::Active);
        }
        let (tag, after) = tag(from).ok_or(LogoProblem::Kind)?;
        rest = after;
        if tag.starts_with('/') {
            depth = depth.checked_sub(1).ok_or(LogoProblem::Kind)?;
            continue;
        }
        element(tag, depth == 0)?;
        roots += usize::from(depth == 0);
        depth += usize::from(!tag.ends_with('/'));
    }
    match (depth, roots, rest.trim().is_empty()) {
        (0, 1, true) => Ok(()),
        _ => Err(LogoProblem::Kind),
    }
}

/// The text of a tag up to its `>`, which may stand within a value too, and what follows.
fn tag(text: &str) -> Option<(&str, &str)> {
    let mut within = None;
    for (at, c) in text.char_indices() {
        match within {
            Some(quote) if c == quote => within = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => within = Some(c),
            None if c == '>' => return Some((&text[..at], &text[at + 1..])),
            None if c == '<' => return None,
            None => {}
        }
    }
    None
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn element(tag: &str, is_root: bool) -> Result<(), LogoProblem> {
    let tag = tag.trim_end_matches('/');
    let (name, mut rest) = tag.split_at(tag.find(char::is_whitespace).unwrap_or(tag.len()));
    if is_root && (name != "svg" || !tag.contains("http://www.w3.org/2000/svg")) {
        return Err(LogoProblem::Kind);
    }
    if name.is_empty() || ACTIVE.contains(&local(name).as_str()) {
        return Err(LogoProblem::Active);
    }
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(());
        }
        let (attribute, after) = rest.split_once('=').ok_or(LogoProblem::Kind)?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(LogoProblem::Kind)?;
        let (value, after) = after[1..].split_once(quote).ok_or(LogoProblem::Kind)?;
        let attribute = local(attribute.trim());
        let leads_away = matches!(attribute.as_str(), "href" | "src" | "base") && !value.starts_with('#');
        if attribute.starts_with("on") || leads_away || has_active_style(value) {
            return Err(LogoProblem::Active);
        }
        rest = after;
    }
}

/// Whether a value or a style sheet loads something: `url(#a)` of the picture itself does not.
fn has_active_style(text: &str) -> bool {
    let text: String =
        text.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace() && !"'\"".contains(*c)).collect();
    let loads = text.match_indices("url(").any(|(at, _)| !text[at + 4..].starts_with('#'));
    // A name of a function may be written with escapes of CSS or XML.
    let is_escaped = (text.contains('\\') || text.contains("&#")) && text.contains('(');
    loads
        || is_escaped
        || text.contains("@import")
        || text.contains("javascript:")
        || text.contains("expression(")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = r##"<?xml version="1.0"?>
<!-- a gate -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">
  <style>.a { fill: url(#g) }</style>
  <defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
  <path class="a" d="M0 0h8v8z"/><use xlink:href="#g"/><title>a &gt; b</title>
</svg>
"##;

    /// One pixel.
    fn png_bytes() -> Vec<u8> {
        let mut bytes = PNG.to_vec();
        for (name, data) in [
            (b"IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0].as_slice()),
            (b"IDAT", [0x78, 0x9c, 0x63, 0, 0, 0, 2, 0, 1].as_slice()),
            (b"IEND", [].as_slice()),
        ] {
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend(name);
            bytes.extend(data);
            bytes.extend([0; 4]);
        }
        bytes
    }

    fn webp_bytes() -> Vec<u8> {
        let mut bytes = b"RIFF".to_vec();
        bytes.extend(16_u32.to_le_bytes());
        bytes.extend(b"WEBPVP8L");
        bytes.extend(3_u32.to_le_bytes());
        bytes.extend([0x2f, 0, 0, 0]);
        bytes
    }

    fn parse(bytes: impl Into<Vec<u8>>) -> Result<LogoKind, LogoProblem> {
        Logo::parse(bytes.into()).map(|logo| logo.kind)
    }

    #[test]
    fn pictures_of_three_kinds_are_known_by_their_content() {
        assert_eq!(parse(SVG), Ok(LogoKind::Svg));
        assert_eq!(parse(png_bytes()), Ok(LogoKind::Png));
        assert_eq!(parse(webp_bytes()), Ok(LogoKind::Webp));
        let name = Logo::parse(png_bytes()).unwrap().name();
        assert!(name.len() == 36 && name.ends_with(".png"), "{name}");
    }

    #[test]
    fn a_file_that_is_two_things_at_once_is_none() {
        for text in
            ["<script>alert(1)</script>", "PK\u{3}\u{4}", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"]
        {
            for picture in [png_bytes(), webp_bytes(), SVG.as_bytes().to_vec()] {
                let behind = [picture.clone(), text.as_bytes().to_vec()].concat();
                assert!(parse(behind).is_err(), "{text:?} behind a picture");
                let before = [text.as_bytes().to_vec(), picture].concat();
                assert!(parse(before).is_err(), "{text:?} before a picture");
            }
        }
        for bytes in [
            b"GIF89a".to_vec(),
            vec![],
            PNG.to_vec(),
            b"RIFF".to_vec(),
            b"<html></html>".to_vec(),
            vec![0xff; 9],
        ] {
            assert_eq!(parse(bytes.clone()), Err(LogoProblem::Kind), "{bytes:?}");
        }
        let mut endless = png_bytes();
        endless[8..12].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(parse(endless), Err(LogoProblem::Kind));
        let mut huge = png_bytes();
        huge[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(parse(huge), Err(LogoProblem::Pixels));
        assert_eq!(parse(vec![b' '; LARGEST_LOGO + 1]), Err(LogoProblem::Large));
    }

    #[test]
    fn an_svg_shows_a_picture_and_nothing_else() {
        let with = |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
        assert_eq!(parse(with("<g fill='none'><path d='M0 0'/></g>")), Ok(LogoKind::Svg));
        for inner in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<svg:script xmlns:svg='http://www.w3.org/2000/svg'>1</svg:script>",
            "<g onload='alert(1)'/>",
            "<g OnClick = \"alert(1)\"/>",
            "<g title='>' onload='x'/>",
            "<foreignObject><p>x</p></foreignObject>",
            "<image href='https://evil.example/x.png'/>",
            "<use xlink:href='https://evil.example/x.svg#a'/>",
            "<use href='data:image/svg+xml,x'/>",
            "<use href='&#x68;ttps://evil.example/'/>",
            "<a href='javascript:alert(1)'>x</a>",
            "<set attributeName='href' to='javascript:alert(1)'/>",
            "<animate attributeName='href' values='x'/>",
            "<g style='fill: url( \"https://evil.example/\" )'/>",
            "<style>@import 'https://evil.example/';</style>",
            "<style>* { background: url(//evil.example) }</style>",
            "<style>* { background: \\75rl(//evil.example) }</style>",
            "<g style='fill: &#117;rl(//evil.example)'/>",
            "<![CDATA[<script>]]>",
            "<?xml-stylesheet href='https://evil.example/'?>",
            "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
        ] {
            assert!(parse(with(inner)).is_err(), "{inner}");
        }
        let typed = format!("<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>{}", with("&a;"));
        assert_eq!(parse(typed), Err(LogoProblem::Active));
        for broken in [
            "<svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'>",
            "<html xmlns='http://www.w3.org/2000/svg'/>",
        ] {
            assert_eq!(parse(broken), Err(LogoProblem::Kind), "{broken}");
        }
    }
}
