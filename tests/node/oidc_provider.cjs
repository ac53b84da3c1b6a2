// oidc-provider as a provider of accounts: people type a name, and that is who they are.
const { createServer } = require("node:http");
const { createRequire } = require("node:module");

const installed = createRequire(`${process.cwd()}/`);
const { Provider } = installed("oidc-provider");

const { PORT, REDIRECT_URI, LOGOUT_URI, CLIENT_ID, CLIENT_SECRET } = process.env;
const issuer = `http://127.0.0.1:${PORT}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: [REDIRECT_URI],
      backchannel_logout_uri: LOGOUT_URI,
      backchannel_logout_session_required: true,
    },
  ],
  claims: {
    email: ["email", "email_verified"],
    profile: ["name", "preferred_username"],
    openid: ["sub", "amr"],
  },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
  },
  // The default one refuses loopback addresses.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: id, preferred_username: id }),
  }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  // Consent is not asked for.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
  cookies: { keys: ["a key"] },
});

const callback = provider.callback();

async function interact(request, answer) {
  if (request.method === "GET") {
    answer.setHeader("content-type", "text/html");
    answer.end(`<main><form method="post" action="${request.url}"><input name="login"></form></main>`);
    return;
  }
  let body = "";
  for await (const part of request) body += part;
  const accountId = new URLSearchParams(body).get("login");
  await provider.interactionFinished(request, answer, { login: { accountId, amr: ["pwd", "otp", "mfa"] } });
}

createServer((request, answer) => {
  if (request.url.startsWith("/interaction/")) interact(request, answer);
  else callback(request, answer);
}).listen(PORT, "127.0.0.1");
