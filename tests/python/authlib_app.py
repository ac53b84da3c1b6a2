"""An app on Flask that signs people in by Authlib."""

import os

from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session

PORT = int(os.environ["PORT"])
ORIGIN = f"http://localhost:{PORT}"

app = Flask(__name__)
app.secret_key = "a secret of the app itself"
provider = OAuth(app).register(
    "munjigi",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=f"{os.environ['ISSUER']}/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email groups", "code_challenge_method": "S256"},
)


@app.get("/")
def home():
    claims = session.get("claims")
    return f"<main>{claims['preferred_username']}: {','.join(claims['groups'])}</main>" if claims else "<main>signed out</main>"


@app.get("/login")
def login():
    return provider.authorize_redirect(f"{ORIGIN}/callback")


@app.get("/callback")
def callback():
    token = provider.authorize_access_token()
    assert token["userinfo"]["sub"] == provider.userinfo(token=token)["sub"]
    session["claims"] = {name: token["userinfo"][name] for name in ("preferred_username", "groups")}
    session["refresh"], session["hint"] = token["refresh_token"], token["id_token"]
    return redirect("/")


@app.get("/refresh")
def refresh():
    token = provider.fetch_access_token(grant_type="refresh_token", refresh_token=session["refresh"])
    claims = provider.userinfo(token=token)
    return f"<main>{'refreshed' if claims['groups'] == session['claims']['groups'] else 'not'}</main>"


@app.get("/logout")
def logout():
    hint = session.pop("hint")
    session.clear()
    return provider.logout_redirect(post_logout_redirect_uri=f"{ORIGIN}/", id_token_hint=hint)


app.run("localhost", PORT)
