/* Several affiliations of an author as one input each, with suggestions of known institutes.

   The field itself is a text with one affiliation per line, the identifier of a chosen institute in brackets behind its
   name; it stays in the form, unseen, and is written again with every change. So drafts, and pages without this file,
   know nothing of what happens here. Changing the text of a chosen institute takes its identifier away. */

const form = document.querySelector("[data-submit-form]");
const SUGGESTIONS_URL = form.dataset.institutesUrl;
const PAUSE = 250; // milliseconds without typing before a question
const SHORTEST = 2;
const IDENTIFIED = /^(.*\S)\s*\((https:\/\/ror\.org\/0\w{8})\)$/;
const known = new Map();
let numbers = 0;

async function suggestions(text) {
  const query = text.trim().toLowerCase().slice(0, 100);
  if (!SUGGESTIONS_URL || query.length < SHORTEST) return [];
  if (!known.has(query)) {
    const answer = await fetch(`${SUGGESTIONS_URL}?q=${encodeURIComponent(query)}`).catch(() => null);
    if (!answer?.ok) return [];
    known.set(query, (await answer.json()).institutes);
  }
  return known.get(query);
}

function make(tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.textContent = text;
  return element;
}

function enhance(field) {
  if (field.hidden) return;
  const says = field.dataset;
  const rows = make("div", { class: "affiliation-rows", role: "group" });
  const more = make("button", { type: "button", class: "btn-plain" }, says.saysAdd);
  const described = field.getAttribute("aria-describedby");

  function changed() {
    field.value = [...rows.children]
      .map((row) => [row.querySelector("input").value.trim(), row.dataset.rorId])
      .filter(([name]) => name)
      .map(([name, id]) => (id ? `${name} (${id})` : name))
      .join("\n");
  }

  function tell() {
    changed();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function renumber() {
    [...rows.children].forEach((row, index) => {
      row.querySelector("input").setAttribute("aria-label", `${says.saysOne} ${index + 1}`);
      row.querySelector("[data-remove]").setAttribute("aria-label", `${says.saysRemove} ${index + 1}`);
      row.querySelector("[data-remove]").hidden = rows.children.length === 1;
    });
  }

  function add(line, after) {
    const row = rowOf(line);
    if (after) after.after(row); else rows.append(row);
    renumber();
    return row;
  }

  function rowOf(line) {
    const [, name, id] = line.match(IDENTIFIED) ?? [null, line, ""];
    const row = make("div", { class: "affiliation-row" });
    const listId = `institutes-${numbers += 1}`;
    const input = make("input", {
      type: "text", class: "form-control", role: "combobox", autocomplete: "off",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
    });
    const list = make("ul", { class: "suggestion-list", role: "listbox", id: listId, "aria-label": says.saysFound });
    const mark = make("span", { class: "quiet affiliation-known" }, says.saysKnown);
    const remove = make("button", { type: "button", class: "btn-plain", "data-remove": "" }, "✕");
    let waiting;
    let found = [];
    let active = -1;
    if (described) input.setAttribute("aria-describedby", described);
    if (field.classList.contains("is-invalid")) {
      input.classList.add("is-invalid");
      input.setAttribute("aria-invalid", "true");
    }
    list.hidden = true;
    row.append(input, remove, mark, list);
    identify(id);
    input.value = name;

    function identify(rorId) {
      row.dataset.rorId = rorId;
      mark.hidden = !rorId;
    }

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function show(institutes) {
      found = institutes;
      list.replaceChildren(...found.map((institute, index) => {
        const option = make("li", { role: "option", id: `${listId}-${index}`, "aria-selected": "false" }, institute.name);
        if (institute.place) option.append(" ", make("span", { class: "quiet" }, institute.place));
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(index); });
        return option;
      }));
      close();
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
    }

    function move(step) {
      active = (active + step + found.length) % found.length;
      [...list.children].forEach((option, index) => {
        option.setAttribute("aria-selected", String(index === active));
      });
      list.children[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", list.children[active].id);
    }

    function choose(index) {
      input.value = found[index].name;
      identify(found[index].ror_id);
      close();
      tell();
    }

    input.addEventListener("input", () => {
      identify("");
      changed();
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const asked = input.value;
        const institutes = await suggestions(asked);
        if (input.value === asked && document.activeElement === input) show(institutes);
      }, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      const isOpen = !list.hidden;
      if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : (active < 0 ? 0 : -1));
      } else if (event.key === "Enter") {
        event.preventDefault(); // a line ends here; the form is sent by its button
        if (isOpen && active >= 0) choose(active);
        else close();
      } else if (isOpen && event.key === "Escape") {
        event.preventDefault();
        close();
      }
    });
    input.addEventListener("blur", close);
    input.addEventListener("paste", (event) => {
      const parts = event.clipboardData.getData("text").split(/[;\n]/).map((part) => part.trim()).filter(Boolean);
      if (parts.length < 2 || input.value.trim()) return;
      event.preventDefault();
      const [, first, firstId] = parts[0].match(IDENTIFIED) ?? [null, parts[0], ""];
      input.value = first;
      identify(firstId);
      let last = row;
      parts.slice(1).forEach((part) => { last = add(part, last); });
      last.querySelector("input").focus();
      tell();
    });
    remove.addEventListener("click", () => {
      const beside = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      renumber();
      tell();
      beside.querySelector("input").focus();
    });
    return row;
  }

  const lines = field.value.split(/[;\n]/).map((line) => line.trim()).filter(Boolean);
  (lines.length ? lines : [""]).forEach((line) => add(line));
  more.addEventListener("click", () => add("").querySelector("input").focus());
  // The label and the list of errors lead to the first input.
  const label = form.querySelector(`label[for="${field.id}"]`);
  if (label) {
    label.id = label.id || `${field.id}-label`;
    rows.setAttribute("aria-labelledby", label.id);
  }
  rows.querySelector("input").id = field.id;
  field.removeAttribute("id");
  field.hidden = true;
  field.after(rows, more);
}

form.querySelectorAll("textarea[data-affiliations]").forEach(enhance);
form.addEventListener("author-added", (event) => {
  event.target.querySelectorAll("textarea[data-affiliations]").forEach(enhance);
});
