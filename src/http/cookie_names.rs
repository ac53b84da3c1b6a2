//! The names of cookies in the browser.

use url::Url;

/// The port whose cookies have names without a port: that of a server with default settings.
const DEFAULT_PORT: u16 = 8080;

/// How an installation names its cookies. On https every name starts with `__Host-` or `__Secure-` (RFC 6265bis
/// §4.1.3). Browsers send cookies to every port of a host (RFC 6265 §8.5), so over plain http, where several
/// installations may run on one machine, the port is part of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CookieNames {
    Https,
    Http { port: u16 },
}

impl CookieNames {
    pub fn of(public_url: &Url) -> Self {
        match public_url.scheme() {
            "https" => Self::Https,
            _ => Self::Http { port: public_url.port_or_known_default().unwrap_or(DEFAULT_PORT) },
        }
    }

    pub fn is_https(self) -> bool {
        self == Self::Https
    }

    /// The name of a cookie for this host alone.
    pub fn host_only(self, name: &str) -> String {
        format!("{}{name}{}", self.host_prefix(), self.suffix())
    }

    /// The name of a cookie that is limited to a path, which `__Host-` does not allow.
    pub fn below_path(self, name: &str) -> String {
        let prefix = if self.is_https() { "__Secure-" } else { "" };
        format!("{prefix}{name}{}", self.suffix())
    }

    /// What the name of a cookie for this host alone starts with.
    pub fn host_prefix(self) -> &'static str {
        if self.is_https() { "__Host-" } else { "" }
    }

    /// What every name ends with.
    pub fn suffix(self) -> String {
        match self {
            Self::Http { port } if port != DEFAULT_PORT => format!("-{port}"),
            _ => String::new(),
        }
    }

    /// Whether earlier versions named the cookie as `name` alone.
    pub fn has_changed(self) -> bool {
        !matches!(self, Self::Https | Self::Http { port: DEFAULT_PORT })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_part_of_a_name_over_plain_http_alone() {
        for (url, host_only, below_path) in [
            ("https://id.example.org/", "__Host-munjigi", "__Secure-munjigi"),
            ("https://localhost:9001/", "__Host-munjigi", "__Secure-munjigi"),
            ("http://localhost:8080/", "munjigi", "munjigi"),
            ("http://localhost:9001/", "munjigi-9001", "munjigi-9001"),
            ("http://localhost/", "munjigi-80", "munjigi-80"),
        ] {
            let names = CookieNames::of(&Url::parse(url).unwrap());
            assert_eq!(names.host_only("munjigi"), host_only, "{url}");
            assert_eq!(names.below_path("munjigi"), below_path, "{url}");
            assert_eq!(names.has_changed(), host_only.contains("munjigi-"), "{url}");
        }
    }
}
