// Puts times into the browser's zone for readers who have chosen none; the page has them in UTC.
const language = document.documentElement.lang;

const exact = (date) => {
  const local = date.toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });
  const zone = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" }).formatToParts(date);
  const utc = date.toISOString();
  const day = utc.startsWith(local.slice(0, 10)) ? "" : `${utc.slice(0, 10)} `;
  return `${local} ${zone.find((part) => part.type === "timeZoneName").value} (${day}${utc.slice(11, 16)} UTC)`;
};

const day = (date, hasYear, timeZone) => {
  const part = (locale, options) => date.toLocaleString(locale, { timeZone, ...options });
  const year = hasYear ? { year: "numeric" } : {};
  if (language !== "en") return part(language, { month: "short", day: "numeric", ...year });
  const parts = [{ day: "numeric" }, { month: "short" }, ...(hasYear ? [year] : [])];
  return parts.map((options) => part("en-US", options)).join(" ");
};

// The year is there if it is not the current one, which may be another one in this zone than in UTC.
const replaceDay = (text, date) => {
  const local = day(date, date.getFullYear() !== new Date().getFullYear());
  const found = [true, false].map((hasYear) => day(date, hasYear, "UTC")).find((utc) => text.includes(utc));
  return found ? text.replace(found, local) : text;
};

for (const time of document.querySelectorAll("time[datetime]")) {
  const date = new Date(time.dateTime);
  // Zones that are those of UTC in winter are not in summer.
  if (date.getTimezoneOffset() === 0) continue;
  if (time.title) time.title = exact(date);
  const texts = document.createTreeWalker(time, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const isExact = /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/.test(text.data);
    text.data = isExact ? exact(date) : replaceDay(text.data, date);
  }
}
