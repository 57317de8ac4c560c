/* On the page of a session: start times follow while order and minutes are typed. Without this script they follow on saving. */

const rows = [...document.querySelectorAll("[data-slot]")];
const begin = document.getElementById("id_starts_at");

const valueOf = (row, name) => row.querySelector(`[name$="-${name}"]`);

function isUsed(row) {
  const filled = ["talk", "title", "led_by", "minutes", "slot"].some((name) => valueOf(row, name)?.value);
  return filled && !valueOf(row, "DELETE")?.checked;
}

function show() {
  const [hours, minutes] = (begin.value.split("T")[1] ?? "").split(":").map(Number);
  if (Number.isNaN(hours) || Number.isNaN(minutes)) return;
  const placeOf = (row) => Number(valueOf(row, "ORDER")?.value || Infinity);
  let at = hours * 60 + minutes;
  for (const row of rows) row.querySelector("[data-slot-start]").textContent = "";
  for (const row of rows.filter(isUsed).sort((one, other) => placeOf(one) - placeOf(other))) {
    const time = [Math.floor(at / 60) % 24, at % 60].map((part) => String(part).padStart(2, "0")).join(":");
    row.querySelector("[data-slot-start]").textContent = time;
    const length = Number(valueOf(row, "minutes").value);
    if (!length) break; // what follows depends on the format of the talk, which the server knows
    at += length;
  }
}

if (begin && rows.length) document.getElementById("session_form").addEventListener("input", show);
