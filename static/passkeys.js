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

  const send = (block, credential, state) => {
    const { form } = block.querySelector("input");
    block.querySelector("[data-answer]").value = write(credential);
    block.querySelector("[data-state]").value = state;
    if (block.dataset.action) form.action = block.dataset.action;
    form.submit();
  };

  // The sentence for the kind of failure; the first one is for every other kind.
  const explain = (block, error) => {
    const sentences = [...block.querySelectorAll("[role=alert]")];
    const fits = (sentence) => sentence.dataset.error?.split(" ").includes(error?.name);
    const shown = error && (sentences.find(fits) ?? sentences[0]);
    for (const sentence of sentences) sentence.hidden = sentence !== shown;
  };

  // A challenge is renewed this long before it expires, in milliseconds, so that its answer arrives in time.
  const SPARE = 60_000;

  for (const block of document.querySelectorAll("[data-passkey]")) {
    const lifetime = 1000 * Number(block.dataset.lifetime);
    let until = Date.now() + lifetime;
    const isStale = () => "renew" in block.dataset && Date.now() > until - SPARE;
    const renew = async () => {
      if (!isStale()) return;
      const response = await fetch(block.dataset.renew).catch(() => null);
      // Without a new challenge, the server says what is wrong with the old one.
      if (!response?.ok) return;
      const { options, state } = await response.json();
      block.dataset.options = options;
      block.querySelector("[data-state]").value = state;
      until = Date.now() + lifetime;
    };

    let waiting = null;
    const ask = async (mediation) => {
      waiting?.abort();
      const { signal } = (waiting = new AbortController());
      await renew();
      signal.throwIfAborted();
      const publicKey = read(block);
      const { value: state } = block.querySelector("[data-state]");
      const credential = block.dataset.passkey === "new"
        ? await navigator.credentials.create({ publicKey, signal })
        : await navigator.credentials.get({ publicKey, signal, mediation });
      if (credential) send(block, credential, state);
    };

    let offers = false;
    block.querySelector("button").addEventListener("click", async (click) => {
      click.preventDefault();
      offers = false;
      explain(block, null);
      try {
        await ask("optional");
      } catch (error) {
        // A later request has replaced this one.
        if (error.name !== "AbortError") explain(block, error);
      }
    });

    block.hidden = false;
    if ("conditional" in block.dataset && PublicKeyCredential.isConditionalMediationAvailable) {
      // Autofill in the name field, until another method is chosen.
      const offer = () => ask("conditional").catch(() => {});
      const offerAgain = () => offers && isStale() && offer();
      PublicKeyCredential.isConditionalMediationAvailable()
        .then((available) => {
          offers = available;
          if (!available) return;
          offer();
          setInterval(offerAgain, SPARE / 4);
          document.addEventListener("visibilitychange", offerAgain);
        })
        .catch(() => {});
    }
  }
})();
