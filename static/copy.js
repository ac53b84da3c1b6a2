// Copies the text of an element, and says so on the button. What is shown to be copied is selected by a click.
"use strict";

for (const field of document.querySelectorAll("textarea.key[readonly]")) {
  field.addEventListener("focus", () => field.select());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const items = [...source.querySelectorAll("li")].map((item) => item.textContent.trim());
    await navigator.clipboard.writeText(items.length ? items.join("\n") : source.value ?? source.textContent);
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
