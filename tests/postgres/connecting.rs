//! The ways to a server: encryption, passwords, sockets, and several hosts.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};
use munjigi::platform::db::PgConn;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

use crate::support::{Certificate, PostgresServer, free_port, make_certificate, scratch, signal};

/// Whether the connection is encrypted.
fn connect(url: &str) -> Result<bool, String> {
    let mut conn = PgConn::establish(url).map_err(|error| error.to_string())?;
    let ssl = diesel::dsl::sql::<Bool>("(SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid())");
    Ok(diesel::select(ssl).get_result(&mut conn).unwrap())
}

fn port_of(url: &str) -> i32 {
    let mut conn = PgConn::establish(url).unwrap();
    diesel::select(diesel::dsl::sql::<Integer>("inet_server_port()")).get_result(&mut conn).unwrap()
}

#[test]
fn each_sslmode_verifies_what_it_says() {
    let (folder, other) = (scratch(), scratch());
    let made = make_certificate(folder.path());
    let server = PostgresServer::with_tls(&made);
    server.run("CREATE ROLE mina LOGIN PASSWORD 'p@ss:w\\rd'");
    let (right, wrong) = (folder.path().join("right.pem"), folder.path().join("wrong.pem"));
    std::fs::write(&right, &made.authority).unwrap();
    std::fs::write(&wrong, make_certificate(other.path()).authority).unwrap();
    let passwords = folder.path().join("passwords");
    std::fs::write(&passwords, "elsewhere.test:*:*:mina:wrong\n*:*:postgres:mina:p@ss\\:w\\\\rd\n").unwrap();
    std::fs::set_permissions(&passwords, std::fs::Permissions::from_mode(0o600)).unwrap();
    let to = |host: &str, parameters: &str| {
        let (port, file) = (server.port, passwords.display());
        connect(&format!(
            "postgres://mina@{host}:{port}/postgres?hostaddr=127.0.0.1&passfile={file}&{parameters}"
        ))
    };
    let (right, wrong) = (right.display(), wrong.display());
    let named = "db.example.test";
    for (host, parameters) in [
        (named, format!("sslmode=verify-full&sslrootcert={right}")),
        ("db.other.test", format!("sslmode=verify-ca&sslrootcert={right}")),
        ("db.other.test", format!("sslmode=require&sslrootcert={right}&channel_binding=require")),
        ("db.other.test", "sslmode=require&channel_binding=disable".to_owned()),
        ("db.other.test", "sslmode=prefer".to_owned()),
        ("db.other.test", "sslmode=allow".to_owned()),
        ("db.other.test", String::new()),
    ] {
        assert_eq!(to(host, &parameters), Ok(true), "{host} {parameters}");
    }
    for (host, parameters, reason) in [
        ("db.other.test", format!("sslmode=verify-full&sslrootcert={right}"), "not valid for name"),
        ("127.0.0.1", format!("sslmode=verify-full&sslrootcert={right}"), "not valid for name"),
        (named, format!("sslmode=verify-full&sslrootcert={wrong}"), "invalid peer certificate"),
        (named, format!("sslmode=verify-ca&sslrootcert={wrong}"), "invalid peer certificate"),
        (named, format!("sslmode=require&sslrootcert={wrong}"), "invalid peer certificate"),
        (named, "sslmode=verify-full".to_owned(), "invalid peer certificate"),
        (named, "sslmode=disable".to_owned(), "no encryption"),
        (named, "sslrootcert=/nowhere".to_owned(), "/nowhere"),
        (named, format!("sslrootcert={}", passwords.display()), "holds no certificate"),
        ("elsewhere.test", "sslmode=require".to_owned(), "password authentication failed"),
        (named, "sslmode=require&passfile=/nowhere".to_owned(), "password missing"),
        (named, "sslmode=require&password=wr0ng".to_owned(), "password authentication failed"),
    ] {
        let said = to(host, &parameters).unwrap_err();
        assert!(said.contains(reason) && !said.contains("wr0ng"), "{host} {parameters}: {said}");
    }
    let plain = |mode: &str| connect(&format!("{}?sslmode={mode}", server.url("postgres")));
    assert_eq!((plain("disable"), plain("allow"), plain("prefer")), (Ok(false), Ok(false), Ok(true)));
}

