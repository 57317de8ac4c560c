/* Areas suggested while somebody writes title and abstract: asked for after a pause in typing, added to the pickers above by a
   click. Without this file a button shows the form again with the same suggestions as checkboxes. */

const part = document.querySelector("[data-areas-url]");
const form = part?.closest("form");

if (part && form) {
  const list = part.querySelector("[data-area-suggestions]");
  const news = part.querySelector("[data-area-news]");
  const fields = ["astronomy_areas", "ml_areas"];
  const title = form.elements.title;
  const abstract = form.elements.abstract;
  const chosen = (name) => [...form.elements[name].selectedOptions].map((option) => option.value);
  let waiting;
  let asked = "";

  const ask = () => {
    const values = {
      title: title.value,
      abstract: abstract.value,
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    };
    for (const name of fields) values[name] = chosen(name);
    const text = JSON.stringify(values);
    if (text === asked || !(title.value.trim() || abstract.value.trim())) return;
    asked = text;
    htmx.ajax("POST", part.dataset.areasUrl, { target: list, swap: "innerHTML", values });
  };

  const follow = () => {
    clearTimeout(waiting);
    // Longer than the preview waits: nobody wants suggestions for half a sentence.
    waiting = setTimeout(ask, 1200);
  };

  const add = (select, slug) => {
    if (select.tomselect) select.tomselect.addItem(slug);
    else {
      [...select.options].filter((option) => option.value === slug).forEach((option) => { option.selected = true; });
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  // What was chosen above needs no suggestion; asking again would take the focus out of the list.
  const leaveOutChosen = () => {
    list.querySelectorAll("[data-add-area]").forEach((button) => {
      if (chosen(button.dataset.field).includes(button.dataset.addArea)) remove(button.closest("li"));
    });
  };

  const remove = (row) => {
    const shelf = row.closest("fieldset");
    row.remove();
    if (!shelf.querySelector("li")) shelf.remove();
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-area]");
    if (!button) return;
    const buttons = [...list.querySelectorAll("[data-add-area]")];
    const at = buttons.indexOf(button);
    const next = buttons[at + 1] ?? buttons[at - 1] ?? abstract;
    add(form.elements[button.dataset.field], button.dataset.addArea);
    news.textContent = `${part.dataset.saysAdded} ${button.querySelector("strong").textContent}`;
    if (button.isConnected) remove(button.closest("li"));
    next.focus();
  });

  title.addEventListener("input", follow);
  abstract.addEventListener("input", follow);
  for (const name of fields) form.elements[name].addEventListener("change", leaveOutChosen);
  part.querySelectorAll("[data-needless-with-script]").forEach((each) => { each.hidden = true; });
  ask();
}
