// An app on Express that signs people in by express-openid-connect, with its routes /login, /logout and
// /backchannel-logout.
const { createRequire } = require("node:module");

const installed = createRequire(`${process.cwd()}/`);
const express = installed("express");
const { auth } = installed("express-openid-connect");

const { ISSUER, CLIENT_ID, CLIENT_SECRET, PORT } = process.env;

// With the interface of the stores of express-session.
const ended = new Map();
const store = {
  get: (id, done) => done(null, ended.get(id)),
  set: (id, value, done) => done(null, ended.set(id, value)),
  destroy: (id, done) => done(null, ended.delete(id)),
};

const app = express();
app.use(
  auth({
    issuerBaseURL: ISSUER,
    baseURL: `http://localhost:${PORT}`,
    clientID: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    secret: "a-secret-of-the-app-itself-0123456789",
    authRequired: false,
    idpLogout: true,
    backchannelLogout: { store },
    authorizationParams: { response_type: "code", scope: "openid profile email groups" },
  }),
);

app.get("/", (request, answer) => {
  const { user } = request.oidc;
  answer.send(`<main>${user ? `${user.preferred_username}: ${user.groups}` : "signed out"}</main>`);
});

app.get("/refresh", async (request, answer) => {
  await request.oidc.accessToken.refresh();
  const claims = await request.oidc.fetchUserInfo();
  answer.send(`<main>${claims.preferred_username === request.oidc.user.preferred_username ? "refreshed" : "not"}</main>`);
});

app.listen(process.env.PORT, "localhost");