#[test]
fn certificates_identify_clients_and_one_that_signed_itself_is_its_own_authority() {
    let folder = scratch();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["db.example.test".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "One that signed itself");
    let own = params.self_signed(&key).unwrap().pem();
    let (chain, key_file) = (file("own.pem", &own), file("own.key", &key.serialize_pem()));
    let server =
        PostgresServer::with_tls(&Certificate { authority: own, chain: chain.clone(), key: key_file });
    server.run("CREATE ROLE certified LOGIN");

    let client_key = KeyPair::generate().unwrap();
    let mut client = CertificateParams::default();
    client.distinguished_name.push(DnType::CommonName, "certified");
    let client = client.signed_by(&client_key, &Issuer::new(params, key)).unwrap().pem();
    let (client, client_key) = (file("client.pem", &client), file("client.key", &client_key.serialize_pem()));
    let other = make_certificate(scratch().path()).authority;
    let other = file("other.pem", &other);

    let to = |user: &str, host: &str, root: &Path, more: &str| {
        let (port, root) = (server.port, root.display());
        let url = format!("postgres://{user}@{host}:{port}/postgres?hostaddr=127.0.0.1");
        connect(&format!("{url}&sslmode=verify-full&sslrootcert={root}{more}"))
    };
    assert_eq!(to("munjigi", "db.example.test", &chain, ""), Ok(true));
    assert!(to("munjigi", "db.other.test", &chain, "").unwrap_err().contains("not valid for name"));
    assert!(to("munjigi", "db.example.test", &other, "").unwrap_err().contains("invalid peer certificate"));
    let shown = format!("&sslcert={}&sslkey={}", client.display(), client_key.display());
    assert_eq!(to("certified", "db.example.test", &chain, &shown), Ok(true));
    let said = to("certified", "db.example.test", &chain, "").unwrap_err();
    assert!(said.contains("valid client certificate"), "{said}");
    let said =
        to("certified", "db.example.test", &chain, &shown.replace("client.key", "client.pem")).unwrap_err();
    assert!(said.contains("holds no private key"), "{said}");
}

#[test]
fn the_first_of_several_hosts_that_will_do_is_taken() {
    let folder = scratch();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
    let sockets = folder.path().display().to_string();
    let here = PostgresServer::start(&["fsync=off", &format!("unix_socket_directories={sockets}")]);
    let mut standby = PostgresServer::quick();
    standby.become_standby();
    let conn =
        PgConn::establish(&format!("postgres:///postgres?user=munjigi&host={sockets}&port={}", here.port));
    let mut conn = conn.unwrap();
    let name = diesel::dsl::sql::<Bool>(
        "inet_server_port() IS NULL AND current_setting('application_name') = 'munjigi' \
         AND current_setting('TimeZone') = 'UTC'",
    );
    assert!(diesel::select(name).get_result::<bool>(&mut conn).unwrap());

    let (first, second, closed) = (i32::from(here.port), i32::from(standby.port), free_port());
    let to = |ports: &str, parameters: &str| {
        let hosts = vec!["127.0.0.1"; ports.split(',').count()].join(",");
        format!("postgres:///postgres?user=munjigi&host={hosts}&port={ports}&{parameters}")
    };
    assert_eq!(port_of(&to(&format!("{closed},{second},{first}"), "")), second);
    for (role, port) in [
        ("any", second),
        ("read-write", first),
        ("primary", first),
        ("read-only", second),
        ("standby", second),
        ("prefer-standby", second),
    ] {
        let parameters = format!("target_session_attrs={role}");
        assert_eq!(port_of(&to(&format!("{second},{first}"), &parameters)), port, "{role}");
        let parameters = format!("{parameters}&load_balance_hosts=random");
        if role != "any" {
            assert_eq!(port_of(&to(&format!("{first},{second}"), &parameters)), port, "{role}");
        }
    }
    assert_eq!(port_of(&to(&first.to_string(), "target_session_attrs=prefer-standby")), first);
    let said = connect(&to(&format!("{closed},{second}"), "target_session_attrs=primary")).unwrap_err();
    assert!(said.contains("Connection refused") && said.contains("target_session_attrs"), "{said}");
    let options = to(&first.to_string(), "options=-c%20application_name%3Dby_options");
    assert!(connect(&options).is_ok());
}

#[test]
fn a_server_that_is_stopped_is_waited_for_as_long_as_the_url_says() {
    let server = PostgresServer::quick();
    let processes = server.processes();
    processes.iter().for_each(|process| signal(*process, "STOP"));
    let since = Instant::now();
    let said = connect(&format!("{}?connect_timeout=1", server.url("postgres"))).unwrap_err();
    processes.iter().for_each(|process| signal(*process, "CONT"));
    assert!(said.contains("did not answer in time"), "{said}");
    let took = since.elapsed();
    assert!(took >= Duration::from_secs(1) && took < Duration::from_secs(3), "{took:?}");
}

/// A runtime gives each task a budget, which no statement on its thread may use up.
#[tokio::test]
async fn many_statements_run_within_a_task() {
    let server = PostgresServer::quick();
    let mut conn = PgConn::establish(&server.url("postgres")).unwrap();
    for number in 0..500 {
        let query = diesel::select(diesel::dsl::sql::<Integer>("").bind::<Integer, _>(number));
        assert_eq!(query.get_result::<i32>(&mut conn), Ok(number));
    }
}
