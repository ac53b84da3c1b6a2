// Lighthouse on some pages in one browser: node lighthouse.mjs MODULES COOKIE URL…
// Prints the points of each, and what took some away.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, cookie, ...urls] = process.argv.slice(2);
const require = createRequire(modules + '/');
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: lighthouse } = await load('lighthouse');
const { launch } = await load('chrome-launcher');

const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
const points = [];
// As a visitor sees them.
const open = ['/', '/login', '/register'];
try {
  for (const url of urls) {
    const { lhr } = await lighthouse(url, {
      port: chrome.port,
      logLevel: 'silent',
      extraHeaders: open.includes(new URL(url).pathname) ? {} : { Cookie: cookie },
      disableStorageReset: true,
    });
    const found = { url };
    for (const [name, { score, auditRefs }] of Object.entries(lhr.categories)) {
      found[name] = Math.round(score * 100);
      if (score < 1) {
        const lost = auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1);
        found[`${name} lost`] = lost.map(({ id }) => `${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`);
      }
    }
    const failed = Object.values(lhr.audits).filter(({ scoreDisplayMode }) => scoreDisplayMode === 'error');
    const causes = [lhr.runtimeError?.message, ...failed.map(({ errorMessage }) => errorMessage)].filter(Boolean);
    if (causes.length > 0) found.failed = [...new Set(causes)];
    points.push(found);
  }
} finally {
  chrome.kill();
}
console.log(JSON.stringify(points));
