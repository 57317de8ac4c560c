/* Makes the submission form quicker: authors are added, moved and removed in place, the preview follows the typing,
   a second click on the button sends nothing. Everything here also works, more slowly, without this file. */

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
  entry.querySelector("input:not([type=hidden])").focus();
});

entries.addEventListener("click", (event) => {
  const button = event.target.closest("button");
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
  if (!entry.hidden) (button.disabled ? entry.querySelector("button:enabled") : button).focus();
});

form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  // Coming back by the browser's "back" must find a form that works.
  window.addEventListener("pageshow", () => { delete form.dataset.sent; }, { once: true });
});

const preview = form.querySelector("[data-preview]");
let waiting;
function follow() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    htmx.ajax("POST", preview.dataset.previewUrl, {
      target: preview,
      swap: "innerHTML",
      values: {
        title: form.elements.title.value,
        abstract: form.elements.abstract.value,
        csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      },
    });
  }, 400);
}
form.elements.title.addEventListener("input", follow);
form.elements.abstract.addEventListener("input", follow);

each(form, "[data-needless-with-script]", (part) => { part.hidden = true; });
[...entries.children].forEach(prepare);
[...entries.children].filter((entry) => entry.querySelector("[name$='-DELETE']").checked).forEach((entry) => { entry.hidden = true; });
renumber();
