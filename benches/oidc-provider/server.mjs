// npm's oidc-provider with Redis, for `cargo bench -- --provider`: `node server.mjs --serve REDIS_URL ALGORITHM CHALLENGE`.
// It prints its address, an empty line, and as JSON what an app and a browser that is signed in send.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Redis from 'ioredis';
import Provider from 'oidc-provider';

// Its notices; standard output is for what the bench reads.
console.info = console.error;
const [redisUrl, algorithm, challenge] = process.argv.slice(3);
const CALLBACK = 'https://app.example.org/callback';
const redis = new Redis(redisUrl);

// What is used once, stored with a mark; and what ends with its grant.
const USED_ONCE = new Set(['AuthorizationCode', 'RefreshToken', 'DeviceCode', 'BackchannelAuthenticationRequest']);
const OF_A_GRANT = new Set([...USED_ONCE, 'AccessToken']);

class Adapter {
  constructor(model) {
    this.model = model;
  }

  key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload, seconds) {
    const key = this.key(id);
    const change = redis.multi();
    if (USED_ONCE.has(this.model)) change.hset(key, 'payload', JSON.stringify(payload));
    else change.set(key, JSON.stringify(payload));
    if (seconds) change.expire(key, seconds);
    if (payload.uid) change.set(`uid:${payload.uid}`, id, 'EX', seconds);
    if (payload.grantId && OF_A_GRANT.has(this.model)) {
      change.rpush(`grant:${payload.grantId}`, key);
      change.expire(`grant:${payload.grantId}`, seconds, 'GT');
    }
    await change.exec();
  }

  async find(id) {
    if (!USED_ONCE.has(this.model)) {
      const text = await redis.get(this.key(id));
      return text ? JSON.parse(text) : undefined;
    }
    const { payload, consumed } = await redis.hgetall(this.key(id));
    return payload ? { ...JSON.parse(payload), consumed } : undefined;
  }

  async findByUid(uid) {
    return this.find(await redis.get(`uid:${uid}`));
  }

  async consume(id) {
    await redis.hset(this.key(id), 'consumed', Math.floor(Date.now() / 1000));
  }

  async destroy(id) {
    await redis.del(this.key(id));
  }

  async revokeByGrantId(grant) {
    await redis.del(`grant:${grant}`, ...(await redis.lrange(`grant:${grant}`, 0, -1)));
  }
}

const pairs = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
const algorithms = Object.keys(pairs);
const keys = algorithms.map((alg) => ({ ...pairs[alg]().privateKey.export({ format: 'jwk' }), kid: alg, alg, use: 'sig' }));

const server = createServer();
await new Promise((listens) => server.listen(0, '127.0.0.1', listens));
const url = `http://127.0.0.1:${server.address().port}`;
const client = { client_id: 'wiki', client_secret: 'a-secret-of-the-bench-alone-0123456789' };

const provider = new Provider(url, {
  adapter: Adapter,
  clients: [{
    ...client,
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: algorithm,
  }],
  cookies: { keys: ['a key of the bench alone'] },
  enabledJWA: { idTokenSigningAlgValues: algorithms },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: 'person1' }) }),
  issueRefreshToken: () => true,
  ttl: { Grant: 14 * 24 * 3600, Interaction: 3600, Session: 14 * 24 * 3600 },
  jwks: { keys },
  features: { devInteractions: { enabled: false } },
  claims: { openid: ['sub'], profile: ['preferred_username'] },
});

// The user signs in, and allows the app what it asks for, which is remembered.
const answer = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response);
  const accountId = '1';
  const grant = new provider.Grant({ accountId, clientId: client.client_id });
  grant.addOIDCScope('openid profile');
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { login: { accountId }, consent });
});

// A browser signs in.
const cookies = new Map();
const query = new URLSearchParams({
  client_id: client.client_id,
  redirect_uri: CALLBACK,
  response_type: 'code',
  scope: 'openid profile',
  state: 's',
  code_challenge: challenge,
  code_challenge_method: 'S256',
});
let next = `${url}/auth?${query}`;
while (next.startsWith(url)) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const reply = await fetch(next, { redirect: 'manual', headers: { cookie } });
  for (const line of reply.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    if (value) cookies.set(name, value);
    else cookies.delete(name);
  }
  if (reply.status !== 303) throw new Error(`${next}: ${reply.status} ${await reply.text()}`);
  next = new URL(reply.headers.get('location'), next).href;
}
if (!next.includes('code=')) throw new Error(next);

const ofSession = [...cookies].filter(([name]) => name.startsWith('_session'));
const cookie = ofSession.map(([name, value]) => `${name}=${value}`).join('; ');
console.log(`${url}\n\n${JSON.stringify({ cookies: [cookie], id: client.client_id, secret: client.client_secret })}`);
process.stdin.on('end', () => process.exit()).resume();
