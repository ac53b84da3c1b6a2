// Puts times into the browser's zone for readers who have chosen none; the page has them in UTC.
const language = document.documentElement.lang;

const exact = (date) => {
  const local = date.toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });
  const zone = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" }).formatToParts(date);
  const utc = date.toISOString();
  const day = utc.startsWith(local.slice(0, 10)) ? "" : `${utc.slice(0, 10)} `;
  return `${local} ${zone.find((part) => part.type === "timeZoneName").value} (${day}${utc.slice(11, 16)} UTC)`;
};

const day = (date, timeZone) => {
  const part = (locale, options) => date.toLocaleString(locale, { timeZone, ...options });
  if (language !== "en") return part(language, { month: "short", day: "numeric" });
  return `${part("en-US", { day: "numeric" })} ${part("en-US", { month: "short" })}`;
};

const isUtc = new Date().getTimezoneOffset() === 0;
for (const time of isUtc ? [] : document.querySelectorAll("time[datetime]")) {
  const date = new Date(time.dateTime);
  if (time.title) time.title = exact(date);
  const texts = document.createTreeWalker(time, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    text.data = text.data.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/, exact(date)).replace(day(date, "UTC"), day(date));
  }
}
