//! Which primary of a cluster holds which slots.

use redis::{FromRedisValue, Value};

use super::place::{Place, place};

pub const SLOTS: u16 = 16_384;

/// The slot of a key: of the text in its first braces, if there is any (Redis Cluster specification).
pub fn slot(key: &[u8]) -> u16 {
    let tag = || {
        let open = key.iter().position(|byte| *byte == b'{')? + 1;
        let length = key[open..].iter().position(|byte| *byte == b'}')?;
        (length > 0).then(|| &key[open..open + length])
    };
    crc16(tag().unwrap_or(key)) % SLOTS
}

/// CRC-16/XMODEM.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |mut crc: u16, byte| {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
        }
        crc
    })
}

/// The slot map of a cluster, as one of its servers sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotMap {
    /// Increases with every failover and every move of slots: of differing maps, the one with the higher epoch is
    /// newer.
    pub epoch: u64,
    /// Sorted and unique.
    pub primaries: Vec<Place>,
    /// First slot, last slot, and index of the primary that holds them.
    ranges: Vec<(u16, u16, usize)>,
}

impl SlotMap {
    /// Parses `CLUSTER INFO` and `CLUSTER SLOTS` of the server at `asked`, which may not know its own address.
    pub fn read(info: &str, slots: Value, asked: &Place) -> Option<Self> {
        let Value::Array(ranges) = slots else { return None };
        let mut read = Vec::new();
        for range in ranges {
            let Value::Array(parts) = range else { return None };
            let mut parts = parts.into_iter();
            let (first, last) = (parts.next()?, parts.next()?);
            let Value::Array(primary) = parts.next()? else { return None };
            let fits = |value| u16::from_redis_value(value).ok().filter(|slot| *slot < SLOTS);
            read.push((fits(first)?, fits(last)?, address(primary, asked)?));
        }
        let mut primaries: Vec<Place> = read.iter().map(|(_, _, place)| place.clone()).collect();
        primaries.sort();
        primaries.dedup();
        let ranges = read.into_iter().map(|(first, last, place)| {
            primaries.binary_search(&place).map(|number| (first, last, number)).ok()
        });
        let ranges: Option<Vec<_>> = ranges.collect();
        Some(Self { epoch: epoch(info)?, ranges: ranges?, primaries })
    }

    pub fn owner(&self, slot: u16) -> Option<&Place> {
        let range = self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&slot))?;
        self.primaries.get(range.2)
    }
}

/// The cluster's epoch in `CLUSTER INFO`; none if the cluster's state is not ok.
pub fn epoch(info: &str) -> Option<u64> {
    let field = |name: &str| info.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'));
    if field("cluster_state")? != "ok" {
        return None;
    }
    field("cluster_current_epoch")?.parse().ok()
}

fn address(server: Vec<Value>, asked: &Place) -> Option<Place> {
    let mut parts = server.into_iter();
    let host: Option<String> = FromRedisValue::from_redis_value(parts.next()?).ok()?;
    let port = u16::from_redis_value(parts.next()?).ok()?;
    named(host.as_deref().unwrap_or_default(), port, asked)
}

/// The server at `host`; if that is empty, on the host that was asked.
fn named(host: &str, port: u16, asked: &Place) -> Option<Place> {
    match (host, asked) {
        ("?", _) | ("", Place::Socket(_)) => None,
        ("", Place::Tcp { host, .. }) => Some(Place::Tcp { host: host.clone(), port }),
        (host, _) => Some(Place::Tcp { host: host.to_owned(), port }),
    }
}

/// The server in a redirection.
pub fn redirection(address: &str, asked: &Place) -> Option<Place> {
    let (host, port) = address.rsplit_once(':')?;
    match host.contains(':') {
        // Redis writes IPv6 without brackets.
        true => place(&format!("[{}]:{port}", host.trim_matches(['[', ']'])), 0).ok(),
        false => named(host, port.parse().ok()?, asked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(host: &str, port: u16) -> Place {
        Place::Tcp { host: host.to_owned(), port }
    }

    fn range(first: i64, last: i64, host: Value, port: i64) -> Value {
        let server = Value::Array(vec![host, Value::Int(port), Value::BulkString(b"id".to_vec())]);
        Value::Array(vec![Value::Int(first), Value::Int(last), server])
    }

    const INFO: &str =
        "cluster_enabled:1\r\ncluster_state:ok\r\ncluster_current_epoch:6\r\ncluster_my_epoch:2\r\n";

    #[test]
    fn slots_are_those_of_the_specification() {
        assert_eq!(slot(b"123456789"), 0x31c3);
        assert_eq!(slot(b"foo"), 12_182);
        assert_eq!(slot(b"{foo}.bar"), slot(b"foo"));
        assert_eq!(slot(b"a{foo}{bar}"), slot(b"foo"));
        assert_eq!(slot(b"foo{}{bar}"), crc16(b"foo{}{bar}") % SLOTS);
        assert_eq!(slot(b"foo{{bar}}"), slot(b"{bar"));
    }

    #[test]
    fn a_slot_map_has_every_primary_once_and_the_server_that_was_asked() {
        let slots = Value::Array(vec![
            range(0, 99, Value::BulkString(b"10.0.0.2".to_vec()), 7001),
            range(100, 200, Value::Nil, 7000),
            range(201, 16_383, Value::BulkString(b"10.0.0.2".to_vec()), 7001),
        ]);
        let slot_map = SlotMap::read(INFO, slots, &at("seed", 1)).unwrap();
        assert_eq!((slot_map.epoch, slot_map.primaries.len()), (6, 2));
        assert_eq!(slot_map.owner(5), Some(&at("10.0.0.2", 7001)));
        assert_eq!(slot_map.owner(150), Some(&at("seed", 7000)));
        assert_eq!(slot_map.owner(16_383), Some(&at("10.0.0.2", 7001)));
    }

    #[test]
    fn a_cluster_that_does_not_work_has_no_slot_map() {
        let asked = at("seed", 1);
        let down = INFO.replace("state:ok", "state:fail");
        assert!(SlotMap::read(&down, Value::Array(vec![]), &asked).is_none());
        assert!(SlotMap::read("", Value::Array(vec![]), &asked).is_none());
        assert!(SlotMap::read(INFO, Value::Nil, &asked).is_none());
        assert!(SlotMap::read(INFO, Value::Array(vec![Value::Int(1)]), &asked).is_none());
        let unknown = range(0, 9, Value::BulkString(b"?".to_vec()), 1);
        assert!(SlotMap::read(INFO, Value::Array(vec![unknown]), &asked).is_none());
        let beyond = range(0, 16_384, Value::Nil, 1);
        assert!(SlotMap::read(INFO, Value::Array(vec![beyond]), &asked).is_none());
    }

    #[test]
    fn redirections_are_read() {
        let asked = at("seed", 1);
        assert_eq!(redirection("10.0.0.3:7002", &asked), Some(at("10.0.0.3", 7002)));
        assert_eq!(redirection("::1:7002", &asked), Some(at("::1", 7002)));
        assert_eq!(redirection(":7002", &asked), Some(at("seed", 7002)));
        assert_eq!(redirection("?:7002", &asked), None);
        assert_eq!(redirection("nowhere", &asked), None);
    }
}
