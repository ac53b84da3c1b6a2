//! Parses `REDIS_URL`: addresses, topology and credentials.

use std::fmt;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;

use super::access::{Access, TlsFiles};
use super::place::{Expected, Place, place};

const REDIS_PORT: u16 = 6379;
const SENTINEL_PORT: u16 = 26379;

const SHAPE: Expected = "a URL such as redis://127.0.0.1:6379, rediss://user:password@host:6379/0, \
     redis+sentinel://host1,host2,host3/mymaster or redis+cluster://host1,host2,host3";

/// Redis as configured. Deliberately without `Debug`, because it may contain passwords; `Display` omits them.
#[derive(Clone)]
pub struct RedisUrl {
    pub form: Form,
    /// Access to the servers that hold the data.
    pub access: Access,
}

/// The topology.
#[derive(Clone)]
pub enum Form {
    /// One server.
    Single(Place),
    /// One server at a time, chosen by sentinels.
    Sentinel { sentinels: Vec<Place>, master: String, access: Access },
    /// Many servers, each with a part of the keys; these are some of them.
    Cluster(Vec<Place>),
}

impl RedisUrl {
    /// Parses a URL. `files` are used if it asks for TLS.
    pub fn parse(text: &str, files: &TlsFiles) -> Result<Self, Expected> {
        let (scheme, rest) = text.split_once("://").ok_or(SHAPE)?;
        if rest.contains('#') {
            return Err("a URL without #; in a password it is %23");
        }
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut query = Query::parse(query)?;
        if matches!(scheme, "unix" | "redis+unix") {
            return Self::socket(rest, query);
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (user_info, hosts) = match authority.rsplit_once('@') {
            Some((user_info, hosts)) => (user_info, hosts),
            None => ("", authority),
        };
        let (tls, kind) = match scheme {
            "redis" => (false, "single"),
            "rediss" => (true, "single"),
            "redis+sentinel" => (false, "sentinel"),
            "rediss+sentinel" => (true, "sentinel"),
            "redis+cluster" => (false, "cluster"),
            "rediss+cluster" => (true, "cluster"),
            _ => return Err(SHAPE),
        };
        let (user, password) = credentials(user_info)?;
        let mut access = Access::new(user, password);
        if tls {
            access = access.with_tls(files)?;
        }
        let port = if kind == "sentinel" { SENTINEL_PORT } else { REDIS_PORT };
        let mut places = hosts.split(',').map(|host| place(host, port)).collect::<Result<Vec<_>, _>>()?;
        let form = match kind {
            "sentinel" => {
                let (master, db) = path.split_once('/').unwrap_or((path, ""));
                access = access.on(database(db)?);
                let master = decode(master)?;
                if master.is_empty() {
                    return Err("the master's name behind the sentinels, such as /mymaster");
                }
                let own = Access::new(query.take("sentinel_user")?, query.take("sentinel_password")?);
                let own = if tls { own.with_tls(files)? } else { own };
                Form::Sentinel { sentinels: places, master, access: own }
            }
            "cluster" if database(path)? == 0 => Form::Cluster(places),
            "cluster" => return Err("no database number for a cluster, which has one database"),
            _ => {
                access = access.on(database(path)?);
                let place = places.pop().filter(|_| places.is_empty());
                Form::Single(place.ok_or("one host; several need redis+sentinel:// or redis+cluster://")?)
            }
        };
        query.finish()?;
        Ok(Self { form, access })
    }

    fn socket(path: &str, mut query: Query<'_>) -> Result<Self, Expected> {
        let path = decode(path)?;
        if !path.starts_with('/') {
            return Err("an absolute path behind unix://, such as unix:///run/redis/redis.sock");
        }
        let db = query.take("db")?.unwrap_or_default();
        let access = Access::new(query.take("user")?, query.take("password")?).on(database(&db)?);
        query.finish()?;
        Ok(Self { form: Form::Single(Place::Socket(PathBuf::from(path))), access })
    }
}

/// The query parameters; each must be consumed.
struct Query<'t>(Vec<(&'t str, &'t str)>);

impl<'t> Query<'t> {
    fn parse(text: &'t str) -> Result<Self, Expected> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').ok_or("name=value behind the question mark"));
        Ok(Self(pairs.collect::<Result<_, _>>()?))
    }

    fn take(&mut self, name: &str) -> Result<Option<String>, Expected> {
        let Some(at) = self.0.iter().position(|(known, _)| *known == name) else { return Ok(None) };
        decode(self.0.remove(at).1).map(Some)
    }

    fn finish(self) -> Result<(), Expected> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(
            "nothing behind the question mark but sentinel_user and sentinel_password, or db, user and password of a socket",
        )
    }
}

fn credentials(text: &str) -> Result<(Option<String>, Option<String>), Expected> {
    match text.split_once(':') {
        None if text.is_empty() => Ok((None, None)),
        None => Err("user:password@ or :password@ before the host"),
        Some((_, "")) => Err("a password behind the user"),
        Some((user, password)) => {
            let user = decode(user)?;
            Ok(((!user.is_empty()).then_some(user), Some(decode(password)?)))
        }
    }
}

fn decode(text: &str) -> Result<String, Expected> {
    let decoded = percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
    decoded.map_err(|_| "user, password and names percent-encoded as UTF-8")
}

fn database(text: &str) -> Result<i64, Expected> {
    let number = if text.is_empty() { Ok(0) } else { text.parse::<u16>() };
    number.map(i64::from).map_err(|_| "a database number at the end of the path, such as /0")
}

impl fmt::Display for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |places: &[Place]| places.iter().map(Place::to_string).collect::<Vec<_>>().join(", ");
        match &self.form {
            Form::Single(place) => write!(f, "{place}")?,
            Form::Sentinel { sentinels, master, .. } => {
                write!(f, "{master} by the sentinels {}", list(sentinels))?;
            }
            Form::Cluster(seeds) => write!(f, "the cluster of {}", list(seeds))?,
        }
        if self.access.has_tls() { f.write_str(", by TLS") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
