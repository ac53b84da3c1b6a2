//! How to reach a server: what the URL, the `PG…` variables and the defaults say, as libpq reads them.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use socket2::TcpKeepalive;
use tokio_postgres::config::ChannelBinding;
use url::Url;

use super::certificates::{Certificates, SslMode};
use super::host::Host;
use super::password_file;

/// Parameters of the URL, with the variable that stands in for each.
const PARAMETERS: [(&str, &str); 28] = [
    ("application_name", "PGAPPNAME"),
    ("channel_binding", "PGCHANNELBINDING"),
    ("connect_timeout", "PGCONNECT_TIMEOUT"),
    ("host", "PGHOST"),
    ("hostaddr", "PGHOSTADDR"),
    ("keepalives", ""),
    ("keepalives_count", ""),
    ("keepalives_idle", ""),
    ("keepalives_interval", ""),
    ("load_balance_hosts", "PGLOADBALANCEHOSTS"),
    ("options", "PGOPTIONS"),
    ("passfile", "PGPASSFILE"),
    ("password", "PGPASSWORD"),
    ("port", "PGPORT"),
    ("sslcert", "PGSSLCERT"),
    ("sslkey", "PGSSLKEY"),
    ("sslmode", "PGSSLMODE"),
    ("sslnegotiation", "PGSSLNEGOTIATION"),
    ("sslrootcert", "PGSSLROOTCERT"),
    ("target_session_attrs", "PGTARGETSESSIONATTRS"),
    ("tcp_user_timeout", ""),
    ("user", "PGUSER"),
    // Without effect: no compression, no GSSAPI, and always UTF-8.
    ("client_encoding", ""),
    ("dbname", ""),
    ("fallback_application_name", ""),
    ("gssencmode", ""),
    ("sslcompression", ""),
    ("sslsni", ""),
];

/// Further parameters of libpq, which would be passed over in silence.
const UNSUPPORTED: [&str; 20] = [
    "gssdelegation",
    "gsslib",
    "krbsrvname",
    "max_protocol_version",
    "min_protocol_version",
    "oauth_client_id",
    "oauth_client_secret",
    "oauth_issuer",
    "oauth_scope",
    "replication",
    "require_auth",
    "requirepeer",
    "requiressl",
    "scram_client_key",
    "scram_server_key",
    "service",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcrl",
    "sslcrldir",
];

/// The same among the variables: each would make a connection safer, or lead elsewhere.
const UNSUPPORTED_VARIABLES: [&str; 6] =
    ["PGREQUIREAUTH", "PGREQUIREPEER", "PGSERVICE", "PGSSLCRL", "PGSSLCRLDIR", "PGSSLMINPROTOCOLVERSION"];

/// Seconds until a first sign of life is asked for, between further ones, and how many may stay without an answer.
const KEEPALIVE: (u64, u64, u32) = (5, 2, 3);
/// Milliseconds for which what was sent may stay unacknowledged.
const USER_TIMEOUT: u64 = 5_000;

pub struct Settings {
    /// In the order in which they are tried.
    pub hosts: Vec<Host>,
    pub is_shuffled: bool,
    pub user: String,
    pub database: String,
    password: Option<String>,
    password_file: Option<PathBuf>,
    pub options: Option<String>,
    pub application_name: String,
    pub ssl_mode: SslMode,
    pub is_direct_tls: bool,
    pub certificates: Certificates,
    pub channel_binding: ChannelBinding,
    /// For each address.
    pub connect_timeout: Option<Duration>,
    pub keepalive: Option<TcpKeepalive>,
    pub user_timeout: Option<Duration>,
    pub role: Role,
}

/// Which of several servers will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Role {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    PreferStandby,
}

impl Settings {
    /// `connect_timeout` is in seconds, for a URL that sets none.
    ///
    /// # Errors
    /// A sentence that names the parameter, and repeats no value.
    pub fn of(url: &Url, connect_timeout: Option<u64>) -> Result<Self, String> {
        Self::read(url, connect_timeout, &|name| std::env::var(name).ok())
    }

