// An app on Express that signs people in by openid-client, with its own sessions in memory.
const { createRequire } = require("node:module");
const { randomUUID } = require("node:crypto");

const installed = createRequire(`${process.cwd()}/`);
const express = installed("express");
const oidc = installed("openid-client");

const { ISSUER, CLIENT_ID, CLIENT_SECRET, PORT } = process.env;
const origin = `http://localhost:${PORT}`;
const sessions = new Map();

function session(request) {
  const id = /(?:^|; )id=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
  return sessions.get(id) ?? {};
}

async function main() {
  // By client_secret_post, where the other apps use client_secret_basic.
  const config = await oidc.discovery(new URL(ISSUER), CLIENT_ID, undefined, oidc.ClientSecretPost(CLIENT_SECRET), {
    execute: [oidc.allowInsecureRequests],
  });
  const app = express();

  app.get("/", (request, answer) => {
    const { claims } = session(request);
    answer.send(`<main>${claims ? `${claims.preferred_username}: ${claims.groups}` : "signed out"}</main>`);
  });

  app.get("/login", async (request, answer) => {
    const id = randomUUID();
    const fresh = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState(), nonce: oidc.randomNonce() };
    sessions.set(id, fresh);
    const address = oidc.buildAuthorizationUrl(config, {
      redirect_uri: `${origin}/callback`,
      scope: "openid profile email groups",
      code_challenge: await oidc.calculatePKCECodeChallenge(fresh.verifier),
      code_challenge_method: "S256",
      state: fresh.state,
      nonce: fresh.nonce,
    });
    answer.cookie("id", id).redirect(address.href);
  });

  app.get("/callback", async (request, answer) => {
    const own = session(request);
    own.tokens = await oidc.authorizationCodeGrant(config, new URL(request.url, origin), {
      pkceCodeVerifier: own.verifier,
      expectedState: own.state,
      expectedNonce: own.nonce,
      idTokenExpected: true,
    });
    const { sub } = own.tokens.claims();
    own.claims = await oidc.fetchUserInfo(config, own.tokens.access_token, sub);
    answer.redirect("/");
  });

  app.get("/refresh", async (request, answer) => {
    const own = session(request);
    const before = own.tokens;
    own.tokens = await oidc.refreshTokenGrant(config, before.refresh_token);
    await oidc.fetchUserInfo(config, own.tokens.access_token, before.claims().sub);
    const known = await oidc.tokenIntrospection(config, own.tokens.access_token);
    answer.send(`<main>${known.active && own.tokens.refresh_token !== before.refresh_token ? "refreshed" : "not"}</main>`);
  });

  app.get("/logout", (request, answer) => {
    const { tokens } = session(request);
    answer.clearCookie("id");
    answer.redirect(
      oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: `${origin}/`, id_token_hint: tokens.id_token }).href,
    );
  });

  app.listen(PORT, "localhost");
}

main();
