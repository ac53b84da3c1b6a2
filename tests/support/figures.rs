//! The metrics of a running server, read as Prometheus reads them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Munjigi;

/// One reading of `/metrics`: values by series, `name{label="value",…}`.
#[derive(Debug)]
pub struct Figures {
    pub text: String,
    pub series: BTreeMap<String, f64>,
}

/// A real server that shows metrics. Without `redis`, sessions are beside the users.
pub fn with_metrics(data: &Path, redis: Option<&str>) -> Munjigi {
    let mut command = Munjigi::command(data);
    // No test reads the log here, and a pipe holds only some hundred lines.
    command.env("MUNJIGI_METRICS_LISTEN", "127.0.0.1:0").env("MUNJIGI_LOG", "error");
    if let Some(url) = redis {
        command.env("REDIS_URL", url);
    }
    Munjigi::serve(command)
}

impl Munjigi {
    pub async fn figures(&self) -> Figures {
        let reply = super::get(self.metrics_url.as_ref().unwrap()).await.unwrap();
        assert_eq!(reply.status(), 200);
        Figures::parse(reply.text().await.unwrap())
    }

    /// Reads until the figures satisfy the condition.
    pub async fn figures_once(&self, wished: impl Fn(&Figures) -> bool) -> Figures {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let figures = self.figures().await;
            if wished(&figures) {
                return figures;
            }
            assert!(Instant::now() < deadline, "{}", figures.text);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Figures {
    /// Every line must be valid in the format.
    fn parse(text: String) -> Self {
        let sample = regex::Regex::new(
            r#"^([a-z][a-z_]*(?:\{(?:[a-z]+="[^"\\]*",?)*\})?) (-?[0-9.]+(?:e-?[0-9]+)?)$"#,
        )
        .unwrap();
        let mut series = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            let parts = sample.captures(line).unwrap_or_else(|| panic!("what is this? {line}"));
            let fresh = series.insert(parts[1].to_owned(), parts[2].parse().unwrap()).is_none();
            assert!(fresh, "reported twice: {line}");
        }
        assert!(text.ends_with("# EOF\n"));
        Self { text, series }
    }

    /// The value of a series; 0 while there is none.
    pub fn of(&self, series: &str) -> f64 {
        self.series.get(series).copied().unwrap_or_default()
    }

    /// All series of this name together.
    pub fn sum(&self, name: &str) -> f64 {
        let own = |series: &str| series.split('{').next() == Some(name);
        self.series.iter().filter(|(series, _)| own(series)).map(|(_, value)| value).sum()
    }

    /// Names without labels.
    pub fn has(&self, name: &str) -> bool {
        self.series.keys().any(|series| series.split('{').next() == Some(name))
    }
}