    fn read(
        url: &Url,
        connect_timeout: Option<u64>,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let given = Given { pairs: pairs(url)?, variable };
        if let Some(name) = UNSUPPORTED_VARIABLES.iter().find(|name| given.variable(name).is_some()) {
            return Err(format!("the variable {name} is set, which is not supported; unset it"));
        }
        if given.get("gssencmode").is_some_and(|mode| mode == "require") {
            return Err("the parameter gssencmode=require is not supported; use sslmode".to_owned());
        }
        let root = given.get("sslrootcert");
        let strict = if root.as_deref() == Some("system") { SslMode::VerifyFull } else { SslMode::Prefer };
        let ssl_mode = given.choice("sslmode", strict)?;
        let home = std::env::home_dir();
        let in_home = |name: &str| home.as_ref().map(|home| home.join(name));
        let user = given.get("user").map_or_else(operating_user, Ok)?;
        Ok(Self {
            hosts: hosts(&given)?,
            is_shuffled: given.flag("load_balance_hosts", ["disable", "random"])?,
            user,
            database: decoded(url.path().trim_start_matches('/')),
            password: given.get("password"),
            password_file: given.get("passfile").map(PathBuf::from).or_else(|| in_home(".pgpass")),
            options: given.get("options"),
            application_name: given.get("application_name").unwrap_or_else(|| "munjigi".to_owned()),
            ssl_mode,
            is_direct_tls: given.flag("sslnegotiation", ["postgres", "direct"])?,
            certificates: Certificates {
                authority: root.map(PathBuf::from),
                own: given.get("sslcert").map(PathBuf::from),
                key: given.get("sslkey").map(PathBuf::from),
                folder: in_home(".postgresql"),
            },
            channel_binding: channel_binding(&given)?,
            connect_timeout: seconds(given.number("connect_timeout", connect_timeout.unwrap_or(0))?),
            keepalive: keepalive(&given)?,
            user_timeout: Some(given.number("tcp_user_timeout", USER_TIMEOUT)?)
                .filter(|time| *time > 0)
                .map(Duration::from_millis),
            role: given.choice("target_session_attrs", Role::Any)?,
        })
    }

    /// The password for a host.
    pub fn password(&self, host: &Host) -> Option<String> {
        let from_file = || {
            let file = self.password_file.as_deref()?;
            password_file::find(file, host, &self.database, &self.user)
        };
        self.password.clone().or_else(from_file)
    }
}

/// Parameters of the URL and variables.
struct Given<'a> {
    pairs: Vec<(String, String)>,
    variable: &'a dyn Fn(&str) -> Option<String>,
}

impl Given<'_> {
    fn variable(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !name.is_empty() && !value.is_empty())
    }

    /// Empty counts as absent. The last one wins.
    fn get(&self, name: &str) -> Option<String> {
        let of_url = self.pairs.iter().rev().find(|(key, value)| key == name && !value.is_empty());
        let variable = PARAMETERS.iter().find(|(key, _)| *key == name).map_or("", |(_, variable)| variable);
        of_url.map(|(_, value)| value.clone()).or_else(|| self.variable(variable))
    }

    fn choice<T: std::str::FromStr>(&self, name: &str, default: T) -> Result<T, String> {
        self.get(name).map_or(Ok(default), |value| value.parse().map_err(|_| unfit(name)))
    }

    fn number(&self, name: &str, default: u64) -> Result<u64, String> {
        self.choice(name, default)
    }

    /// Whether it is the second of two values; the first is the default.
    fn flag(&self, name: &str, values: [&str; 2]) -> Result<bool, String> {
        match self.get(name) {
            None => Ok(false),
            Some(value) if value == values[0] => Ok(false),
            Some(value) if value == values[1] => Ok(true),
            Some(_) => Err(unfit(name)),
        }
    }
}

fn unfit(name: &str) -> String {
    format!("the parameter {name} of the URL has a value that does not fit")
}

/// The parameters, those before the path first.
fn pairs(url: &Url) -> Result<Vec<(String, String)>, String> {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let mut pairs: Vec<(String, String)> = [
        ("user", url.username().to_owned()),
        ("password", url.password().unwrap_or_default().to_owned()),
        ("host", host.to_owned()),
        ("port", url.port().map(|port| port.to_string()).unwrap_or_default()),
    ]
    .map(|(name, value)| (name.to_owned(), decoded(&value)))
    .into();
    for pair in url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if UNSUPPORTED.contains(&name) || name == "sslpassword" {
            return Err(format!("the parameter {name} of the URL is not supported; leave it out"));
        }
        if !PARAMETERS.iter().any(|(known, _)| *known == name) {
            // It may be a part of a password.
            return Err("a parameter of the URL is unknown; a password must be percent-encoded".to_owned());
        }
        pairs.push((name.to_owned(), decoded(value)));
    }
    Ok(pairs)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn operating_user() -> Result<String, String> {
    whoami::username().map_err(|_| "the URL names no user".to_owned())
}

