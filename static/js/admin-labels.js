/* Names the controls that Django's admin leaves without one: date and time halves, cells of tables, the
   search field of a Select2. A screen reader then says "Starts at, Time" instead of "edit text". */

const NAMELESS = "input:not([type=hidden], [type=submit], [aria-label], [aria-labelledby]), "
  + "select:not([aria-label], [aria-labelledby], .select2-hidden-accessible), textarea:not([aria-label], [aria-labelledby])";

const tidy = (text) => (text ?? "").replace(/\s+/g, " ").replace(/[:*]\s*$/, "").trim();

function columnOf(control) {
  const cell = control.closest("td");
  const heads = cell?.closest("table")?.tHead?.rows;
  if (!heads?.length) return "";
  const row = cell.parentElement;
  const subject = tidy(row.querySelector("th a, td.original p")?.textContent);
  return [tidy(heads[heads.length - 1].cells[cell.cellIndex]?.textContent), subject].filter(Boolean).join(", ");
}

function fieldOf(control) {
  return tidy(control.closest(".form-row, .fieldBox")?.querySelector("label, legend")?.textContent);
}

function halfOf(control) {
  const before = control.closest(".datetime") && control.previousSibling;
  return tidy(before?.nodeType === Node.TEXT_NODE ? before.textContent : "");
}

function nameAll() {
  for (const control of document.querySelectorAll(NAMELESS)) {
    if (control.labels?.length) continue;
    const name = [columnOf(control) || fieldOf(control), halfOf(control)].filter(Boolean).join(", ");
    if (name) control.setAttribute("aria-label", name);
  }
}

// After everything else: the admin's own scripts add controls when the page is ready.
window.addEventListener("load", nameAll);
document.addEventListener("formset:added", () => setTimeout(nameAll));
