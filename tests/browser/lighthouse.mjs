// Lighthouse on some pages: node lighthouse.mjs MODULES COOKIE URL…
// Prints the points of each, and what took some away.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, cookie, ...urls] = process.argv.slice(2);
const require = createRequire(modules + '/');
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: lighthouse } = await load('lighthouse');
const { launch } = await load('chrome-launcher');

// As a visitor sees them.
const open = ['/', '/login', '/register', '/board'];

async function measure(url) {
  // A browser for each: what one page leaves behind must not disturb the next one.
  const chrome = await launch({
    chromePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const { lhr } = await lighthouse(url, {
      port: chrome.port,
      logLevel: 'silent',
      extraHeaders: open.includes(new URL(url).pathname) ? {} : { Cookie: cookie },
      disableStorageReset: true,
    });
    return lhr;
  } finally {
    chrome.kill();
  }
}

// What Lighthouse could not measure, with its reason.
function failures(lhr) {
  const failed = Object.values(lhr.audits).filter(({ scoreDisplayMode }) => scoreDisplayMode === 'error');
  return [...new Set([lhr.runtimeError?.message, ...failed.map(({ errorMessage }) => errorMessage)].filter(Boolean))];
}

const points = [];
for (const url of urls) {
  let lhr = await measure(url);
  // Chromium sometimes leaves the start of the page out of its trace. Lighthouse then asks to be run again.
  for (let again = 0; again < 3 && failures(lhr).some((text) => text.includes('NO_NAVSTART')); again++) {
    lhr = await measure(url);
  }
  const found = { url };
  for (const [name, { score, auditRefs }] of Object.entries(lhr.categories)) {
    found[name] = Math.round(score * 100);
    if (score < 1) {
      const lost = auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1);
      found[`${name} lost`] = lost.map(({ id }) => `${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`);
    }
  }
  if (failures(lhr).length > 0) found.failed = failures(lhr);
  points.push(found);
}
console.log(JSON.stringify(points));
