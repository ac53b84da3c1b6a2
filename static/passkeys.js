// Passkeys: passes the page's request to the browser, and submits the browser's response with the form.
"use strict";

(() => {
  if (!window.PublicKeyCredential) return;

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

  const read = (block) => {
    const options = JSON.parse(block.dataset.options).publicKey;
    options.challenge = toBytes(options.challenge);
    if (options.user) options.user.id = toBytes(options.user.id);
    for (const list of [options.allowCredentials, options.excludeCredentials]) {
      for (const known of list ?? []) known.id = toBytes(known.id);
    }
    return options;
  };

  const write = (credential) => {
    const { response } = credential;
    const given = { clientDataJSON: toText(response.clientDataJSON) };
    if (response.attestationObject) {
      given.attestationObject = toText(response.attestationObject);
    } else {
      given.authenticatorData = toText(response.authenticatorData);
      given.signature = toText(response.signature);
      given.userHandle = response.userHandle ? toText(response.userHandle) : null;
    }
    return JSON.stringify({
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response: given,
    });
  };

  const send = (block, credential) => {
    const { form } = block.querySelector("input");
    block.querySelector("[data-answer]").value = write(credential);
    if (block.dataset.action) form.action = block.dataset.action;
    form.submit();
  };

  for (const block of document.querySelectorAll("[data-passkey]")) {
    let waiting = null;
    const ask = async (mediation) => {
      waiting?.abort();
      waiting = new AbortController();
      const { signal } = waiting;
      const publicKey = read(block);
      const credential = block.dataset.passkey === "new"
        ? await navigator.credentials.create({ publicKey, signal })
        : await navigator.credentials.get({ publicKey, signal, mediation });
      if (credential) send(block, credential);
    };
    const failed = block.querySelector("[role=alert]");
    block.querySelector("button").addEventListener("click", async (click) => {
      click.preventDefault();
      failed.hidden = true;
      try {
        await ask("optional");
      } catch {
        failed.hidden = false;
      }
    });
    block.hidden = false;
    if ("conditional" in block.dataset && PublicKeyCredential.isConditionalMediationAvailable) {
      // Autofill in the name field, until another method is chosen.
      PublicKeyCredential.isConditionalMediationAvailable()
        .then((available) => available && ask("conditional"))
        .catch(() => {});
    }
  }
})();
