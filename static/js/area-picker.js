/* Turns <select multiple data-area-picker> into a picker with search (Tom Select). Without it the list itself works.

   Options may carry data-also="synonym; synonym": found by search and shown beside the label.
   The select's own label names the picker; texts come from data-placeholder, data-nothing-found and data-remove. */

function textOf(value) {
  const holder = document.createElement("div");
  holder.textContent = value ?? "";
  return holder.innerHTML;
}

function pick(select) {
  const label = select.labels[0]?.textContent.replace("*", "").trim() ?? select.name;
  const description = select.getAttribute("aria-describedby");
  const picker = new TomSelect(select, {
    plugins: { remove_button: { title: select.dataset.remove ?? "Remove" } },
    searchField: ["text", "also"],
    maxOptions: null,
    maxItems: null,
    clearAfterSelect: true,
    hidePlaceholder: true,
    placeholder: select.dataset.placeholder ?? "",
    // The default waits 300 ms, and Enter then picks from the list of an earlier letter.
    refreshThrottle: 0,
    render: {
      option: ({ text, also }) =>
        `<div>${textOf(text)}${also ? `<span class="also">${textOf(also)}</span>` : ""}</div>`,
      no_results: () => `<div class="no-results" role="option" aria-disabled="true">${textOf(select.dataset.nothingFound)}</div>`,
    },
  });
  // The hidden original stays in the document; it needs a name, and an error link that leads to it must reach the picker.
  select.setAttribute("aria-label", label);
  select.addEventListener("focus", () => picker.focus());
  if (description) picker.control_input.setAttribute("aria-describedby", description);
}

document.querySelectorAll("select[multiple][data-area-picker]").forEach(pick);
