/* Lets the browser make or use a passkey, then sends the form.

   <form data-passkey="sign-in">  asks the form's own address for what to sign (nobody is known yet)
   <form data-passkey="use">      what to sign is in <script id="js_data" type="application/json">
   <form data-passkey="make">     the same, for a new passkey
   Each has a hidden input "credential". Without this script, or in a browser without passkeys, these
   forms stay hidden. webauthn-json.js (allauth's) translates between JSON and the browser's bytes. */

const trouble = document.querySelector("[data-passkey-trouble]");

function shippedOptions() {
  return JSON.parse(document.getElementById("js_data").textContent);
}

async function fetchedOptions(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no options: ${answer.status}`);
  return answer.json();
}

async function credentialFor(form) {
  if (form.dataset.passkey === "sign-in") {
    return webauthnJSON.get((await fetchedOptions(form)).request_options);
  }
  if (form.dataset.passkey === "use") {
    return webauthnJSON.get(shippedOptions().request_options);
  }
  const options = shippedOptions().creation_options;
  const alone = form.querySelector("[name=passwordless]")?.checked ?? false;
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone ? { userVerification: "required" } : {}),
  });
  return webauthnJSON.create(options);
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  trouble.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await credentialFor(form));
  } catch (error) {
    console.info(error);
    trouble.hidden = false;
    return;
  }
  form.submit();
}

if (globalThis.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
}