fn hosts(given: &Given) -> Result<Vec<Host>, String> {
    let list = |name: &str| -> Vec<String> {
        given.get(name).map(|list| list.split(',').map(str::to_owned).collect()).unwrap_or_default()
    };
    let (names, addresses, ports) = (list("host"), list("hostaddr"), list("port"));
    let count = names.len().max(addresses.len()).max(1);
    let fits = |list: &[String], also: usize| list.is_empty() || list.len() == count || list.len() == also;
    if !fits(&names, count) || !fits(&addresses, count) || !fits(&ports, 1) {
        return Err("the parameters host, hostaddr and port of the URL differ in length".to_owned());
    }
    let host = |number: usize| {
        let port = match ports.get(if ports.len() == 1 { 0 } else { number }).filter(|port| !port.is_empty())
        {
            Some(port) => port.parse().map_err(|_| unfit("port"))?,
            None => 5432,
        };
        let address = match addresses.get(number).filter(|address| !address.is_empty()) {
            Some(address) => Some(address.parse().map_err(|_| unfit("hostaddr"))?),
            None => None,
        };
        let name = names.get(number).filter(|name| !name.is_empty()).cloned();
        let name = name.or_else(|| address.map(|address: IpAddr| address.to_string()));
        Ok(name.map_or_else(|| Host::local(port), |name| Host { name, address, port }))
    };
    (0..count).map(host).collect()
}

fn channel_binding(given: &Given) -> Result<ChannelBinding, String> {
    match given.get("channel_binding").as_deref() {
        None | Some("prefer") => Ok(ChannelBinding::Prefer),
        Some("disable") => Ok(ChannelBinding::Disable),
        Some("require") => Ok(ChannelBinding::Require),
        Some(_) => Err(unfit("channel_binding")),
    }
}

fn keepalive(given: &Given) -> Result<Option<TcpKeepalive>, String> {
    let (idle, interval, count) = KEEPALIVE;
    let keepalive = TcpKeepalive::new()
        .with_time(Duration::from_secs(given.number("keepalives_idle", idle)?.max(1)))
        .with_interval(Duration::from_secs(given.number("keepalives_interval", interval)?.max(1)))
        .with_retries(given.choice("keepalives_count", count)?.max(1));
    Ok((given.number("keepalives", 1)? > 0).then_some(keepalive))
}

