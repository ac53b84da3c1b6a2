//! Opens a connection to the first host that will do.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Instant;

use socket2::{Domain, SockAddr, Type};
use tokio_postgres::config::{SslMode as Tls, SslNegotiation};
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, SimpleQueryMessage};

use super::certificates::SslMode;
use super::host::Host;
use super::line::{Line, in_full, run_until};
use super::settings::{Role, Settings};
use super::socket::{Socket, Stream};

/// # Errors
/// Why no host will do, the first reason of each.
pub fn connect(settings: &Settings) -> Result<(Client, Line), String> {
    let mut hosts: Vec<&Host> = settings.hosts.iter().collect();
    if settings.is_shuffled {
        hosts.sort_by_cached_key(|_| getrandom::u32().unwrap_or_default());
    }
    let roles: &[Role] = match settings.role {
        Role::PreferStandby => &[Role::Standby, Role::Any],
        _ => &[settings.role],
    };
    let mut reasons = Vec::new();
    for role in roles {
        reasons.clear();
        for host in &hosts {
            match to_host(settings, host, *role) {
                Ok(connected) => return Ok(connected),
                Err(reason) => reasons.push(reason),
            }
        }
    }
    Err(reasons.join("; "))
}

fn to_host(settings: &Settings, host: &Host, role: Role) -> Result<(Client, Line), String> {
    let mut first = None;
    let addresses = addresses(host).map_err(|error| format!("{}: {error}", host.name))?;
    for address in &addresses {
        match to_address(settings, host, address).and_then(|connected| check(connected, role)) {
            Ok(connected) => return Ok(connected),
            Err(reason) => first = first.or(Some(reason)),
        }
    }
    let port = host.port;
    Err(format!("{}, port {port}: {}", host.name, first.unwrap_or_else(|| "it has no address".to_owned())))
}

fn addresses(host: &Host) -> io::Result<Vec<SockAddr>> {
    if host.is_socket() {
        return Ok(vec![SockAddr::unix(format!("{}/.s.PGSQL.{}", host.name, host.port))?]);
    }
    if let Some(address) = host.address {
        return Ok(vec![SocketAddr::new(address, host.port).into()]);
    }
    Ok((&*host.name, host.port).to_socket_addrs()?.map(SockAddr::from).collect())
}

fn to_address(settings: &Settings, host: &Host, address: &SockAddr) -> Result<(Client, Line), String> {
    let ways: &[Tls] = match settings.ssl_mode {
        // TLS protects nothing on a socket of this machine.
        _ if host.is_socket() => &[Tls::Disable],
        SslMode::Disable => &[Tls::Disable],
        SslMode::Allow => &[Tls::Disable, Tls::Require],
        SslMode::Prefer => &[Tls::Prefer, Tls::Disable],
        SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => &[Tls::Require],
    };
    let mut first = None;
    for way in ways {
        match shake_hands(settings, host, address, *way) {
            Ok(connected) => return Ok(connected),
            Err(Refusal { reason, may_be_encryption }) => {
                first = first.or(Some(reason));
                if !may_be_encryption {
                    break;
                }
            }
        }
    }
    Err(first.unwrap_or_default())
}

struct Refusal {
    reason: String,
    /// Whether another way of encryption may help.
    may_be_encryption: bool,
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self { reason, may_be_encryption: false }
    }
}

fn shake_hands(
    settings: &Settings,
    host: &Host,
    address: &SockAddr,
    way: Tls,
) -> Result<(Client, Line), Refusal> {
    let deadline = settings.connect_timeout.map(|time| Instant::now() + time);
    let socket = open(settings, address).map_err(|error| error.to_string())?;
    let socket = Arc::new(Socket::new(socket).map_err(|error| error.to_string())?);
    let mut config = Config::new();
    config
        .user(&settings.user)
        .dbname(&settings.database)
        .application_name(&settings.application_name)
        .channel_binding(settings.channel_binding)
        .ssl_mode(way);
    if let Some(options) = &settings.options {
        config.options(options);
    }
    if let Some(password) = settings.password(host) {
        config.password(password);
    }
    if settings.is_direct_tls && way == Tls::Require {
        config.ssl_negotiation(SslNegotiation::Direct);
    }
    let mut connector = settings.certificates.connector(settings.ssl_mode)?;
    let Ok(tls) = MakeTlsConnect::<Stream>::make_tls_connect(&mut connector, &host.name);
    let connecting = config.connect_raw(Stream(Arc::clone(&socket)), tls);
    let (client, connection) = run_until(&socket, deadline, connecting)?.map_err(|error| Refusal {
        reason: in_full(&error),
        may_be_encryption: error
            .code()
            .is_none_or(|code| *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION),
    })?;
    Ok((client, Line::new(socket, connection)))
}

fn open(settings: &Settings, address: &SockAddr) -> io::Result<socket2::Socket> {
    let socket = socket2::Socket::new(address.domain(), Type::STREAM, None)?;
    if address.domain() != Domain::UNIX {
        socket.set_tcp_nodelay(true)?;
        if let Some(keepalive) = &settings.keepalive {
            socket.set_tcp_keepalive(keepalive)?;
        }
        #[cfg(any(target_os = "linux", target_os = "android", target_os = "fuchsia"))]
        socket.set_tcp_user_timeout(settings.user_timeout)?;
    }
    match settings.connect_timeout {
        Some(time) => socket.connect_timeout(address, time)?,
        None => socket.connect(address)?,
    }
    Ok(socket)
}

/// Asks the server what it is, if that matters.
fn check((client, mut line): (Client, Line), role: Role) -> Result<(Client, Line), String> {
    const ASK: &str = "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')";
    if role == Role::Any {
        return Ok((client, line));
    }
    let answer = line.run(client.simple_query(ASK)).ok_or_else(|| line.reason().to_owned())?;
    let answer = answer.map_err(|error| in_full(&error))?;
    let row = answer.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some((row.get(0) == Some("t"), row.get(1) == Some("on"))),
        _ => None,
    });
    let (is_standby, is_read_only) = row.ok_or("the server does not say what it is")?;
    let fits = match role {
        Role::Any | Role::PreferStandby => true,
        Role::ReadWrite => !is_read_only,
        Role::ReadOnly => is_read_only,
        Role::Primary => !is_standby,
        Role::Standby => is_standby,
    };
    if fits {
        Ok((client, line))
    } else {
        Err("the server is not what target_session_attrs asks for".to_owned())
    }
}
