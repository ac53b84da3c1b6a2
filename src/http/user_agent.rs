//! A client's browser and system, in two words.

/// Browser and system, recognised by their marks in `User-Agent`; the order matters, since each copies the others.
pub fn device(user_agent: &str) -> String {
    const BROWSERS: &[(&str, &str)] = &[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Whale/", "Whale"),
        ("Vivaldi/", "Vivaldi"),
        ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let first = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (first(BROWSERS), first(SYSTEMS)) {
        (None, None) => product(user_agent).unwrap_or_default().to_owned(),
        known => [known.0, known.1].into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

/// The name of a program (RFC 9110 §10.1.5), if it is a plain name.
fn product(user_agent: &str) -> Option<&str> {
    let name = user_agent.split(['/', ' ']).next()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (name != "Mozilla" && name.len() <= 40 && name.chars().all(is_plain)).then_some(name)
}

/// The drawing for a device, by the system that its browser named, or for a program.
pub fn device_icon(device: &str, is_program: bool) -> &'static str {
    if is_program {
        return "terminal";
    }
    match device.rsplit(" · ").next().unwrap_or_default() {
        "iPhone" => "phone",
        "Android" | "iPad" => "tablet",
        "Windows" => "desktop",
        "macOS" | "Linux" | "ChromeOS" => "laptop",
        _ => "globe",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_browsers_are_recognised() {
        let cases = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari · iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
                "Samsung Internet · Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome · macOS",
            ),
            ("curl/8.5.0", "curl"),
            ("python-requests/2.32.0", "python-requests"),
            ("okhttp/4.12.0", "okhttp"),
            ("Mozilla/5.0 (unheard of)", ""),
            (&"x".repeat(41), ""),
            ("<script>alert(1)</script>", ""),
            ("", ""),
        ];
        for (user_agent, name) in cases {
            assert_eq!(device(user_agent), name, "{user_agent}");
        }
    }
}