fn seconds(number: u64) -> Option<Duration> {
    (number > 0).then(|| Duration::from_secs(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Settings::read(&url.parse().unwrap(), Some(3), &variable)
    }

    fn host(name: &str, address: Option<&str>, port: u16) -> Host {
        Host { name: name.to_owned(), address: address.map(|address| address.parse().unwrap()), port }
    }

    #[test]
    fn a_server_that_is_gone_is_noticed_within_seconds_unless_the_url_says_otherwise() {
        let usual = read("postgres://mina:p%40ss+@db.example.org/id", &[]).unwrap();
        assert_eq!(usual.hosts, [host("db.example.org", None, 5432)]);
        assert_eq!((&*usual.user, &*usual.database, &*usual.application_name), ("mina", "id", "munjigi"));
        assert_eq!(usual.password(&usual.hosts[0]).as_deref(), Some("p@ss+"));
        assert_eq!(usual.connect_timeout, Some(Duration::from_secs(3)));
        assert_eq!(usual.user_timeout, Some(Duration::from_secs(5)));
        let keepalive = |idle, interval, count| {
            let [idle, interval] = [idle, interval].map(Duration::from_secs);
            format!("{:?}", TcpKeepalive::new().with_time(idle).with_interval(interval).with_retries(count))
        };
        assert_eq!(format!("{:?}", usual.keepalive.unwrap()), keepalive(5, 2, 3));
        assert_eq!((usual.ssl_mode, usual.role), (SslMode::Prefer, Role::Any));
        assert!(usual.options.is_none() && !usual.is_direct_tls && !usual.is_shuffled);

        let own = read(
            "postgres://u@h/id?connect_timeout=9&keepalives_idle=7&keepalives_interval=8&keepalives_count=9\
             &tcp_user_timeout=1500&application_name=x%20y&options=-c%20search_path%3Da&sslmode=verify-full\
             &target_session_attrs=read-write&load_balance_hosts=random&sslnegotiation=direct\
             &channel_binding=require",
            &[("PGAPPNAME", "z"), ("PGSSLMODE", "disable")],
        )
        .unwrap();
        assert_eq!(own.connect_timeout, Some(Duration::from_secs(9)));
        assert_eq!(own.user_timeout, Some(Duration::from_millis(1_500)));
        assert_eq!(format!("{:?}", own.keepalive.unwrap()), keepalive(7, 8, 9));
        assert_eq!((&*own.application_name, own.options.as_deref()), ("x y", Some("-c search_path=a")));
        assert_eq!((own.ssl_mode, own.role), (SslMode::VerifyFull, Role::ReadWrite));
        assert!(own.is_direct_tls && own.is_shuffled && own.channel_binding == ChannelBinding::Require);

        let none = read("postgres://u@h/id?connect_timeout=0&tcp_user_timeout=0&keepalives=0", &[]).unwrap();
        assert!(none.connect_timeout.is_none() && none.user_timeout.is_none() && none.keepalive.is_none());
    }

    #[test]
    fn hosts_stand_in_the_url_its_parameters_or_the_variables() {
        let hosts = |url: &str, variables: &[(&str, &str)]| read(url, variables).map(|read| read.hosts);
        assert_eq!(hosts("postgres://u@[::1]:5433/id", &[]).unwrap(), [host("::1", None, 5433)]);
        let socket = host("/run/postgresql", None, 5432);
        assert!(socket.is_socket());
        let by_parameter = hosts("postgres:///id?user=u&host=/run/postgresql", &[]).unwrap();
        assert_eq!(by_parameter, std::slice::from_ref(&socket));
        assert_eq!(hosts("postgres://u@%2Frun%2Fpostgresql/id", &[]).unwrap(), [socket]);
        let two = [host("a", Some("10.0.0.1"), 1), host("b", Some("10.0.0.2"), 2)];
        let named = "host=a,b&hostaddr=10.0.0.1,10.0.0.2&port=1,2";
        assert_eq!(hosts(&format!("postgres:///id?user=u&{named}"), &[]).unwrap(), two);
        assert_eq!(
            hosts("postgres://u@a,b/id", &[]).unwrap(),
            [host("a", None, 5432), host("b", None, 5432)]
        );
        let unlike = hosts("postgres:///id?user=u&host=a,b,c&port=1,2", &[]).unwrap_err();
        assert!(unlike.contains("host, hostaddr and port"), "{unlike}");

        let variables = [
            ("PGHOST", "db"),
            ("PGPORT", "7"),
            ("PGUSER", "mina"),
            ("PGPASSWORD", "p"),
            ("PGSSLMODE", "require"),
        ];
        let read = read("postgres:///id", &variables).unwrap();
        assert_eq!((&read.hosts[0], &*read.user), (&host("db", None, 7), "mina"));
        assert_eq!(read.password(&read.hosts[0]).as_deref(), Some("p"));
        assert_eq!(read.ssl_mode, SslMode::Require);
        let own = hosts("postgres://u@h:1/id", &variables).unwrap();
        assert_eq!(own, [host("h", None, 1)], "the URL comes first");
        assert_eq!(hosts("postgres://u@h/id?port=", &variables).unwrap(), [host("h", None, 7)]);
    }

    #[test]
    fn what_is_not_supported_is_refused_by_its_name_and_no_value_is_repeated() {
        let said = |parameters: &str, variables: &[(&str, &str)]| {
            let said = read(&format!("postgres://u@h/id?{parameters}"), variables).err().unwrap();
            assert!(!said.contains("hunter2"), "{said}");
            said
        };
        for name in UNSUPPORTED {
            assert!(
                said(&format!("{name}=hunter2"), &[])
                    .contains(&format!("{name} of the URL is not supported"))
            );
        }
        for (name, _) in PARAMETERS.iter().filter(|(name, _)| {
            name.starts_with("keepalives") || name.ends_with("timeout") || name.starts_with("target")
        }) {
            assert!(said(&format!("{name}=hunter2"), &[]).contains(name));
        }
        for name in ["sslmode", "channel_binding", "sslnegotiation", "load_balance_hosts", "port", "hostaddr"]
        {
            assert!(said(&format!("{name}=hunter2"), &[]).contains(name));
        }
        assert!(said("hunter2=1", &[]).contains("percent-encoded"));
        for name in UNSUPPORTED_VARIABLES {
            assert!(said("sslmode=disable", &[(name, "hunter2")]).contains(name));
        }
        assert!(said("gssencmode=require", &[]).contains("gssencmode"));
        assert!(read("postgres://u@h/id?gssencmode=disable&sslcompression=0", &[]).is_ok());
        let system = read("postgres://u@h/id?sslrootcert=system", &[]).unwrap();
        assert_eq!(system.ssl_mode, SslMode::VerifyFull);
    }
}
