/* Authors of the submission form are added, moved and removed in place. Without this file the same is done with a
   number for the place, a tick for removal, and the button that shows the page again with one more entry. */

const form = document.querySelector("[data-submit-form]");
const entries = form.querySelector("[data-author-entries]");
const template = form.querySelector("[data-author-template]");
const total = form.querySelector("[name$='-TOTAL_FORMS']");

function each(root, selector, act) {
  root.querySelectorAll(selector).forEach(act);
}

function present() {
  return [...entries.children].filter((entry) => !entry.hidden);
}

function renumber() {
  const shown = present();
  shown.forEach((entry, index) => {
    each(entry, "[data-author-number]", (holder) => { holder.textContent = index + 1; });
    entry.querySelector("[name$='-ORDER']").value = index + 1;
    entry.querySelector("[data-move='up']").disabled = index === 0;
    entry.querySelector("[data-move='down']").disabled = index === shown.length - 1;
    each(entry, "[data-author-buttons]", (part) => { part.hidden = shown.length === 1; });
  });
}

function prepare(entry) {
  each(entry, "[data-needless-with-script]", (part) => { part.hidden = true; });
}

form.querySelector("[data-add-author]").addEventListener("click", (event) => {
  event.preventDefault();
  const holder = document.createElement("ol");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
  const entry = holder.firstElementChild;
  total.value = Number(total.value) + 1;
  prepare(entry);
  entries.append(entry);
  renumber();
  entry.dispatchEvent(new CustomEvent("author-added", { bubbles: true }));
  entry.querySelector("input:not([type=hidden])").focus();
});

entries.addEventListener("click", (event) => {
  const button = event.target.closest("[data-author-buttons] button");
  const entry = event.target.closest("[data-author-entry]");
  if (!button || !entry) return;
  const shown = present();
  const index = shown.indexOf(entry);
  if (button.dataset.move === "up" && index > 0) shown[index - 1].before(entry);
  else if (button.dataset.move === "down" && index < shown.length - 1) shown[index + 1].after(entry);
  else if ("removeAuthor" in button.dataset && shown.length > 1) {
    entry.querySelector("[name$='-DELETE']").checked = true;
    entry.hidden = true;
    (shown[index + 1] ?? shown[index - 1]).querySelector("input:not([type=hidden])").focus();
  } else return;
  renumber();
  if (!entry.hidden) (button.disabled ? entry.querySelector("[data-author-buttons] button:enabled") : button).focus();
});

[...entries.children].forEach(prepare);
[...entries.children].filter((entry) => entry.querySelector("[name$='-DELETE']").checked).forEach((entry) => { entry.hidden = true; });
renumber();
