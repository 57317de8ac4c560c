/* Saves the submission form while it is typed, so that nothing is lost with the window, and says so in one line.
   Without this file the "Save draft" button does the same, and shows the page again. */

const form = document.querySelector("[data-submit-form]");
const state = form.querySelector("[data-draft-state]");
const version = form.querySelector("[data-draft-version]");
const PAUSE = 2500; // milliseconds without typing before a save
const AGAIN = 15000; // before a failed save is tried again
let address = state.dataset.draftUrl;
let waiting;
let isSaving = false;
let isDirty = false;
let isStopped = false;

function later(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(save, pause);
}

function say(text, isTrouble = false) {
  state.textContent = text;
  state.classList.toggle("notice", isTrouble);
  state.classList.toggle("warning", isTrouble);
}

/* Another window has saved something else: nothing is overwritten until a person has decided. */
function ask(answer) {
  isStopped = true;
  say(answer.message, true);
  const look = document.createElement("a");
  look.href = answer.edit;
  look.target = "_blank";
  look.rel = "noopener";
  look.textContent = state.dataset.saysLook;
  const keep = document.createElement("button");
  keep.type = "button";
  keep.className = "btn btn-outline-secondary";
  keep.textContent = state.dataset.saysOverwrite;
  keep.addEventListener("click", () => {
    version.value = answer.version;
    isStopped = false;
    save();
  });
  state.append(" ", look, " ", keep);
}

function take(answer) {
  version.value = answer.version;
  say(answer.saved);
  if (address !== answer.draft) {
    // Reloading the page now shows the draft and not an empty form.
    address = answer.draft;
    history.replaceState(history.state, "", answer.edit);
  }
}

async function save({ keepalive = false, mail = false } = {}) {
  clearTimeout(waiting);
  if (isSaving || isStopped || form.dataset.sent) return;
  isSaving = true;
  isDirty = false;
  const typed = new FormData(form);
  if (mail) typed.set("mail", "yes"); // the button sends a link to come back; typing alone does not
  try {
    const answer = await fetch(address, {
      method: "POST", body: typed, headers: { Accept: "application/json" }, keepalive,
    });
    if (answer.ok) take(await answer.json());
    else if (answer.status === 409) {
      const told = await answer.json();
      if (told.version) ask(told);
      else { isStopped = true; say(told.message, true); }
    } else if (answer.status === 413) say((await answer.json()).message, true);
    else if (answer.status === 403 || answer.status === 404) { isStopped = true; say(state.dataset.saysSignedOut, true); }
    else if (answer.status >= 500) throw new Error(String(answer.status));
  } catch {
    isDirty = true;
    say(state.dataset.saysUnsaved, true);
    later(AGAIN);
  }
  isSaving = false;
  if (isDirty && !state.classList.contains("warning")) later(PAUSE);
}

function changed() {
  isDirty = true;
  if (!isSaving) later(PAUSE);
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
// A window that is hidden may never be seen again: phones close it without asking.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && isDirty) save({ keepalive: true });
});
form.querySelector("[data-save-draft]").addEventListener("click", (event) => {
  event.preventDefault();
  save({ mail: true });
});
