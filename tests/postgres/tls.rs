//! TLS to PostgreSQL, with the certificate checked.

use std::path::Path;
use std::process::Command;

use crate::support::{Munjigi, Persona, PostgresServer, make_certificate, scratch};

fn program(url: &str, data: &Path) -> Command {
    let mut command = Munjigi::command(data);
    command.env("DATABASE_URL", url);
    command
}

/// The reason why it does not start.
fn refused(url: &str, data: &Path) -> String {
    let output = program(url, data).arg("migrate").output().unwrap();
    assert!(!output.status.success(), "{url}");
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn a_server_is_trusted_if_the_right_authority_certifies_its_name() {
    let (folder, other) = (scratch(), scratch());
    let made = make_certificate(folder.path());
    let server = PostgresServer::with_tls(&made);
    server.run("CREATE ROLE mina LOGIN PASSWORD 'p@ss/w?rd'");
    server.run("CREATE DATABASE id OWNER mina");
    let (right, wrong) = (folder.path().join("right.pem"), folder.path().join("wrong.pem"));
    std::fs::write(&right, &made.authority).unwrap();
    std::fs::write(&wrong, make_certificate(other.path()).authority).unwrap();
    let data = &folder.path().join("data");
    let url = |host: &str, password: &str, settings: &str| {
        format!("postgres://mina:{password}@{host}:{}/id?hostaddr=127.0.0.1&{settings}", server.port)
    };
    let checked = |authority: &Path| format!("sslmode=verify-full&sslrootcert={}", authority.display());

    let said = refused(&url("db.example.test", "p%40ss%2Fw%3Frd", &checked(&wrong)), data);
    assert!(said.contains("invalid peer certificate"), "an authority of the same name: {said}");
    let said = refused(&url("db.example.test", "p%40ss%2Fw%3Frd", "sslmode=verify-full"), data);
    assert!(said.contains("UnknownIssuer"), "the system knows no such authority: {said}");
    let said = refused(&url("db.elsewhere.test", "p%40ss%2Fw%3Frd", &checked(&right)), data);
    assert!(said.contains("not valid for name"), "{said}");
    let said = refused(&url("db.example.test", "p%40ss%2Fw%3Frd", "sslmode=disable"), data);
    assert!(said.contains("no encryption"), "{said}");
    let said = refused(&url("db.example.test", "wr0ng", &checked(&right)), data);
    assert!(said.contains("password authentication failed") && !said.contains("wr0ng"), "{said}");

    let here = Munjigi::serve(program(&url("db.example.test", "p%40ss%2Fw%3Frd", &checked(&right)), data));
    let mina = Persona::new(&here.url);
    mina.register("mina").await;
    assert!(mina.is_signed_in().await);
}
