//! From SQLite to PostgreSQL and back with the real program: every user is moved.

use std::path::Path;

use crate::support::{ApiClient, Munjigi, PASSWORD, Persona, PostgresServer, TestApp, scratch};

fn run(data: &Path, words: &[&str]) -> Result<String, String> {
    let output = Munjigi::command(data).args(words).output().unwrap();
    let said = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(said(output.stdout)) } else { Err(said(output.stderr)) }
}

fn serve(data: &Path, url: &str) -> Munjigi {
    let mut command = Munjigi::command(data);
    command.env("DATABASE_URL", url);
    Munjigi::serve(command)
}

#[tokio::test]
async fn everything_moves_to_postgresql_and_back_and_goes_on() {
    let server = PostgresServer::quick();
    let app = TestApp::on_sqlite().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let noa = app.staff("노아").await;
    noa.post("/board/new", &[("version", "0"), ("title", "It's \"here\" \\ 문지기 🦉"), ("body", "a\n\tb")])
        .await;
    noa.post("/admin/groups", &[("name", "편집자")]).await.assert_redirect("/admin/groups/1");
    app.member("gone").await;
    app.execute("DELETE FROM users WHERE username = 'gone'");
    let fields = [("name", "Backup"), ("posts:read", "yes"), ("expires_at", "never")];
    let token = format!("Token {}", noa.post("/tokens", &fields).await.find("#token").remove(0));
    let mut phone = app.client_of("노아").await;
    let data = app.config.data_dir.clone();
    let first = format!("sqlite://{}", data.join("munjigi.db").display());
    server.run("CREATE DATABASE id");
    let second = server.url("id");
    let third = format!("sqlite://{}", data.join("back.db").display());

    let said = run(&data, &["move-database", "--from", &first, "--to", &second]).unwrap();
    assert!(said.contains("2 users") && said.contains("1 posts") && said.contains("1 api_tokens"), "{said}");
    let again = run(&data, &["move-database", "--from", &first, "--to", &second]).unwrap_err();
    assert!(again.contains("must be empty"), "{again}");

    let code = authenticator.code_at(app.clock.now() + 30);
    for (url, newcomer, code) in [(&second, "sua", &code), (&third, "haru", &authenticator.recovery[0])] {
        if url == &third {
            run(&data, &["move-database", "--from", &second, "--to", &third]).unwrap();
        }
        let here = serve(&data, url);
        for persona in [&mina, &noa] {
            let open = Persona::new(&here.url);
            open.set_cookie("munjigi", &persona.cookie("munjigi").unwrap());
            assert!(open.is_signed_in().await, "no session has ended");
        }
        let staff = Persona::new(&here.url);
        staff.set_cookie("munjigi", &noa.cookie("munjigi").unwrap());
        let users = if url == &second { "2" } else { "3" };
        assert_eq!(staff.get("/admin").await.find(".kpis dd")[0], users, "totals are counted again");
        let mut program = ApiClient::new(&here.url);
        assert_eq!(program.send(reqwest::Method::GET, "/api/posts", &token, None).await.status, 200);
        program.refresh = phone.refresh.clone();
        program.renew().await;
        phone.refresh = program.refresh.clone();
        let again = Persona::new(&here.url);
        again
            .post("/login", &[("login", "mina"), ("password", PASSWORD)])
            .await
            .assert_redirect("/login/verify");
        again.verify(code).await.assert_redirect("/dashboard");
        assert_eq!(again.get("/board/1").await.find("h1"), ["It's \"here\" \\ 문지기 🦉"]);
        let new = Persona::new(&here.url);
        new.register(newcomer).await;
        new.post("/board/new", &[("version", "0"), ("title", newcomer), ("body", "x")])
            .await
            .assert_redirect(match newcomer {
                "sua" => "/board/2",
                _ => "/board/3",
            });
    }
    let listed = Munjigi::command(&data).env("DATABASE_URL", &third).args(["user", "list"]).output().unwrap();
    assert_eq!(String::from_utf8(listed.stdout).unwrap().lines().count(), 4);
}

#[tokio::test]
async fn a_move_is_whole_or_nothing_and_says_what_is_wrong() {
    let server = PostgresServer::quick();
    let app = TestApp::on_sqlite().await;
    app.member("mina").await;
    let data = app.config.data_dir.clone();
    let from = format!("sqlite://{}", data.join("munjigi.db").display());
    // SQLite stores this value, PostgreSQL refuses it: the move stops near its end.
    app.execute("UPDATE users SET display_name = 'a' || char(0) || 'b'");
    server.run("CREATE DATABASE id");
    let to = server.url("id");
    let said = run(&data, &["move-database", "--from", &from, "--to", &to]).unwrap_err();
    assert!(said.contains("users cannot be moved") && said.contains("Unicode"), "{said}");
    app.execute("UPDATE users SET display_name = 'ab'");
    assert!(run(&data, &["move-database", "--from", &from, "--to", &to]).unwrap().contains("1 users"));

    let folder = scratch();
    let missing = format!("sqlite://{}", folder.path().join("missing.db").display());
    for (from, to, said) in [
        (&*missing, &*to, "there is no"),
        (&*from, &*from, "must be SQLite, the other PostgreSQL"),
        (&*from, "postgres://u:s3cr3t/@x/y", "--to"),
        ("nothing", &*to, "--from"),
    ] {
        let text = run(&data, &["move-database", "--from", from, "--to", to]).unwrap_err();
        assert!(text.contains(said) && !text.contains("s3cr3t"), "{text}");
    }
    assert!(!folder.path().join("missing.db").exists());
}
