/* Makes the submission form quicker: the preview follows the typing, a second click on the button sends nothing.
   Everything here also works, more slowly, without this file. Authors: author-entries.js, affiliations.js. */

const form = document.querySelector("[data-submit-form]");

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

form.querySelectorAll("[data-needless-with-script]").forEach((part) => { part.hidden = true; });
